namespace NoiseGen;

/// <summary>
/// How <see cref="NeuralNetwork.Load(string, LoadOptions)"/> reads a file, and what it accepts. Names are read in this order:
/// <see cref="Prefix"/>, <see cref="Rename"/>, <see cref="Names"/>.
/// </summary>
public sealed record LoadOptions
{
    /// <summary>
    /// Whether parameters and running statistics may be NaN or infinite, as those of a training that diverged can be; at first they may
    /// not: a network with one such weight computes with it in silence.
    /// </summary>
    public bool AllowNonFinite { get; init; }

    /// <summary>
    /// Whether tensors of F16, BF16, F64, BOOL and integers become floats of 32 bits, each value the nearest; at first only F32 is read. A
    /// number that is too large for a float becomes infinite, and is refused as such.
    /// </summary>
    public bool ConvertTypes { get; init; }

    /// <summary>
    /// Whether file and network must have the same tensors in the same shapes, but for quantizers' scales and sites' ranges; true at first.
    /// Where it is false, what fits is loaded, the rest of the network stays as it is, such as a head for other classes, and the
    /// <see cref="LoadResult"/> tells of it. A file of which nothing fits is refused all the same.
    /// </summary>
    public bool Strict { get; init; } = true;

    /// <summary>
    /// What the file's names begin with and the network's do not, such as <c>module.</c>; names that do not begin with it stay as they are.
    /// </summary>
    public string Prefix { get; init; } = "";

    /// <summary>
    /// Gives a tensor of the file another name; null leaves it out. Such as <c>name => name.Replace("backbone", "Stem")</c>.
    /// </summary>
    public Func<string, string?>? Rename { get; init; }

    /// <summary>Whose names the file has.</summary>
    public TensorNames Names { get; init; }
}

/// <summary>Whose names the tensors of a file have.</summary>
public enum TensorNames
{
    /// <summary>The network's, as <see cref="NeuralNetwork.Save"/> writes them: <c>Layer1.0.Conv1.norm.running_mean</c>.</summary>
    Declared,

    /// <summary>
    /// Those usual with PyTorch: <c>layer1.0.bn1.running_mean</c>, <c>downsample.0.weight</c>, <c>features.3.weight</c>, <c>fc.weight</c>.
    /// A module of the file is a layer of the network by its name, in any case, <c>bn1</c> being the norm of <c>conv1</c> and
    /// <c>downsample</c> a projection; else by the shape of its weights, where that leaves no choice; else as the only head left. A norm
    /// goes with the layer in front of it.
    /// </summary>
    PyTorch,
}
