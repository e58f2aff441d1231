namespace NoiseGen.Onnx;

/// <summary>
/// A model cannot be declared as a network.
/// The message names the file and every node that the language cannot express, with its type and the reason.
/// </summary>
public sealed class OnnxScaffoldException : IOException
{
    internal OnnxScaffoldException(string path, string fault)
        : this(path, [fault])
    {
    }

    internal OnnxScaffoldException(string path, IReadOnlyList<string> problems)
        : base($"{path}: {string.Join($"{Environment.NewLine}{path}: ", problems)}") => Problems = problems;

    /// <summary>The problems, one entry per node or fault.</summary>
    public IReadOnlyList<string> Problems { get; }
}
