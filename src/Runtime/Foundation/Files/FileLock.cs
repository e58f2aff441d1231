namespace NoiseGen.Storage;

/// <summary>
/// Keeps others away from a piece of work, in this process and in others, by a file that is locked. The system gives the lock back when the
/// process ends, however that is; the file goes when the lock is given back, and one that a kill has left is taken up.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream _stream;

    private FileLock(FileStream stream) => _stream = stream;

    // What opening a locked file is told: ERROR_SHARING_VIOLATION, or EWOULDBLOCK.
    private static int IsHeld => OperatingSystem.IsWindows() ? unchecked((int)0x80070020) : OperatingSystem.IsLinux() ? 11 : 35;

    /// <summary>Takes the lock; null where another holds it.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public static FileLock? TryTake(string path)
    {
        // No sharing is what locks a file; Windows removes an open one only if that is shared.
        FileShare share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;
        try
        {
            while (true)
            {
                var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, share, bufferSize: 0);
                bool isGone = FileStatus.Of(stream.SafeFileHandle) is { Links: 0 };
                if (!isGone) return new FileLock(stream);
                stream.Dispose(); // its holder has given it back between opening and locking
            }
        }
        catch (IOException failure) when (failure.HResult == IsHeld)
        {
            return null;
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new IOException($"{path}: it cannot be made ({failure.Message.TrimEnd('.')}).", failure);
        }
    }

    // Removed while it is locked: whoever has it now is nobody else.
    public void Dispose()
    {
        WholeFile.Discard(_stream.Name);
        _stream.Dispose();
    }
}
