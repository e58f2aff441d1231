using System.Text.RegularExpressions;

namespace NoiseGen.Storage;

/// <summary>What the tensors of one layer are.</summary>
internal enum ModuleKind
{
    /// <summary>A convolution's or a dense layer's: weights of two dimensions or more.</summary>
    Linear,

    /// <summary>A norm's: weights of one dimension.</summary>
    Norm,

    /// <summary>Others'.</summary>
    Other,
}

/// <summary>The tensors of one layer, by the front of their names.</summary>
/// <param name="Path">What their names begin with, up to the last dot.</param>
/// <param name="Shape">That of the weights; none where there are no weights.</param>
/// <param name="Members">The ends of their names, with the dot.</param>
internal sealed partial record TensorModule(string Path, long[] Shape, string[] Members)
{
    /// <summary>How the path of a stage's norm ends.</summary>
    public const string NormOf = ".norm";

    /// <summary>The order of the numbers in paths.</summary>
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

    /// <summary>The number at its end, as text; empty where there is none.</summary>
    public string Number => NumberAtEnd().Match(Path).Value;

    /// <summary>The path without its numbers.</summary>
    public string Family => AnyNumber().Replace(Path, "#");

    /// <summary>
    /// The path as modules and layers that mean the same have it: small letters, PyTorch's words for norms and projections replaced.
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

    /// <summary>The layers of tensors, in the order in which they come.</summary>
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

    // The way around a block, in torchvision and in the networks for CIFAR-10 that came after it.
    [GeneratedRegex(@"(^|\.)(?:downsample|shortcut)\.([01])$")]
    private static partial Regex Projection();

    // Of a convolution; a stage's own norm is found by its last word.
    [GeneratedRegex(@"(^|\.)(?:bn|batchnorm|norm(?=\d))(\d*)$")]
    private static partial Regex Norm();
}
