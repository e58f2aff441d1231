namespace NoiseGen.Package.Tests;

/// <summary>A test that needs the linker of native AOT: clang or gcc on Linux, Xcode's clang on macOS.</summary>
internal sealed class LinkerFactAttribute : FactAttribute
{
    public LinkerFactAttribute()
    {
        if (!Linker.Found) Skip = "This machine has no clang and no gcc to link native code with.";
    }
}

internal static class Linker
{
    public static readonly bool Found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "clang")) || File.Exists(Path.Combine(folder, "gcc")));
}
