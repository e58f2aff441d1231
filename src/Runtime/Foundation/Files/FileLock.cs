namespace NoiseGen.Storage;

/// <summary>
/// Excludes others from a piece of work, in this process and in others, by a locked file. The system releases the lock when the process
/// ends, however it ends. Releasing the lock deletes the file, and a file left behind by a killed process is reused.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream _stream;

    private FileLock(FileStream stream) => _stream = stream;

    // The error of opening a locked file: ERROR_SHARING_VIOLATION, or EWOULDBLOCK.
    private static int IsHeld => OperatingSystem.IsWindows() ? unchecked((int)0x80070020) : OperatingSystem.IsLinux() ? 11 : 35;

    /// <summary>Takes the lock; null if it is already held.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <exception cref="IOException">The file cannot be created.</exception>
    public static FileLock? TryTake(string path)
    {
        // Opening without sharing locks a file. Windows deletes an open file only if deletion is shared.
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

    // The file is deleted while it is locked, so that no other holder's file is deleted.
    public void Dispose()
    {
        WholeFile.Discard(_stream.Name);
        _stream.Dispose();
    }
}
