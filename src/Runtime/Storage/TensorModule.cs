using System.Text.RegularExpressions;

namespace NoiseGen.Storage;

/// <summary>The kind of a layer, by its tensors.</summary>
internal enum ModuleKind
{
    /// <summary>A convolution or dense layer: weights of two or more dimensions.</summary>
    Linear,

    /// <summary>A norm: weights of one dimension.</summary>
    Norm,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>The tensors of one layer, grouped by the prefix of their names.</summary>
/// <param name="Path">The prefix of their names, up to the last dot.</param>
/// <param name="Shape">Shape of the weights; empty if there are none.</param>
/// <param name="Members">The suffixes of their names, with the dot.</param>
internal sealed partial record TensorModule(string Path, long[] Shape, string[] Members)
{
    /// <summary>The suffix of the path of a stage's norm.</summary>
    public const string NormOf = ".norm";

    /// <summary>Orders modules by the numbers in their paths.</summary>
    public static IComparer<TensorModule> ByNumbers { get; } =
        Comparer<TensorModule>.Create((left, right) => Compare(left.Numbers, right.Numbers));

    public ModuleKind Kind => Shape.Length switch
    {
        0 => ModuleKind.Other,
        1 => ModuleKind.Norm,
        _ => ModuleKind.Linear,
    };

    public bool IsDense => Shape.Length == 2;

    public string ShapeText => string.Join(", ", Shape);

    /// <summary>The path without its last part.</summary>
    public string Parent => Path[..Math.Max(0, Path.LastIndexOf('.'))];

    /// <summary>Its last part.</summary>
    public string Last => Path[(Path.LastIndexOf('.') + 1)..];

    /// <summary>The number at its end, as text; empty if there is none.</summary>
    public string Number => NumberAtEnd().Match(Path).Value;

    /// <summary>The path without its numbers.</summary>
    public string Family => AnyNumber().Replace(Path, "#");

    /// <summary>
    /// A normalised path that is equal for matching modules and layers: lower case, with PyTorch's words for norms and projections
    /// replaced.
    /// </summary>
    public string Key
    {
        get
        {
            string key = Path.ToLowerInvariant().Replace("_", "", StringComparison.Ordinal);
            key = Projection().Replace(key, match => $"{match.Groups[1]}projection{(match.Groups[2].Value == "0" ? "" : NormOf)}");
            return Norm().Replace(key, $"$1conv$2{NormOf}");
        }
    }

    private int[] Numbers =>
        [.. AnyNumber().Matches(Path).Select(match => int.TryParse(match.Value, out int number) ? number : int.MaxValue)];

    /// <summary>The layers of tensors, in order of appearance.</summary>
    public static IEnumerable<TensorModule> Of(IEnumerable<NamedShape> tensors) => tensors
        .GroupBy(tensor => tensor.Name[..Math.Max(0, tensor.Name.LastIndexOf('.'))])
        .Select(layer => new TensorModule(
            layer.Key,
            layer.FirstOrDefault(tensor => tensor.Name.EndsWith(".weight", StringComparison.Ordinal))?.Shape ?? [],
            [.. layer.Select(tensor => tensor.Name[layer.Key.Length..])]));

    private static int Compare(int[] left, int[] right) =>
        left.Zip(right).Select(pair => pair.First.CompareTo(pair.Second))
            .FirstOrDefault(order => order != 0, left.Length.CompareTo(right.Length));

    [GeneratedRegex(@"\d+$")]
    private static partial Regex NumberAtEnd();

    [GeneratedRegex(@"\d+")]
    private static partial Regex AnyNumber();

    // The shortcut of a block, in torchvision and in the networks for CIFAR-10 derived from it.
    [GeneratedRegex(@"(^|\.)(?:downsample|shortcut)\.([01])$")]
    private static partial Regex Projection();

    // The norm of a convolution; a stage's norm is found by its last word.
    [GeneratedRegex(@"(^|\.)(?:bn|batchnorm|norm(?=\d))(\d*)$")]
    private static partial Regex Norm();
}
