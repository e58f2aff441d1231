namespace NoiseGen.Runtime.Tests.Storage;

/// <summary>A test that needs links and modes of files as Unix has them.</summary>
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows()) Skip = "Windows has no such links and modes.";
    }
}
