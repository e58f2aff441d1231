using System.Globalization;
using System.Text.RegularExpressions;

namespace NoiseGen.Package.Tests;

/// <summary>The package as users see it: restored from a feed into a project outside this repository.</summary>
public sealed partial class PackageTests(PackedPackage package) : IClassFixture<PackedPackage>
{
    private static readonly string s_program =
        Repository.FirstProgram(File.ReadAllText(Path.Combine(Repository.Root, "src", "Package", "README.md")));

    [Fact]
    public void HoldsRuntimeGeneratorAndChecks()
    {
        string[] analyzers = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Where(project => File.ReadAllText(project).Contains("<IsRoslynComponent>true", StringComparison.Ordinal))
            .Select(project => $"analyzers/dotnet/cs/{Path.GetFileNameWithoutExtension(project)}.dll")];

        Assert.Contains("analyzers/dotnet/cs/NoiseGen.Generator.dll", analyzers);
        string[] expected = ["LICENSE", "NoiseGen.nuspec", "README.md", .. analyzers, "buildTransitive/NoiseGen.targets", "icon.png",
            "lib/net10.0/NoiseGen.dll", "lib/net10.0/NoiseGen.xml"];
        Assert.Equal(expected.Order(StringComparer.Ordinal), package.Files("nupkg"));
        Assert.Equal(["NoiseGen.nuspec", "lib/net10.0/NoiseGen.pdb"], package.Files("snupkg"));
    }

    [Fact]
    public void DescribesItselfWithoutBuildPaths()
    {
        string description = package.Text("NoiseGen.nuspec");

        Assert.Contains("<license type=\"expression\">MIT</license>", description);
        Assert.Contains("<dependency id=\"System.Numerics.Tensors\"", description);
        Assert.DoesNotContain("NoiseGen.Generator", description);
        Assert.DoesNotContain("<repository", description);
    }

    [Fact]
    public void TrainsTheProgramOfTheReadme()
    {
        BareProject project = new BareProject(package, "readme").With(s_program);
        project.Build().AssertSucceeded();

        string output = project.Run().AssertSucceeded().Output;

        Match midpoint = Midpoint().Match(output);
        Assert.True(midpoint.Success, output);
        // A network that has learned nothing, or has no noise, has no midpoint; one trained with noise of 0.5 withstands some.
        Assert.InRange(double.Parse(midpoint.Groups[1].Value, CultureInfo.InvariantCulture), 0.2, 2.0);

        // The same project with mistakes, and with a compiler that claims to be an older one.
        const string Kernel = "16, 5", TooLarge = "50";
        string wrong = s_program.Replace(Kernel, $"16, {TooLarge}", StringComparison.Ordinal);
        string[] errors = project.With(wrong).Build("--no-restore").Errors;
        string[] before = wrong[..wrong.IndexOf(TooLarge, StringComparison.Ordinal)].Split('\n');
        Assert.Contains(
            $"Program.cs({before.Length},{before[^1].Length + 1}): error NG0017: Stage 'Conv2' receives 6×14×14", Assert.Single(errors));

        // Without any code the compiler would report errors at all remaining stages, and then not run the analyzer.
        errors = project.With(s_program.Replace("Conv1 { get; }", "Conv1 { get; set; }", StringComparison.Ordinal))
            .Build("--no-restore").Errors;
        Assert.Contains("error NG0008: Stage 'Conv1' is not get-only", Assert.Single(errors));

        errors = project.With(s_program).Build("--no-restore", "-p:CompilerApiVersion=roslyn4.14").Errors;
        Assert.Contains("error NG1002: NoiseGen needs the C# compiler 5.0 or later, but this build uses 4.14", Assert.Single(errors));
    }

    [Fact]
    public void RefusesAnOlderFramework()
    {
        // Without the framework's reference assemblies, which the machine may lack: the refusal comes before they are needed.
        var project =
            new BareProject(package, "older", "net9.0", "<DisableImplicitFrameworkReferences>true</DisableImplicitFrameworkReferences>");

        string[] errors = project.With(s_program).Build().Errors;

        Assert.Contains("error NG1001: NoiseGen needs net10.0 or later, but this project targets 'net9.0'", Assert.Single(errors));
    }

    /// <summary>Compilers of other languages do not run generators. Their programs may reference a network.</summary>
    [Fact]
    public void RefusesADeclarationInFSharp()
    {
        BareProject project =
            new BareProject(package, "fsharp").InFSharp("open NoiseGen\n// [<Network>] is for C#\nprintfn \"%A\" (Additive())\n");
        project.Build().AssertSucceeded();

        string[] errors =
            project.InFSharp("open NoiseGen\n[<Network(1, 28, 28)>]\ntype LeNet5() = class end\n").Build("--no-restore").Errors;

        Assert.Contains("error NG1004: NoiseGen completes networks that are declared in C#, but this F# file has a [Network] or [Block]",
            Assert.Single(errors));
    }

    [Theory]
    [InlineData("NG1001")]
    [InlineData("NG1002")]
    [InlineData("NG1003")]
    [InlineData("NG1004")]
    public void EveryCheckHasAPage(string code)
    {
        Assert.Contains($"HelpLink=\"$(NoiseGenPages){code}.md\"", package.Text("buildTransitive/NoiseGen.targets"));
        Assert.StartsWith($"# {code}: ", File.ReadAllText(Path.Combine(Repository.Root, "docs", "diagnostics", $"{code}.md")));
    }

    [GeneratedRegex(@"^µ = ([0-9.]+) ± ", RegexOptions.Multiline)]
    private static partial Regex Midpoint();
}
