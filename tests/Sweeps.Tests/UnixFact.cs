namespace NoiseGen.Sweeps.Tests;

/// <summary>A test that sends signals.</summary>
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows()) Skip = "Windows has no such signals.";
    }
}

/// <summary>A test that takes minutes, and runs if NOISEGEN_LONG_TESTS is set.</summary>
internal sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute()
    {
        if (OperatingSystem.IsWindows()) Skip = "Windows has no such signals.";
        else if (Environment.GetEnvironmentVariable("NOISEGEN_LONG_TESTS") is not { Length: > 0 })
            Skip = "It takes minutes; NOISEGEN_LONG_TESTS=1 runs it.";
    }
}
