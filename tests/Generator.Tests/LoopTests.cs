using NoiseGen.Generator.Loops;
using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Tests;

/// <summary>In which order does a stage work, and which parts of it can threads divide?</summary>
public sealed class LoopTests
{
    // Noise after the quantizer scales the values from which the scale's gradient is computed; a percentile may be a value that the ReLU
    // keeps and the last level clips.
    [Fact]
    public void BackThroughALearnedScale() => Assert.Equal(
        [
            nameof(Step.NameRow), nameof(Step.MaxPoolGradient), nameof(Step.NoiseGradient), nameof(Step.ScaleGradient),
            nameof(Step.ReceiveScaleGradient), nameof(Step.Mask),
            nameof(Step.NoiseGradient), nameof(Step.BiasGradient),
        ],
        RowSteps(Loops("""
            [Network(3, 8, 8)]
            [Noise<Multiplicative>(Sites.Activation | Sites.Linear)]
            [Quantize(Bits = 4, Activations = ActivationScaling.Learned)]
            partial class Net
            {
                [Conv2d(4, 3), Relu, MaxPool(2)] public partial Stage Conv { get; }
                [Dense(2)] public partial Stage Logits { get; }
            }
            """).Stages[0].Backward!));

    // If an average pool passes on the gradient, it reads the ReLU's masks on the way.
    [Fact]
    public void AnAveragePoolMasksItsGradient()
    {
        Method backward = Loops("""
            [Network(3, 8, 8)]
            partial class Net
            {
                [Conv2d(4, 3), Relu, AvgPool(2)] public partial Stage Conv { get; }
                [Dense(2)] public partial Stage Logits { get; }
            }
            """).Stages[0].Backward!;

        Assert.Equal([nameof(Step.NameRow), nameof(Step.AveragePoolGradient), nameof(Step.BiasGradient)], RowSteps(backward));
        Assert.NotNull(backward.AllSteps.OfType<Step.AveragePoolGradient>().Single().Masks);
    }

    // In the backward pass, the sum's second gradient comes before the norm's sums; in the forward pass, the norm and the sum are one pass.
    [Fact]
    public void BackThroughASumAndANorm()
    {
        StageLoops stage = Loops("""
            [Network(4, 8, 8)]
            partial class Net
            {
                [Conv2d(4, 3, Padding = 1), BatchNorm, Relu] public partial Stage First { get; }
                [Conv2d(4, 3, Padding = 1), BatchNorm, Add(nameof(First)), Tanh] public partial Stage Second { get; }
                [Dense(2)] public partial Stage Logits { get; }
            }
            """).Stages[1];

        Assert.Equal(
            [nameof(Step.NameRow), nameof(Step.LinearRow), nameof(Step.InTraining), nameof(Step.NormStatistics)], RowSteps(stage.ToNorm!));
        Assert.Equal([nameof(Step.NameRow), nameof(Step.Pass)], RowSteps(stage.Forward));
        Assert.Equal(
            [nameof(Step.NameRow), nameof(Step.Slope), nameof(Step.Copy), nameof(Step.NormGradientSums)], RowSteps(stage.ToNormGradient!));
        Assert.Equal([MethodParameter.Layer, MethodParameter.Norm], stage.Backward!.Parameters);
    }

    // In the forward pass rows are independent, two or four at a time by Winograd's transforms; sums over rows are not.
    [Fact]
    public void WhatMayBeDivided()
    {
        NetworkLoops loops = Loops("""
            [Network(3, 8, 8)]
            partial class Net
            {
                [Conv2d(16, 3, Padding = 1), Relu] public partial Stage Direct { get; }
                [Conv2d(16, 3, Padding = 1), Relu] public partial Stage Winograd { get; }
                [Conv2d(16, 3, Padding = 1), Relu, MaxPool(2)] public partial Stage Pooled { get; }
                [Relu, Quantize(Activations = ActivationScaling.Learned)] public partial Stage Learned { get; }
                [Dense(2)] public partial Stage Logits { get; }
            }
            """);
        LoopDivision[] forward = [.. loops.Stages.Select(stage => DivisionOf(stage.Forward))];

        Assert.Equal(
            [DivisionKind.Rows, DivisionKind.Rows, DivisionKind.Rows, DivisionKind.None, DivisionKind.Channels],
            forward.Select(division => division.Kind));
        Assert.Equal([1, 4], forward.Take(2).Select(division => division.Multiple));
        Assert.Equal(["scratch"], forward[1].Private!);
        Assert.Contains("rows", forward[2].Private!);
        Assert.Equal(DivisionKind.None, DivisionOf(loops.Stages[0].Backward!).Kind); // its biases are summed row by row
        Assert.Equal(DivisionKind.Rows, DivisionOf(loops.Stages[1].Backward!).Kind);
    }

    // Each segment's calls in order: the output that was not kept is recomputed before the stage that reads it.
    [Fact]
    public void ARecomputedOutputComesBeforeItsReader()
    {
        string source = File.ReadAllText(Path.Combine(Snapshot.RepositoryRoot, "tests", "Network.Tests", "Declared", "Recomputed.cs"));
        NetworkLoops loops = NetworkLoops.Of(GeneratorDriverRun.Of(source)
            .AssertCompiles().Graphs.Where(graph => graph.Class.Name == "Recomputed").Select(Planner.Plan).Single());
        StageCall[] calls = [.. loops.Backward.SelectMany(segment => segment)];

        Assert.Equal(3, calls.Count(call => call.IsAgain));
        Assert.All(
            Enumerable.Range(0, calls.Length).Where(i => calls[i].IsAgain),
            i => Assert.Equal((calls[i].Stage.Index, Method.Backward), (calls[i + 1].Stage.Node.Source, calls[i + 1].Method.Name)));
    }

    private static NetworkLoops Loops(string source) => NetworkLoops.Of(Planner.Plan(GeneratorDriverRun.Of(source).AssertCompiles().Graph));

    private static IEnumerable<string> RowSteps(Method method) =>
        method.AllSteps.SelectMany(BodyOf).SelectMany(step => step.WithInner).Select(step => step.GetType().Name);

    private static IReadOnlyList<Step> BodyOf(Step step) => step switch
    {
        Step.RowLoop loop => loop.Body,
        Step.StripLoop loop => loop.Body,
        _ => [],
    };

    private static LoopDivision DivisionOf(Method method) => method.AllSteps.Select(step => step switch
    {
        Step.RowLoop loop => loop.Division,
        Step.PoolLoop loop => loop.Division,
        Step.StripLoop loop => loop.Division,
        _ => null,
    }).OfType<LoopDivision>().First();
}
