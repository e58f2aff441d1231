using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NoiseGen.Storage;

/// <summary>What Linux tells of a file beyond .NET: its kind, and how many names it has. Other systems are not asked.</summary>
/// <param name="Mode">Its kind and its permissions, as inode(7) has them.</param>
/// <param name="Links">Names that lead to it; 0 for an open file that was removed.</param>
internal readonly record struct FileStatus(int Mode, uint Links)
{
    // Of statx(2): a path from the current folder, links followed; or no path, and the open file itself. The struct is the same on every
    // architecture.
    private const int CurrentFolder = -100, FollowLinks = 0, OpenFile = 0x1000;
    private const uint BasicFields = 0x7FF;
    private const int StructBytes = 256, LinksPlace = 16, ModePlace = 28;

    /// <summary>Of what a path leads to; null where nothing is there, or the system does not tell: whoever opens it learns why.</summary>
    public static FileStatus? Of(string path) => Of(CurrentFolder, path, FollowLinks);

    /// <summary>Of an open file; null where the system does not tell.</summary>
    public static FileStatus? Of(SafeFileHandle file) => Of((int)file.DangerousGetHandle(), "", OpenFile);

    private static FileStatus? Of(int folder, string path, int flags)
    {
        if (!OperatingSystem.IsLinux()) return null;
        byte[] fields = new byte[StructBytes];
        try
        {
            if (StatX(folder, path, flags, BasicFields, fields) != 0) return null;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            return null; // a C library of before 2018
        }

        return new FileStatus(BitConverter.ToUInt16(fields, ModePlace), BitConverter.ToUInt32(fields, LinksPlace));
    }

    [DllImport("libc", EntryPoint = "statx")]
    private static extern int StatX(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, byte[] fields);
}
