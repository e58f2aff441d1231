namespace NoiseGen.Tests.Cultures;

/// <summary>A test under a culture, which needs ICU.</summary>
internal sealed class CultureTheoryAttribute : TheoryAttribute
{
    private static readonly Lazy<string> s_error = new(() => CultureChild.Run("de-DE", CultureChild.Probe).Error);

    public CultureTheoryAttribute()
    {
        if (s_error.Value.Contains("valid ICU package", StringComparison.Ordinal)) Skip = "This system has no ICU.";
        if (s_error.Value.Contains("CultureNotFoundException", StringComparison.Ordinal)) Skip = "The environment switches cultures off.";
    }
}
