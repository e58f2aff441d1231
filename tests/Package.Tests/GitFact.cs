using System.ComponentModel;
using System.Diagnostics;

namespace NoiseGen.Package.Tests;

/// <summary>A test that needs git.</summary>
internal sealed class GitFactAttribute : FactAttribute
{
    public GitFactAttribute()
    {
        try
        {
            using Process? git = Process.Start(new ProcessStartInfo("git", "--version") { RedirectStandardOutput = true });
            git!.WaitForExit();
        }
        catch (Win32Exception)
        {
            Skip = "There is no git on this machine.";
        }
    }
}
