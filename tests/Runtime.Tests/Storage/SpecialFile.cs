using System.Runtime.InteropServices;

namespace NoiseGen.Runtime.Tests.Storage;

/// <summary>Things in place of a file that are not regular files.</summary>
internal static class SpecialFile
{
    public const string Folder = "a folder", Pipe = "a pipe", Socket = "a socket", Device = "a device", LinkToDevice = "a link to a device";

    // From sys/stat.h; /dev/full has the numbers 1 and 7.
    private const uint SocketMode = 0xC180, DeviceMode = 0x2180;
    private const ulong FullDevice = 1 << 8 | 7;

    /// <summary>
    /// Those that this system and user can create: not every Linux creates sockets and devices like this, and devices need privileges.
    /// </summary>
    public static string[] Possible { get; } = [.. new[] { Folder, Pipe, Socket, Device, LinkToDevice }.Where(CanMake)];

    /// <summary>The same, for theories.</summary>
    public static TheoryData<string> Kinds => [.. Possible];

    /// <summary>Creates one.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="path">The path, where nothing exists.</param>
    public static void Make(string kind, string path)
    {
        if (!TryMake(kind, path)) throw new InvalidOperationException($"{path}: {kind} could not be made.");
    }

    /// <summary>Its name in messages.</summary>
    public static string NameOf(string kind) => kind == LinkToDevice ? Device : kind;

    private static bool CanMake(string kind)
    {
        string folder = Directory.CreateTempSubdirectory("noisegen-").FullName;
        try
        {
            return TryMake(kind, Path.Combine(folder, "one"));
        }
        catch (EntryPointNotFoundException) // glibc before 2.33 has no mknod
        {
            return false;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool TryMake(string kind, string path)
    {
        if (kind == Folder) return Directory.CreateDirectory(path).Exists;
        if (!OperatingSystem.IsLinux()) return false;
        switch (kind)
        {
            case Pipe: return MakePipe(path, 0x180) == 0;
            case Socket: return MakeNode(path, SocketMode, 0) == 0;
            case Device: return MakeNode(path, DeviceMode, FullDevice) == 0;
            default: return File.CreateSymbolicLink(path, "/dev/full").LinkTarget is not null;
        }
    }

    [DllImport("libc", EntryPoint = "mkfifo")]
    private static extern int MakePipe([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint mode);

    [DllImport("libc", EntryPoint = "mknod")]
    private static extern int MakeNode([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint mode, ulong device);
}
