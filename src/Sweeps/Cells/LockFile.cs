namespace NoiseGen.Sweeps.Cells;

/// <summary>A lock as others see it.</summary>
/// <param name="Holder">Null where the file says nothing of use.</param>
/// <param name="Age">Time since the last sign of life, by the clock of the file system.</param>
/// <param name="Path">The file.</param>
internal sealed record LockFile(LockHolder? Holder, TimeSpan Age, string Path)
{
    /// <summary>The holder's, or that of a file without one.</summary>
    public string Id => Holder?.Id ?? "nobody";

    /// <summary>
    /// Whether its holder has ended on this machine, or was silent for so long on another:
    /// one that is seen to run here may be kept from writing by a slow disk.
    /// </summary>
    public bool IsStale(TimeSpan silence) => Holder is { IsHere: true } here ? here.IsDead : Age > silence;

    /// <summary>Reads a lock; null where there is none.</summary>
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
