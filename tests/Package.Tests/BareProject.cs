namespace NoiseGen.Package.Tests;

/// <summary>A user's project outside the repository: what <c>dotnet new console</c> writes, and the package.</summary>
internal sealed class BareProject
{
    private const string Framework = "net10.0";
    private readonly string _folder;

    public BareProject(
        PackedPackage package, string name, string framework = Framework, string properties = "", string reference = "NoiseGen")
    {
        _folder = Directory.CreateDirectory(Path.Combine(package.Folder, name)).FullName;
        File.WriteAllText(Path.Combine(_folder, "App.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>{framework}</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{reference}" Version="{package.Version}" />
              </ItemGroup>
            </Project>
            """);
        WriteNugetConfig(_folder, package);
    }

    /// <summary>Makes a folder's projects find the packages.</summary>
    public static void WriteNugetConfig(string folder, PackedPackage package)
    {
        // In addition to the machine's sources. Packages that the machine has already downloaded are read from its cache,
        // so that no internet is needed; our packages go into a separate folder.
        File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <packageSources><add key="packed" value="{package.Folder}" /></packageSources>
              <config><add key="globalPackagesFolder" value="{Path.Combine(package.Folder, "packages")}" /></config>
              <fallbackPackageFolders><add key="machine" value="{MachinePackages}" /></fallbackPackageFolders>
            </configuration>
            """);
    }

    private static string MachinePackages => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    public BareProject With(string program)
    {
        File.WriteAllText(Path.Combine(_folder, "Program.cs"), program);
        return this;
    }

    /// <summary>Turns it into an F# project.</summary>
    public BareProject InFSharp(string program)
    {
        string project = Path.Combine(_folder, "App.csproj");
        if (File.Exists(project))
        {
            File.WriteAllText(Path.ChangeExtension(project, ".fsproj"), File.ReadAllText(project).Replace(
                "<PackageReference", "<Compile Include=\"Program.fs\" /><PackageReference", StringComparison.Ordinal));
            File.Delete(project);
        }

        File.WriteAllText(Path.Combine(_folder, "Program.fs"), program);
        return this;
    }

    public ProgramResult Build(params string[] arguments) =>
        Programs.Dotnet(_folder, ["build", "--configuration", "Release", .. arguments]);

    public ProgramResult Publish() => Programs.Dotnet(_folder, "publish", "--configuration", "Release");

    public ProgramResult Run(params string[] arguments) =>
        Programs.Dotnet(_folder, [Path.Combine("bin", "Release", Framework, "App.dll"), .. arguments]);
}
