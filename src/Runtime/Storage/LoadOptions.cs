namespace NoiseGen;

/// <summary>
/// How <see cref="NeuralNetwork.Load(string, LoadOptions)"/> reads a file, and what it accepts. Names are read in this order:
/// <see cref="Prefix"/>, <see cref="Rename"/>, <see cref="Names"/>.
/// </summary>
public sealed record LoadOptions
{
    /// <summary>
    /// Whether parameters and running statistics may be NaN or infinite, as those of a diverged training can be. False by default: a
    /// network would silently compute with such a weight.
    /// </summary>
    public bool AllowNonFinite { get; init; }

    /// <summary>
    /// Whether tensors of F16, BF16, F64, BOOL and integers are converted to the nearest 32-bit floats; by default only F32 is read. A
    /// number that is too large for a float becomes infinite, and is rejected as such.
    /// </summary>
    public bool ConvertTypes { get; init; }

    /// <summary>
    /// Whether file and network must have the same tensors in the same shapes, except for the scales of quantizers and the ranges of sites;
    /// true by default. If false, matching tensors are loaded, the remaining ones of the network, such as a head for other classes, are
    /// unchanged, and the <see cref="LoadResult"/> lists them. A file without any matching tensor is still rejected.
    /// </summary>
    public bool Strict { get; init; } = true;

    /// <summary>
    /// A prefix that the file's names have and the network's do not, such as <c>module.</c>. Names without it are unchanged.
    /// </summary>
    public string Prefix { get; init; } = "";

    /// <summary>Renames a tensor of the file; null leaves it out. Such as <c>name => name.Replace("backbone", "Stem")</c>.</summary>
    public Func<string, string?>? Rename { get; init; }

    /// <summary>The naming convention of the file.</summary>
    public TensorNames Names { get; init; }
}

/// <summary>Naming conventions for the tensors of a file.</summary>
public enum TensorNames
{
    /// <summary>The network's, as <see cref="NeuralNetwork.Save"/> writes them: <c>Layer1.0.Conv1.norm.running_mean</c>.</summary>
    Declared,

    /// <summary>
    /// Names as usual in PyTorch: <c>layer1.0.bn1.running_mean</c>, <c>downsample.0.weight</c>, <c>features.3.weight</c>, <c>fc.weight</c>.
    /// A module of the file is matched to a layer of the network by its name, ignoring case, where <c>bn1</c> is the norm of <c>conv1</c>
    /// and <c>downsample</c> a projection; otherwise by the shape of its weights, if that is unambiguous; otherwise as the only remaining
    /// head. A norm belongs to the layer before it.
    /// </summary>
    PyTorch,
}
