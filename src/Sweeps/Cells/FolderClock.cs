namespace NoiseGen.Sweeps.Cells;

/// <summary>
/// The clock of a file system's write times: that of a server, which may differ from this machine's.
/// </summary>
internal static class FolderClock
{
    private static readonly TimeSpan s_often = TimeSpan.FromMinutes(1);
    private static readonly Lock s_lock = new();
    private static (string Folder, DateTime Measured, TimeSpan Ahead) s_last;

    /// <summary>The current time there, measured now and then with a file.</summary>
    /// <param name="folder">A writable folder.</param>
    public static DateTime Now(string folder)
    {
        lock (s_lock)
        {
            DateTime now = DateTime.UtcNow;
            if (s_last.Folder != folder || now - s_last.Measured is var since && (since > s_often || since < TimeSpan.Zero))
                s_last = (folder, now, Measure(folder, now));
            return now + s_last.Ahead;
        }
    }

    private static TimeSpan Measure(string folder, DateTime now)
    {
        string probe = Path.Combine(folder, $".clock-{Guid.NewGuid():N}.tmp");
        try
        {
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 1, FileOptions.DeleteOnClose))
                return File.GetLastWriteTimeUtc(probe) - now;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return TimeSpan.Zero; // a process with only read access uses this machine's clock
        }
    }
}
