namespace NoiseGen.Sweeps.Cells;

/// <summary>A lock as other processes see it.</summary>
/// <param name="Holder">The holder; null if the file is not readable as one.</param>
/// <param name="Age">Time since the last heartbeat, by the file system's clock.</param>
/// <param name="Path">The file.</param>
internal sealed record LockFile(LockHolder? Holder, TimeSpan Age, string Path)
{
    /// <summary>The holder's id, or one for a file without a holder.</summary>
    public string Id => Holder?.Id ?? "nobody";

    /// <summary>
    /// Whether its holder has ended on this machine, or has been silent for that long on another.
    /// A holder that is running on this machine may be kept from writing by a slow disk.
    /// </summary>
    public bool IsStale(TimeSpan silence) => Holder is { IsHere: true } here ? here.IsDead : Age > silence;

    /// <summary>Reads a lock; null if there is none.</summary>
    public static LockFile? Read(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream);
            string text = reader.ReadToEnd();
            DateTime now = FolderClock.Now(System.IO.Path.GetDirectoryName(path)!);
            return new LockFile(LockHolder.Parse(text), now - File.GetLastWriteTimeUtc(path), path);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
