namespace NoiseGen.Storage;

/// <summary>
/// Tells regular files from what stands in a file's place and is none: reading a pipe waits for ever, and writing in the place of a device
/// would remove it.
/// </summary>
internal static class FileKind
{
    // Of inode(7).
    private const int KindMask = 0xF000;

    /// <summary>
    /// What a path leads to that is no regular file, such as <c>a pipe</c>; null for a regular file, for nothing, and where a system does
    /// not tell.
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
