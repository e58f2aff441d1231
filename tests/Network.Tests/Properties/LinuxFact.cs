namespace NoiseGen.Tests.Properties;

/// <summary>A test that needs Linux: its file modes, or its folders to which nobody may write.</summary>
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux()) Skip = "This system is not Linux.";
    }
}
