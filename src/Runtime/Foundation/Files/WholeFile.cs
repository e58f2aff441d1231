using System.Security.Cryptography;
using System.Text;

namespace NoiseGen.Storage;

/// <summary>A file that is there whole or not at all.</summary>
internal static class WholeFile
{
    private const int MostLinks = 40; // one behind the other, as on Linux
    private const int LongestNameBytes = 255; // of a name, on Linux's and macOS's file systems

    private static readonly string s_process = Guid.NewGuid().ToString("N")[..12]; // process numbers are used again, and by every machine
    private static int s_published;

    /// <summary>
    /// Writes a new file beside the old one, and puts it in its place when it is whole: a crash leaves the one or the other. Where a
    /// symbolic link is in its place, that is done where the link leads to, and the link stays.
    /// </summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="write">Writes its bytes.</param>
    /// <exception cref="IOException">
    /// It cannot be written, is read-only, another call or process is writing it, or what is there is no regular file; whatever was there
    /// is as it was.
    /// </exception>
    public static void Write(string path, Action<FileStream> write) => Attempt(path, ".tmp", Replace(write));

    /// <summary>Writes a text, in UTF-8.</summary>
    /// <inheritdoc cref="Write(string, Action{FileStream})"/>
    public static void Write(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>
    /// Writes a text, in UTF-8, that other processes may be writing as well, on other machines too:
    /// each has a temporary file of its own, and
    /// the last text stays. What a kill leaves, <see cref="Leftovers"/> finds.
    /// </summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="text">What it is to have.</param>
    /// <exception cref="IOException">It cannot be written, is read-only, or what is there is no regular file.</exception>
    public static void Publish(string path, string text) =>
        Attempt(path, OwnEnding(), Replace(stream => stream.Write(Encoding.UTF8.GetBytes(text))));

    /// <summary>Finds out before the work whether its result could be published; what is there stays as it is.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">As for publishing.</exception>
    public static void CheckPublish(string path) => Attempt(path, OwnEnding(), (_, stream) => File.Delete(stream.Name));

    /// <summary>The temporary files of those who publish a file, at work or killed.</summary>
    /// <param name="path">The file, no link.</param>
    public static IEnumerable<string> Leftovers(string path) =>
        Directory.EnumerateFiles(Path.GetDirectoryName(path)!, Path.GetFileName(Beside(path, ".????????????-*.tmp")));

    /// <summary>Finds out before the work whether its result could be written; what is there stays as it is.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">As for writing.</exception>
    public static void Check(string path) => Attempt(path, ".tmp", (_, stream) => File.Delete(stream.Name));

    /// <summary>The hidden neighbour of a file, for what goes with it.</summary>
    /// <param name="path">The file, no link.</param>
    /// <param name="ending">What its name ends with.</param>
    public static string Beside(string path, string ending)
    {
        string name = Path.GetFileName(path);
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        if (1 + bytes.Length + ending.Length > LongestNameBytes) name = Convert.ToHexString(SHA256.HashData(bytes));
        return Path.Combine(Path.GetDirectoryName(path)!, $".{name}{ending}");
    }

    /// <summary>Where a path leads to when all links are followed, as the system does it: each from the folder that it stands in.</summary>
    /// <exception cref="IOException">There are too many links, or they go round in a circle.</exception>
    public static string Follow(string path) => Follow(Path.GetFullPath(path), links: 0);

    /// <summary>
    /// Removes what is in the way of nobody: a disk that is full or gone may refuse that, and the next file takes its place.
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
        // Before it is closed: nobody else can have taken its name meanwhile.
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
        // The last is how .NET says that a file would be larger than its system allows.
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

    // Always of the same name, so that what a kill has left is replaced; that of a writer at work is locked, and stays.
    private static FileStream Create(string temporary)
    {
        RefuseIrregular(temporary);
        if (File.Exists(temporary) && FileLock.TryTake(temporary) is var left)
        {
            if (left is null) throw new IOException("another call or process is writing it");
            left.Dispose();
        }

        // Whoever reads it once it is in its place need not wait; Windows moves an open file if it may be deleted.
        return new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
    }

    // Who may read and write a file is not changed by new content.
    private static void KeepMode(FileStream stream, string target)
    {
        if (OperatingSystem.IsWindows()) return;
        UnixFileMode mode = File.GetUnixFileMode(target);
        if (mode != File.GetUnixFileMode(stream.SafeFileHandle)) File.SetUnixFileMode(stream.SafeFileHandle, mode);
    }
}
