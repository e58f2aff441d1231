using System.Collections.Immutable;
using System.Text;

namespace NoiseGen;

/// <summary>The result of <see cref="NeuralNetwork.Load(string, LoadOptions)"/>.</summary>
/// <param name="Loaded">The network's tensors that were loaded, and their sources.</param>
/// <param name="Missing">
/// The network's tensors that the file does not have. They are unchanged, with two exceptions: learned scales are collected again, and the
/// ranges of sites become unknown.
/// </param>
/// <param name="Unused">The file's tensors, by their names there, that the network does not have; without counters and an optimizer's
/// state.</param>
/// <param name="Mismatched">The network's tensors that have another shape in the file. They are unchanged.</param>
public sealed record LoadResult(
    ImmutableArray<LoadedTensor> Loaded, ImmutableArray<string> Missing, ImmutableArray<string> Unused,
    ImmutableArray<MismatchedTensor> Mismatched)
{
    /// <summary>One line for each category that is not empty.</summary>
    public override string ToString()
    {
        int loaded = Count(Loaded);
        var text = new StringBuilder($"Loaded {loaded} of {loaded + Count(Missing) + Count(Mismatched)} tensors");
        Append(text, "Of another shape", Mismatched);
        Append(text, "Missing", Missing);
        Append(text, "Unused", Unused);
        return text.ToString();
    }

    private static int Count<T>(ImmutableArray<T> tensors) => tensors.IsDefault ? 0 : tensors.Length;

    private static void Append<T>(StringBuilder text, string kind, ImmutableArray<T> tensors)
    {
        if (Count(tensors) > 0) text.Append($"\n{kind}: {string.Join(", ", tensors)}");
    }
}

/// <summary>A tensor that was loaded.</summary>
/// <param name="Name">Its name in the network, as in files.</param>
/// <param name="Source">Its name in the file.</param>
/// <param name="Type">Its type there, such as <c>F32</c>.</param>
public sealed record LoadedTensor(string Name, string Source, string Type)
{
    /// <summary>Such as <c>conv1.weight → Conv1.weight</c>.</summary>
    public override string ToString() => Source == Name ? Name : $"{Source} → {Name}";
}

/// <summary>A tensor whose shape in the file is not that in the network.</summary>
/// <param name="Name">Its name in the network, as in files.</param>
/// <param name="Source">Its name in the file.</param>
/// <param name="Shape">Its shape in the network.</param>
/// <param name="SourceShape">Its shape in the file.</param>
public sealed record MismatchedTensor(string Name, string Source, ImmutableArray<long> Shape, ImmutableArray<long> SourceShape)
{
    /// <summary>Such as <c>fc.weight → Logits.weight ([1000, 512], not [10, 512])</c>.</summary>
    public override string ToString() =>
        $"{new LoadedTensor(Name, Source, "")} ([{Text(SourceShape)}], not [{Text(Shape)}])";

    private static string Text(ImmutableArray<long> shape) => string.Join(", ", shape.IsDefault ? [] : shape);
}
