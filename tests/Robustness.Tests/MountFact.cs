namespace NoiseGen.Tests;

/// <summary>
/// A test that needs a small disk of its own: a file system in memory, which a process may mount that has the mounts to itself.
/// </summary>
internal sealed class MountFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> s_canMount = new(CanMount);

    public MountFactAttribute()
    {
        if (!OperatingSystem.IsLinux()) Skip = "This system is not Linux.";
        else if (!s_canMount.Value) Skip = "This system does not let its users mount a file system in memory.";
    }

    /// <summary>What runs a command, in a shell, where mounts are its own.</summary>
    public static string[] Shell => Environment.IsPrivilegedProcess
        ? ["unshare", "--mount", "sh", "-c"]
        : ["unshare", "--map-root-user", "--mount", "sh", "-c"];

    private static bool CanMount()
    {
        string folder = Directory.CreateTempSubdirectory("noisegen").FullName;
        try
        {
            return HardenProgram.End(HardenProgram.Start(Shell, ["mount -t tmpfs -o size=64k tmpfs \"$0\"", folder])).Code == 0;
        }
        catch (System.ComponentModel.Win32Exception) // there is no unshare
        {
            return false;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
