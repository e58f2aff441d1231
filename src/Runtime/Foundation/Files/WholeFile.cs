using System.Security.Cryptography;
using System.Text;

namespace NoiseGen.Storage;

/// <summary>Writes files atomically: a file is complete or not there at all.</summary>
internal static class WholeFile
{
    private const int MostLinks = 40; // one behind the other, as on Linux
    private const int LongestNameBytes = 255; // of a name, on Linux's and macOS's file systems

    private static readonly string s_process = Guid.NewGuid().ToString("N")[..12]; // process numbers are used again, and by every machine
    private static int s_published;

    /// <summary>
    /// Writes a new file beside the old one, and replaces the old one once the new one is complete: a crash leaves one or the other. If the
    /// path is a symbolic link, its target is replaced and the link stays.
    /// </summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="write">Writes its bytes.</param>
    /// <exception cref="IOException">
    /// It cannot be written, is read-only, is being written by another call or process, or is not a regular file. What was there is
    /// unchanged.
    /// </exception>
    public static void Write(string path, Action<FileStream> write) => Attempt(path, ".tmp", Replace(write));

    /// <summary>Writes a text, in UTF-8.</summary>
    /// <inheritdoc cref="Write(string, Action{FileStream})"/>
    public static void Write(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>
    /// Writes a text, in UTF-8, that other processes may be writing at the same time, also on other machines: each writes its own temporary
    /// file, and the last text stays. <see cref="Leftovers"/> finds what killed processes leave.
    /// </summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="IOException">It cannot be written, is read-only, or is not a regular file.</exception>
    public static void Publish(string path, string text) =>
        Attempt(path, OwnEnding(), Replace(stream => stream.Write(Encoding.UTF8.GetBytes(text))));

    /// <summary>Checks before the work whether its result could be published. What is there is unchanged.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">As for publishing.</exception>
    public static void CheckPublish(string path) => Attempt(path, OwnEnding(), (_, stream) => File.Delete(stream.Name));

    /// <summary>The temporary files of processes that publish a file or were killed while publishing it.</summary>
    /// <param name="path">The file, no link.</param>
    public static IEnumerable<string> Leftovers(string path) =>
        Directory.EnumerateFiles(Path.GetDirectoryName(path)!, Path.GetFileName(Beside(path, ".????????????-*.tmp")));

    /// <summary>Checks before the work whether its result could be written. What is there is unchanged.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">As for writing.</exception>
    public static void Check(string path) => Attempt(path, ".tmp", (_, stream) => File.Delete(stream.Name));

    /// <summary>A hidden file beside a file, for related data.</summary>
    /// <param name="path">The file, no link.</param>
    /// <param name="ending">What its name ends with.</param>
    public static string Beside(string path, string ending)
    {
        string name = Path.GetFileName(path);
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        if (1 + bytes.Length + ending.Length > LongestNameBytes) name = Convert.ToHexString(SHA256.HashData(bytes));
        return Path.Combine(Path.GetDirectoryName(path)!, $".{name}{ending}");
    }

    /// <summary>Where a path leads when all links are followed as the system does: each relative to the folder that contains it.</summary>
    /// <exception cref="IOException">There are too many links, or they form a cycle.</exception>
    public static string Follow(string path) => Follow(Path.GetFullPath(path), links: 0);

    /// <summary>
    /// Deletes a temporary file. Failure is harmless: a full or missing disk may refuse, and the next temporary file replaces it.
    /// </summary>
    public static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static string OwnEnding() => FormattableString.Invariant($".{s_process}-{Interlocked.Increment(ref s_published)}.tmp");

    private static Action<string, FileStream> Replace(Action<FileStream> write) => (target, stream) =>
    {
        write(stream);
        stream.Flush(flushToDisk: true);
        // Moved before it is closed, so that no other process can have taken its name.
        File.Move(stream.Name, target, overwrite: true);
    };

    private static void Attempt(string path, string ending, Action<string, FileStream> work)
    {
        string full = Path.GetFullPath(path);
        try
        {
            RefuseIrregular(full);
            string target = Follow(full, links: 0);
            bool exists = File.Exists(target);
            if (exists && (File.GetAttributes(target) & FileAttributes.ReadOnly) != 0) throw new IOException("it is read-only");
            using FileStream stream = Create(Beside(target, ending));
            try
            {
                if (exists) KeepMode(stream, target);
                work(target, stream);
            }
            catch
            {
                Discard(stream.Name);
                throw;
            }
        }
        // .NET throws the last one if a file would be larger than the file system allows.
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            throw new IOException(
                $"{full}: it cannot be written ({failure.Message.TrimEnd('.')}). What was there before is as it was.", failure);
        }
    }

    private static void RefuseIrregular(string path)
    {
        if (FileKind.Irregular(path) is { } kind)
            throw new IOException($"found {kind} at {path}, where a regular file or nothing is allowed");
    }

    private static string Follow(string path, int links)
    {
        if (Path.GetDirectoryName(path) is not { } parent) return path;
        string folder = Follow(parent, links), here = Path.Combine(folder, Path.GetFileName(path));
        if (new FileInfo(here).LinkTarget is not { } next) return here;
        if (links == MostLinks) throw new IOException($"more than {MostLinks} symbolic links lead on from one another");
        return Follow(Path.GetFullPath(next, folder), links + 1);
    }

    // The name is always the same, so that a file left behind by a killed process is replaced. The file of an active writer is locked, and
    // stays.
    private static FileStream Create(string temporary)
    {
        RefuseIrregular(temporary);
        if (File.Exists(temporary) && FileLock.TryTake(temporary) is var left)
        {
            if (left is null) throw new IOException("another call or process is writing it");
            left.Dispose();
        }

        // Readers need not wait once it is in place. Windows moves an open file only if deletion is shared.
        return new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
    }

    // New content does not change the permissions of a file.
    private static void KeepMode(FileStream stream, string target)
    {
        if (OperatingSystem.IsWindows()) return;
        UnixFileMode mode = File.GetUnixFileMode(target);
        if (mode != File.GetUnixFileMode(stream.SafeFileHandle)) File.SetUnixFileMode(stream.SafeFileHandle, mode);
    }
}
