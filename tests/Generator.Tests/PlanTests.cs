extern alias Runtime;

using NoiseGen.Generator.Model;
using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Tests;

/// <summary>Does it plan? Agreements between planner and runtime.</summary>
public sealed class PlanTests
{
    [Fact]
    public void BlocksHaveTheRuntimesLanes() => Assert.Equal(
        typeof(Runtime::NoiseGen.NeuralNetwork).Assembly.GetType("NoiseGen.LaneLayout")!.GetField("Lanes")!.GetRawConstantValue(),
        LaneLayout.Lanes);

    [Fact]
    public void NoiseHasTheRuntimesWorkspace() =>
        Assert.Equal(Runtime::NoiseGen.CompilerServices.NoiseLanes.Workspace, Planner.NoiseWorkspace);

    [Fact]
    public void CombinedNoiseHasTwice() =>
        Assert.Equal(Runtime::NoiseGen.CompilerServices.CombinedNoiseLanes.Workspace, 2 * Planner.NoiseWorkspace);

    [Fact]
    public void SquaresHaveTheRuntimesProducts() => Assert.All(WinogradTransforms.All, transforms => Assert.Equal(
        typeof(Runtime::NoiseGen.CompilerServices.IWinogradTransforms).Assembly.GetType($"NoiseGen.CompilerServices.{transforms.Class}")!
            .GetProperty("Products")!.GetValue(null),
        transforms.Products));

    // The runtime sums a tile on its stack, without a check.
    [Fact]
    public void NoTileIsLargerThanTheRuntimesStack() => Assert.InRange(
        TileFamilies.OuterProducts.Select(tile => tile.Outputs * tile.Vectors)
            .Concat(TileFamilies.Lanes.Select(tile => tile.Accumulators)).Max(),
        12, Runtime::NoiseGen.CompilerServices.NarrowTile.MostAccumulators);

    // A tile that a plan uses and the library lacks would not compile. All sorts of channels and maps, each of which a planner divides
    // differently.
    [Fact]
    public void TheLibraryHasEveryTile()
    {
        HashSet<string> methods = [.. typeof(Runtime::NoiseGen.CompilerServices.Tiles).GetMethods().Select(method => method.Name)];
        var random = new Random(1);
        string[] missing =
        [
            .. Enumerable.Range(0, 3000).SelectMany(_ => TilesOf(random)).Distinct().Where(tile => !methods.Contains(tile)),
        ];

        Assert.Equal([], missing);
        Assert.Equal([], TileFamilies.Convolutions.Select(tile => tile.Name).Concat(TileFamilies.Lanes.Select(tile => tile.Name))
            .Concat(TileFamilies.OuterProducts.Select(tile => tile.Name)).Where(tile => !methods.Contains(tile)));
    }

    private static IEnumerable<string> TilesOf(Random random)
    {
        int groups = random.Next(3) == 0 ? random.Next(1, 40) : 1, size = random.Next(1, 12),
            kernel = random.Next(1, Math.Min(5, size) + 1), padding = random.Next(kernel);
        int channels = groups * random.Next(1, 70), outputs = groups * random.Next(1, 70);
        var window = new WindowNode(kernel, kernel, random.Next(1, 3), 1, padding, padding);
        ImageShape source = new(channels, size, size);
        ImageShape target = new(outputs, (size + 2 * padding - kernel) / window.StrideHeight + 1, size + 2 * padding - kernel + 1);
        StageNode node = new("Conv", -1, source, target, target, target, new LinearNode.Conv2d(outputs, window, groups, HasBiases: true),
            null, null, null, null, 0, null, null, null, -1, -1, -1, -1, -1);
        LinearKernels kernels = new LinearPlanner(new Thresholds { FewestWinogradChannels = random.Next(1, 20) })
            .Plan(node, hasInputGradient: true, allowsWinograd: true);
        return kernels.Tiles(InputGradientUse.Overwrites | InputGradientUse.Adds).Select(tile => tile.Name)
            .Concat(kernels.LaneGradient?.Tiles.Select(tile => tile.Name) ?? [])
            .Concat(kernels.OuterTiles.Select(tile => tile.Name));
    }

    // Stages before the first parameters have no gradient that anything reads.
    [Fact]
    public void BackwardPassesEndAtTheFirstParameters()
    {
        GeneratorDriverRun run = GeneratorDriverRun.Of("""
            [Network(3, 8, 8)]
            partial class Net
            {
                [MaxPool(2)] public partial Stage Shrunk { get; }
                [Relu] public partial Stage Positive { get; }
                [Conv2d(4, 3)] public partial Stage Conv { get; }
                [AvgPool(2)] public partial Stage Pooled { get; }
                [Dense(2)] public partial Stage Logits { get; }
            }
            """).AssertCompiles();
        NetworkPlan plan = Planner.Plan(run.Graph);

        Assert.Equal([false, false, true, true, true], plan.Stages.Select(stage => stage.Backward is not null));
        Assert.Equal([false, false, false, true, true], plan.Stages.Select(stage => stage.Backward?.InputGradient is not null));
        Assert.Equal([false, true], plan.Stages.Where(stage => stage.Linear is not null)
            .Select(stage => stage.Linear!.Kernels.InputGradient is not null));
        string code = run.Result.GeneratedSources.Single(source => source.HintName == "Net.Code.g.cs").SourceText.ToString();
        Assert.Equal(
            ["Logits", "Pooled", "Conv"],
            code.Split('\n').Where(line => line.Contains("Stage.Backward(", StringComparison.Ordinal))
                .Select(line => line.Trim().Split("Stage")[0]));
    }

    // Two networks whose results another test finds equal.
    [Fact]
    public void LargeOutputsThatTakeOneStepAreComputedOnceMore()
    {
        string source = File.ReadAllText(Path.Combine(Snapshot.RepositoryRoot, "tests", "Network.Tests", "Declared", "Recomputed.cs"));
        Dictionary<string, NetworkPlan> plans =
            GeneratorDriverRun.Of(source).AssertCompiles().Graphs.ToDictionary(graph => graph.Class.Name, Planner.Plan);

        Assert.Equal(
            ["Conv2", "Conv3", "Conv4"],
            plans["Recomputed"].Stages.Where(stage => stage.Backward is { RecomputesInput: true }).Select(stage => stage.Node.Path));
        Assert.Equal(
            [Area.Block, Area.Scratch, Area.Scratch, Area.Block, Area.Block],
            plans["Recomputed"].Stages.Take(5).Select(stage => stage.Output.Area));
        Assert.DoesNotContain(plans["Kept"].Stages, stage => stage.Backward is { RecomputesInput: true });
        Assert.True(plans["Recomputed"].Memory.BlockFloats < plans["Kept"].Memory.BlockFloats);
    }

    // Outputs are kept if the map is smaller, or in the segment of the loss, where they are still available.
    [Theory]
    [InlineData(15, 2, false)]
    [InlineData(16, 2, true)]
    [InlineData(16, 1, false)]
    public void OthersAreKept(int size, int norms, bool isRecomputed)
    {
        NetworkPlan plan = Planner.Plan(GeneratorDriverRun.Of($$"""
            [Network(1, {{size}}, {{size}})]
            partial class Net
            {
                [Conv2d(8, 3, Padding = 1), BatchNorm, Relu] public partial Stage Conv1 { get; }
                [Conv2d(8, 3, Padding = 1){{(norms > 1 ? ", BatchNorm" : "")}}, Relu] public partial Stage Conv2 { get; }
                [Dense(2)] public partial Stage Logits { get; }
            }
            """).AssertCompiles().Graph);

        Assert.Equal(isRecomputed, plan.Stages[1].Backward!.RecomputesInput);
    }

    [Fact]
    public void ANetworkWithoutParametersHasLogitGradientsAllTheSame() => Assert.Contains(
        "LogitGradients(in BlockMemory memory) => ref Unsafe.Add(ref memory.Scratch,",
        string.Concat(
            GeneratorDriverRun.Of("[Network(4)] partial class Net { [Relu] public partial Stage Logits { get; } }").AssertCompiles()
            .Result.GeneratedSources.Select(source => source.SourceText.ToString())),
        StringComparison.Ordinal);

    // A stage of the block may have this name, in upper or lower case.
    [Fact]
    public void AnAutomaticProjectionHasANameOfItsOwn() => Assert.Equal(
        ["Units[0].Projection2", "Units[0].Conv", "Units[0].projection", "Logits"],
        GeneratorDriverRun.Of("""
            [Network(2, 8, 8)]
            partial class Net
            {
                [Repeat<Unit>(1, Channels = 4, Stride = 2)] public partial Blocks<Unit> Units { get; }
                [Dense(2)] public partial Stage Logits { get; }
            }

            [Block]
            public partial class Unit
            {
                [Conv2d(Block.Channels, 3, Stride = Block.Stride, Padding = 1), Residual, Relu] public partial Stage Conv { get; }
                [Conv2d(Block.Channels, 3, Padding = 1)] public partial Stage projection { get; }
            }
            """).AssertCompiles().Graph.Stages.Select(stage => stage.Path));

    // From eleven phases on, digits without a separator would give two phases the same name.
    [Fact]
    public void PhasesOfALongStrideHaveNamesOfTheirOwn() => Assert.Equal(144, Planner.Plan(GeneratorDriverRun.Of("""
        [Network(1, 24, 24)]
        partial class Net
        {
            [Conv2d(1, 1)] public partial Stage First { get; }
            [Conv2d(2, 12, Stride = 12)] public partial Stage Patches { get; }
            [Dense(2)] public partial Stage Logits { get; }
        }
        """).AssertCompiles().Graph).Stages[1].Linear!.Kernels.InputGradient!.Phases.Count);
}
