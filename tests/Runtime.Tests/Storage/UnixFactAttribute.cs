namespace NoiseGen.Runtime.Tests.Storage;

/// <summary>A test that needs Unix links and file modes.</summary>
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows()) Skip = "Windows has no such links and modes.";
    }
}
