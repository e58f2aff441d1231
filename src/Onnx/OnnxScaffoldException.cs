namespace NoiseGen.Onnx;

/// <summary>
/// A model cannot be declared as a network. The message names the file and every node that the language has no word for, with its type and
/// the reason.
/// </summary>
public sealed class OnnxScaffoldException : IOException
{
    internal OnnxScaffoldException(string path, string fault)
        : this(path, [fault])
    {
    }

    internal OnnxScaffoldException(string path, IReadOnlyList<string> problems)
        : base($"{path}: {string.Join($"{Environment.NewLine}{path}: ", problems)}") => Problems = problems;

    /// <summary>What is in the way, one entry for each node or fault.</summary>
    public IReadOnlyList<string> Problems { get; }
}
