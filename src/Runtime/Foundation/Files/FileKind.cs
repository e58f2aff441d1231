namespace NoiseGen.Storage;

/// <summary>
/// Tells regular files from other things that a path may lead to: reading a pipe would wait forever, and replacing a device would remove
/// it.
/// </summary>
internal static class FileKind
{
    // From inode(7).
    private const int KindMask = 0xF000;

    /// <summary>
    /// What a path leads to if it is not a regular file, such as <c>a pipe</c>; null for a regular file, if nothing exists, and if the
    /// system does not say.
    /// </summary>
    public static string? Irregular(string path)
    {
        if (Directory.Exists(path)) return "a folder";
        if (OperatingSystem.IsWindows()) return Path.GetFullPath(path).StartsWith(@"\\.\", StringComparison.Ordinal) ? "a device" : null;
        return (FileStatus.Of(path)?.Mode & KindMask) switch
        {
            null or 0x8000 => null,
            0x1000 => "a pipe",
            0xC000 => "a socket",
            0x2000 or 0x6000 => "a device",
            _ => "no regular file",
        };
    }
}
