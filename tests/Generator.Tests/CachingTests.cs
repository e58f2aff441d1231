using Microsoft.CodeAnalysis;
using Steps = NoiseGen.Generator.NetworkGenerator.Steps;

namespace NoiseGen.Generator.Tests;

/// <summary>Does it stay cached? A table: edit → reasons of the steps' outputs.</summary>
public sealed class CachingTests
{
    private const string Stage = "[Dense(256), Relu] public partial Stage Hidden { get; }";

    private const string Blocks = """
        [Network(3, 8, 8)]
        partial class Net
        {
            [Repeat<Unit>(2, Channels = 4)] public partial Blocks<Unit> Layer1 { get; }
            [Dense(10)] public partial Stage Logits { get; }
        }

        [Block]
        public partial class Unit
        {
            [Conv2d(Block.Channels, 3, Padding = 1), BatchNorm, Relu] public partial Stage Conv { get; }
        }
        """;

    // "Cached" alone in the last column means that no file is printed again; beside other reasons, it stands for a kernel that is requested
    // as before, or for the kernels' common tiles. A network that gets a mistake, or is corrected, moves from one output to another.
    [Theory]
    [InlineData("a comment", "[Dense(256)", "/* wide */ [Dense(256)", "Unchanged", "Cached", "Cached", "Cached")]
    [InlineData("a line above", "[Network(784)]", "\n\n[Network(784)]", "Unchanged", "Cached", "Cached", "Cached")]
    [InlineData("whitespace in the class", "Relu] public", "Relu]\n\n        public", "Unchanged", "Cached", "Cached", "Cached")]
    [InlineData(
        "documentation", "[Network(784)]", "/// <summary>Wide.</summary>\n[Network(784)]", "Unchanged", "Cached", "Cached", "Cached")]
    [InlineData(
        "an unrelated type beside it", "[Network(784)]", "class Unrelated;\n[Network(784)]", "Unchanged", "Cached", "Cached", "Cached")]
    [InlineData("another way to write a value", "256", "0x100", "Unchanged", "Cached", "Cached", "Cached")]
    [InlineData(
        "a helper in the class", "{ get; }\n}", "{ get; }\n    public int Helper() => 1;\n}", "Unchanged", "Cached", "Cached", "Cached")]
    [InlineData(
        "an attribute of somebody else", "[Network(784)]", "[Network(784), Serializable]", "Unchanged", "Cached", "Cached", "Cached")]
    [InlineData("another order of attributes", "Dense(256), Relu", "Relu, Dense(256)", "Modified", "Modified", "Cached", "Cached")]
    [InlineData("a policy without effect", "Relu]", "Relu, NoQuantize]", "Modified", "Modified", "Cached", "Cached")]
    [InlineData("an added attribute", "Relu]", "Relu, Dropout]", "Modified", "Modified", "Modified", "Modified, Cached")]
    [InlineData("an attribute added to the class", "[Network(784)]", "[Network(784), Noise<Additive>]", "Modified", "Modified", "Modified",
        "Modified, Cached, New")]
    [InlineData("an added stage", Stage, $"{Stage} [Dense(9)] public partial Stage Narrow {{ get; }}", "Modified", "Modified", "Modified",
        "Modified, Cached, New")]
    [InlineData("a renamed stage", "Hidden", "Wide", "Modified", "Modified", "Modified", "Modified, Cached")]
    [InlineData("another accessibility", "public partial Stage Hidden", "internal partial Stage Hidden", "Modified", "Modified",
        "Modified", "Modified, Cached")]
    [InlineData("a changed argument", "256", "128", "Modified", "Modified", "Modified", "Modified, Cached")]
    [InlineData("a renamed class", "Mlp", "Perceptron", "Modified", "Modified", "Modified", "Modified, Cached")]
    [InlineData("a removed stage", Stage, "", "Modified", "Modified", "Modified", "Modified, Removed")]
    [InlineData("a half-typed argument", "256", "", "Modified", "Removed", "Removed", "Removed, Modified, New")]
    [InlineData("a mistake", "256", "0", "Modified", "Modified", "Removed", "Removed, Modified, New")]
    [InlineData("a removed attribute", "[Network(784)]", "", "Removed", "Removed", "Removed", "Removed, Modified, New")]
    public void Edit(string name, string before, string after, string parsed, string declaration, string graph, string emitted)
    {
        GeneratorDriverRun run = Edited(Networks.Mlp, before, after);

        Assert.Equal(
            (name, parsed, declaration, graph, emitted),
            (name, Only(run, Steps.Parsed), Only(run, Steps.Declarations), Only(run, Steps.Graphs), Emitted(run)));
    }

    // A block's own file contains only its properties; their computation is in the files of the networks that use it.
    [Theory]
    [InlineData("a comment", "[Block]", "// A unit.\n[Block]", "Cached", "Cached", "Cached")]
    [InlineData("a changed argument", "Padding = 1", "Padding = 0", "Modified", "Cached", "Cached, Modified, Unchanged")]
    [InlineData("a renamed stage", "Stage Conv", "Stage Unit1", "Modified", "Modified", "Modified, Cached")]
    [InlineData("a change of the network", "Channels = 4", "Channels = 5", "Modified", "Cached", "Cached, Modified, Unchanged")]
    [InlineData("a mistake in a block", "Padding = 1", "Padding = 3", "Removed", "Cached", "Cached, Removed, Unchanged, New")]
    public void EditOfABlock(string name, string before, string after, string graph, string block, string emitted)
    {
        GeneratorDriverRun run = Edited(Blocks, before, after);

        Assert.Equal((name, graph, block, emitted), (name, Only(run, Steps.Graphs), Only(run, Steps.Blocks), Emitted(run)));
    }

    [Fact]
    public void AnUnrelatedTypeInAnotherFile()
    {
        GeneratorDriverRun run = GeneratorDriverRun.Of(Networks.Mlp).Then(TestCompilation.Of(Networks.Mlp, "class Unrelated;"));

        Assert.Equal((nameof(IncrementalStepRunReason.Unchanged), nameof(IncrementalStepRunReason.Cached)), (Only(run, Steps.Parsed),
            Only(run, Steps.Graphs)));
    }

    [Fact]
    public void AConstantInAnotherFile()
    {
        string source = Networks.Mlp.Replace("256", "Sizes.Wide", StringComparison.Ordinal);
        GeneratorDriverRun run = GeneratorDriverRun.Of(source, "static class Sizes { public const int Wide = 64; }")
            .Then(TestCompilation.Of(source, "static class Sizes { public const int Wide = 128; }"));

        Assert.Equal(nameof(IncrementalStepRunReason.Modified), Only(run, Steps.Graphs));
        Assert.Equal(128, run.Graph.Stages[0].Output.Channels);
    }

    [Fact]
    public void ASecondNetwork()
    {
        GeneratorDriverRun run = GeneratorDriverRun.Of(Networks.Mlp).Then(TestCompilation.Of(Networks.Mlp, Networks.LeNet5));

        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.New], run.Reasons(Steps.Graphs));
    }

    [Fact]
    public void AnEditOfOneOfTwoNetworks()
    {
        GeneratorDriverRun run = GeneratorDriverRun.Of(Networks.Mlp, Networks.LeNet5)
            .Then(TestCompilation.Of(Networks.Mlp.Replace("256", "128", StringComparison.Ordinal), Networks.LeNet5));

        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], run.Reasons(Steps.Graphs));
    }

    /// <summary>What a network requests is printed once for all networks, and stays cached if only another network changes.</summary>
    [Fact]
    public void AnEditThatLeavesTheKernelsAsTheyAre()
    {
        string twin = Networks.Mlp.Replace("Mlp", "Twin", StringComparison.Ordinal);
        GeneratorDriverRun run = GeneratorDriverRun.Of(Networks.Mlp, twin);
        string[] kernels = Kernels(run);
        Assert.NotEmpty(kernels);
        Assert.Equal(kernels, Kernels(GeneratorDriverRun.Of(Networks.Mlp)));

        run = run.Then(TestCompilation.Of(Networks.Mlp, twin.Replace("256", "128", StringComparison.Ordinal)));
        Assert.Superset(new HashSet<string>(kernels), new HashSet<string>(Kernels(run)));
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Modified], run.Reasons(Steps.NetworkKernels));

        run = run.Then(TestCompilation.Of(Networks.Mlp, twin.Replace("Hidden", "Wide", StringComparison.Ordinal)));
        run = run.Then(TestCompilation.Of(Networks.Mlp, twin.Replace("Hidden", "Wider", StringComparison.Ordinal)));
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged], run.Reasons(Steps.NetworkKernels));
        Assert.Equal([IncrementalStepRunReason.Cached], run.Reasons(Steps.Kernels));
    }

    private static string[] Kernels(GeneratorDriverRun run) =>
        [.. run.Result.GeneratedSources.Select(file => file.HintName)
            .Where(name => name.StartsWith("NoiseGen-Kernels.", StringComparison.Ordinal))];

    // A file-local class is reported by line, so a line above it moves the report.
    [Theory]
    [InlineData("partial class Net", "stray", "// Here.\n", "Cached", "Cached")]
    [InlineData("partial class Net", "stray", "class Unrelated;\n", "Cached", "Cached")]
    [InlineData("[Network(4)] file partial class Net", "local", "// Here.\n", "Modified", "Cached, Modified")]
    [InlineData("[Network(4)] file partial class Net", "local", "", "Cached", "Cached")]
    public void AnEditOfWhatIsNoNetwork(string declaration, string kind, string above, string step, string emitted)
    {
        string source = $$"""{{declaration}} { [Dense(2)] public partial Stage Logits { get; } }""";

        GeneratorDriverRun run = GeneratorDriverRun.Of(source).Then(TestCompilation.Of($"{above}{source} class Beside;"));

        Assert.Equal((step, emitted), (Only(run, kind == "stray" ? Steps.Strays : Steps.Early), Emitted(run)));
    }

    [Fact]
    public void AHeldSymbolIsFound() =>
        Assert.ThrowsAny<Exception>(() =>
            ObjectGraph.AssertHoldsNoRoslynObjects(new { Deep = new[] { TestCompilation.Of("class C;").GetTypeByMetadataName("C") } }));

    private static GeneratorDriverRun Edited(string source, string before, string after)
    {
        Assert.Contains(before, source, StringComparison.Ordinal);
        return GeneratorDriverRun.Of(source).Then(TestCompilation.Of(source.Replace(before, after, StringComparison.Ordinal)));
    }

    private static string Emitted(GeneratorDriverRun run) =>
        string.Join(", ", run.Result.TrackedOutputSteps.Values.SelectMany(steps => steps).SelectMany(step => step.Outputs)
            .Select(output => output.Reason).Distinct());

    private static string Only(GeneratorDriverRun run, Steps step) => Assert.Single(run.Reasons(step)).ToString();
}
