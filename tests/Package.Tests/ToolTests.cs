namespace NoiseGen.Package.Tests;

/// <summary>
/// The tool and the template as users see them: installed from a feed, used in a folder outside this repository.
/// </summary>
public sealed class ToolTests(PackedTools packages) : IClassFixture<PackedTools>
{
    private static readonly string s_model = Path.Combine(Repository.Root, "tests", "Onnx.Tests", "Models", "torch-norms.onnx");

    [Fact]
    public void AModelIsScaffoldedLoadedAndExported()
    {
        string folder = packages.NewFolder("scaffolded");
        Programs.Dotnet(folder, "tool", "install", "NoiseGen.Tool", "--version", packages.Version, "--tool-path", "tool").AssertSucceeded();
        ProgramResult Scaffold(params string[] arguments) =>
            Programs.Run(Path.Combine(folder, "tool", "dotnet-noisegen"), folder, ["scaffold", .. arguments]);

        string said = Scaffold(s_model, "-o", "ResNet.cs").AssertSucceeded().Output;
        Assert.Contains("ResNet.cs declares ResNet: 9 stages, 1,359 parameters.", said);
        ProgramResult again = Scaffold(s_model, "-o", "ResNet.cs"), broken = Scaffold("ResNet.cs", "-o", "Other.cs"),
            mistyped = Scaffold(s_model, "--nmae", "X");
        Assert.Equal((1, 1, 2), (again.ExitCode, broken.ExitCode, mistyped.ExitCode));
        Assert.Contains("ResNet.cs exists already; --force replaces it", again.Output);
        Assert.Contains("it is not an ONNX model", broken.Output);

        // With only the package NoiseGen.Onnx, which brings NoiseGen with its generator.
        BareProject project = new BareProject(packages, "resnet", reference: "NoiseGen.Onnx").With("""
            using NoiseGen;
            using NoiseGen.Onnx;
            using var net = new ResNet(seed: 1);
            Console.WriteLine(net.Load(args[0]));
            net.ExportOnnx("again.onnx");
            Console.WriteLine(OnnxScaffold.Read("again.onnx").ParameterCount);
            """);
        File.Copy(Path.Combine(folder, "ResNet.cs"), Path.Combine(packages.Folder, "resnet", "ResNet.cs"));
        project.Build().AssertSucceeded();
        string[] lines = project.Run(Path.Combine(folder, "ResNet.safetensors")).AssertSucceeded().Output.Split('\n');
        Assert.Equal(["Loaded 42 of 42 tensors", "1359"], lines[..2]);
    }

    [Fact]
    public void TheTemplateTrainsAndReports()
    {
        string folder = packages.NewFolder("templates"), hive = Path.Combine(packages.Folder, "hive");
        ProgramResult New(params string[] arguments) => Programs.Dotnet(folder, ["new", .. arguments, "--debug:custom-hive", hive]);
        New("install", Path.Combine(packages.Folder, $"NoiseGen.Templates.{packages.Version}.nupkg")).AssertSucceeded();
        New("noisegen", "-o", "MyNet", "--skipRestore", "true").AssertSucceeded();
        string project = Path.Combine(folder, "MyNet");
        Assert.False(File.Exists(Path.Combine(project, "nuget.config"))); // that of the parent folder applies
        Assert.Contains("namespace MyNet;", File.ReadAllText(Path.Combine(project, "LeNet5.cs")));

        string output = Programs.Dotnet(project, "run", "-p:TreatWarningsAsErrors=true").AssertSucceeded().Output;

        Assert.Contains("epoch 10: ", output);
        Assert.Contains("See report.md and noisy.safetensors for more.", output);
        string report = File.ReadAllText(Path.Combine(project, "report.md"));
        Assert.Matches(@"\| µ \| 0\.\d{3} \| \d\.\d{3} \|", report);
        Assert.True(File.Exists(Path.Combine(project, "noisy.safetensors")));

        New("noisegen", "-o", "Fed", "--feed", packages.Folder, "--skipRestore", "true").AssertSucceeded();
        Assert.Contains($"value=\"{packages.Folder}\"", File.ReadAllText(Path.Combine(folder, "Fed", "nuget.config")));
    }
}
