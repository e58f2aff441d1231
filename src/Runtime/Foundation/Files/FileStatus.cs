using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NoiseGen.Storage;

/// <summary>What Linux reports about a file and .NET does not: its kind and its number of names. Other systems are not queried.</summary>
/// <param name="Mode">Its kind and permissions, as in inode(7).</param>
/// <param name="Links">Number of names; 0 for an open file that was deleted.</param>
internal readonly record struct FileStatus(int Mode, uint Links)
{
    // Arguments of statx(2): a path relative to the current folder, following links; or no path, and the open file itself. The struct is
    // the same on every architecture.
    private const int CurrentFolder = -100, FollowLinks = 0, OpenFile = 0x1000;
    private const uint BasicFields = 0x7FF;
    private const int StructBytes = 256, LinksPlace = 16, ModePlace = 28;

    /// <summary>The status of what a path leads to; null if nothing is there or the system does not say. Opening the path then tells
    /// why.</summary>
    public static FileStatus? Of(string path) => Of(CurrentFolder, path, FollowLinks);

    /// <summary>The status of an open file; null if the system does not say.</summary>
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
