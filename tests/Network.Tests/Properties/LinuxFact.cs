namespace NoiseGen.Tests.Properties;

/// <summary>A test that needs Linux: its modes of files, or its folders that nobody may write to.</summary>
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux()) Skip = "This system is not Linux.";
    }
}
