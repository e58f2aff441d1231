namespace NoiseGen.Package.Tests;

/// <summary>A package's version increases with commits and with changes, so that NuGet's cache never hides a newer package.</summary>
public sealed class VersionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("noisegen-version-").FullName;

    private string Source => Path.Combine(_folder, "Code.cs");

    public VersionTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "Package"));
        foreach (string file in new[] { "Directory.Build.targets", Path.Combine("Package", "Version.proj") })
            File.Copy(Path.Combine(Repository.Root, "src", file), Path.Combine(_folder, file));
        File.WriteAllText(Path.Combine(_folder, ".gitignore"), "obj/");
        File.WriteAllText(Path.Combine(_folder, "Lib.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><Version>0.1.0</Version></PropertyGroup>
            </Project>
            """);
        File.WriteAllText(Source, "");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void GrowsWithTheNewestFileWithoutGit()
    {
        Version first = PackageVersion();
        Assert.Equal((0, 1, 0), (first.Major, first.Minor, first.Build));
        Assert.Equal(first, PackageVersion());
        Change();
        Assert.True(PackageVersion() > first);
    }

    [GitFact]
    public void GrowsWithCommitsAndBetweenThem()
    {
        Git("init");
        Commit();
        Assert.Equal(new Version(0, 1, 1), PackageVersion());
        Change();
        Version changed = PackageVersion();
        Assert.True(changed > new Version(0, 1, 1), $"{changed}");
        Assert.Equal(changed, PackageVersion());
        Change();
        Assert.True(PackageVersion() > changed);
        Commit();
        Assert.Equal(new Version(0, 1, 2), PackageVersion());
    }

    [Fact]
    public void AnExplicitVersionIsKept() =>
        Assert.Equal("7.0.0-mine",
            Programs.Dotnet(_folder, "msbuild", "-t:SetGrowingVersion", "-getProperty:PackageVersion", "-p:PackageVersion=7.0.0-mine")
            .Output.Trim());

    private Version PackageVersion() =>
        new(Programs.Dotnet(_folder, "msbuild", "-t:SetGrowingVersion", "-getProperty:PackageVersion").AssertSucceeded().Output.Trim());

    // Versions count seconds.
    private void Change()
    {
        Thread.Sleep(1100);
        File.AppendAllText(Source, "// changed");
    }

    private void Commit()
    {
        Git("add", "-A");
        Git("-c", "user.name=tests", "-c", "user.email=tests@localhost", "commit", "-m", "state");
    }

    private void Git(params string[] arguments) => Programs.Run("git", _folder, arguments).AssertSucceeded();
}
