namespace NoiseGen.Tests;

/// <summary>A test that sends signals to a program, as POSIX has them.</summary>
internal sealed class SignalFactAttribute : FactAttribute
{
    public SignalFactAttribute()
    {
        if (OperatingSystem.IsWindows()) Skip = "Windows has no such signals.";
    }
}
