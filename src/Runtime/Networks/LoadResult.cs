using System.Text;

namespace NoiseGen;

/// <summary>What <see cref="NeuralNetwork.Load(string, LoadOptions)"/> did.</summary>
public sealed record LoadResult
{
    internal LoadResult()
    {
    }

    /// <summary>The network's tensors that were loaded, and where from.</summary>
    public required IReadOnlyList<LoadedTensor> Loaded { get; init; }

    /// <summary>
    /// The network's tensors that the file does not have. They are as they were, but for two: learned scales are collected anew, and sites'
    /// ranges unknown.
    /// </summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>
    /// The file's tensors, by their names there, that the network does not have; counters and an optimizer's state are left out.
    /// </summary>
    public required IReadOnlyList<string> Unused { get; init; }

    /// <summary>The network's tensors that have another shape in the file. They are as they were.</summary>
    public required IReadOnlyList<MismatchedTensor> Mismatched { get; init; }

    /// <summary>A line for each kind of tensors that there are.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"Loaded {Loaded.Count} of {Loaded.Count + Missing.Count + Mismatched.Count} tensors");
        Append(text, "Of another shape", Mismatched);
        Append(text, "Missing", Missing);
        Append(text, "Unused", Unused);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string kind, IReadOnlyList<object> tensors)
    {
        if (tensors.Count > 0) text.Append($"\n{kind}: {string.Join(", ", tensors)}");
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
public sealed record MismatchedTensor(string Name, string Source, IReadOnlyList<long> Shape, IReadOnlyList<long> SourceShape)
{
    /// <summary>Such as <c>fc.weight → Logits.weight ([1000, 512], not [10, 512])</c>.</summary>
    public override string ToString() =>
        $"{new LoadedTensor(Name, Source, "")} ([{string.Join(", ", SourceShape)}], not [{string.Join(", ", Shape)}])";
}
