using Microsoft.CodeAnalysis;
using Steps = NoiseGen.Generator.NetworkGenerator.Steps;

namespace NoiseGen.Generator.Tests;

/// <summary>Does it stay cached? A table: edit → why the steps' outputs are what they are.</summary>
public sealed class CachingTests
{
    private const string Stage = "[Dense(256), Relu] public partial Stage Hidden { get; }";

    // "Cached" in the last column means that nothing is emitted anew.
    [Theory]
    [InlineData("a comment", "[Dense(256)", "/* wide */ [Dense(256)", "Unchanged", "Cached", "Cached")]
    [InlineData("a line above", "[Network(784)]", "\n\n[Network(784)]", "Unchanged", "Cached", "Cached")]
    [InlineData("another way to write a value", "256", "0x100", "Unchanged", "Cached", "Cached")]
    [InlineData("another order of attributes", "Dense(256), Relu", "Relu, Dense(256)", "Modified", "Modified", "Cached")]
    [InlineData("a helper in the class", "{ get; }\n}", "{ get; }\n    public int Helper() => 1;\n}", "Unchanged", "Cached", "Cached")]
    [InlineData("a policy without effect", "Relu]", "Relu, NoQuantize]", "Modified", "Modified", "Cached")]
    [InlineData("a renamed stage", "Hidden", "Wide", "Modified", "Modified", "Modified")]
    [InlineData("a changed argument", "256", "128", "Modified", "Modified", "Modified")]
    [InlineData("a renamed class", "Mlp", "Perceptron", "Modified", "Modified", "Modified")]
    [InlineData("a removed stage", Stage, "", "Modified", "Modified", "Modified")]
    [InlineData("a half-typed argument", "256", "", "Modified", "Removed", "Removed")]
    [InlineData("a mistake", "256", "0", "Modified", "Modified", "Removed")]
    [InlineData("a removed attribute", "[Network(784)]", "", "Removed", "Removed", "Removed")]
    public void Edit(string name, string before, string after, string parsed, string declaration, string graph)
    {
        Assert.Contains(before, Networks.Mlp, StringComparison.Ordinal);

        GeneratorDriverRun run = GeneratorDriverRun.Of(Networks.Mlp).Then(TestCompilation.Of(Networks.Mlp.Replace(before, after, StringComparison.Ordinal)));

        Assert.Equal((name, parsed, declaration, graph), (name, Only(run, Steps.Parsed), Only(run, Steps.Declarations), Only(run, Steps.Graphs)));
    }

    [Fact]
    public void AnUnrelatedType()
    {
        GeneratorDriverRun run = GeneratorDriverRun.Of(Networks.Mlp).Then(TestCompilation.Of(Networks.Mlp, "class Unrelated;"));

        Assert.Equal((nameof(IncrementalStepRunReason.Unchanged), nameof(IncrementalStepRunReason.Cached)), (Only(run, Steps.Parsed), Only(run, Steps.Graphs)));
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

    [Fact]
    public void AHeldSymbolIsFound() =>
        Assert.ThrowsAny<Exception>(() => ObjectGraph.AssertHoldsNoRoslynObjects(new { Deep = new[] { TestCompilation.Of("class C;").GetTypeByMetadataName("C") } }));

    private static string Only(GeneratorDriverRun run, Steps step) => Assert.Single(run.Reasons(step)).ToString();
}
