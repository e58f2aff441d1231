namespace NoiseGen;

/// <summary>
/// A checkpoint cannot be read, or belongs to another network. The message names the file, the tensor, what was found and what is expected.
/// </summary>
public sealed class CheckpointException : IOException
{
    internal CheckpointException(string path, string fault, Exception? cause = null) : base($"{path}: {fault}", cause)
    {
    }
}
