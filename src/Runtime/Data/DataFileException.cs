namespace NoiseGen;

/// <summary>
/// A data file or its folder is missing, cut short, too long, or of the wrong kind. The message names the file, what was expected and what
/// was found.
/// </summary>
public sealed class DataFileException : IOException
{
    /// <param name="path">The file or folder.</param>
    /// <param name="problem">What was expected and what was found.</param>
    /// <param name="inner">The underlying error, if there was one.</param>
    public DataFileException(string path, string problem, Exception? inner = null) : base($"{path}: {problem}", inner) => Path = path;

    /// <summary>The file or folder.</summary>
    public string Path { get; }
}
