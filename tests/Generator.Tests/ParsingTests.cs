using NoiseGen.Generator.Graph;

namespace NoiseGen.Generator.Tests;

/// <summary>Does it parse? Declaration to graph: shapes and policies.</summary>
public sealed class ParsingTests
{
    [Fact]
    public void ShapesOfLeNet5() => Assert.Equal(
        [
            "Conv1: 3×32×32 → 6×28×28 → 6×14×14",
            "Conv2: 6×14×14 → 16×10×10 → 16×5×5",
            "Hidden1: 16×5×5 → 120 → 120",
            "Hidden2: 120 → 84 → 84",
            "Logits: 84 → 10 → 10",
        ],
        GeneratorDriverRun.Of(Networks.LeNet5).Graph.Stages.Select(Shapes));

    [Theory]
    [InlineData("Conv2d(8, 3, Stride = 2, Padding = 1)", "Stage: 3×32×32 → 8×16×16 → 8×16×16")]
    [InlineData("Conv2d(8, 4, Stride = 3)", "Stage: 3×32×32 → 8×10×10 → 8×10×10")] // ⌊28 / 3⌋ + 1
    [InlineData("Conv2d(kernel: 32, channels: 8)", "Stage: 3×32×32 → 8 → 8")]
    [InlineData("MaxPool(3)", "Stage: 3×32×32 → 3×32×32 → 3×10×10")] // the stride is the window's size, the last two rows are dropped
    [InlineData("MaxPool(3, Stride = 2, Padding = 1)", "Stage: 3×32×32 → 3×32×32 → 3×16×16")]
    [InlineData("Conv2d(4, 1), Relu, AvgPool(32)", "Stage: 3×32×32 → 4×32×32 → 4")]
    [InlineData("Relu", "Stage: 3×32×32 → 3×32×32 → 3×32×32")]
    public void ShapesOfOneStage(string attributes, string expected) => Assert.Equal(expected, Shapes(InNetwork(attributes).Stages[0]));

    [Fact]
    public void ConvolutionOfAFlatVector() => Assert.Equal(
        ["Wide: 8 → 6 → 6", "Logits: 6 → 2 → 2"],
        GeneratorDriverRun.Of("""
            [Network(8)]
            partial class Net
            {
                [Conv2d(6, 1)] public partial Stage Wide { get; }
                [Conv2d(2, 3, Padding = 1)] public partial Stage Logits { get; }
            }
            """).Graph.Stages.Select(Shapes));

    [Fact]
    public void OperationsInWhateverOrder()
    {
        StageNode expected = InNetwork("Conv2d(6, 5, Stride = 2), Relu, AvgPool(3, Padding = 1, CountPadding = false)").Stages[0];

        Assert.Equal(new LinearNode.Conv2d(6, new WindowNode(5, 5, 2, 2, 0, 0), Groups: 1, HasBiases: true), expected.Linear);
        Assert.Equal(new PoolNode(Max: false, new WindowNode(3, 3, 3, 3, 1, 1), CountPadding: false), expected.Pool);
        Assert.Equal(expected, InNetwork("AvgPool(3, Padding = 1, CountPadding = false), Relu, Conv2d(6, 5, Stride = 2)").Stages[0]);
    }

    [Fact]
    public void StagesRunInTheOrderOfTheSource() => Assert.Equal(
        ["Zeta", "Alpha", "Mu"],
        GeneratorDriverRun.Of(
            "partial class Net { public int Helper => 1; }",
            """
            [Network(8)]
            partial class Net
            {
                [Dense(4)] public partial Stage Zeta { get; }
                public int Count { get; set; }
                [Dense(3)] private partial Stage Alpha { get; }
                [Dense(2)] protected internal partial Stage Mu { get; }
            }
            """).Graph.Stages.Select(stage => stage.Path));

    [Fact]
    public void AGraphIsEqualToOneOfEqualSource()
    {
        NetworkGraph first = GeneratorDriverRun.Of(Networks.LeNet5).Graph;
        NetworkGraph second = GeneratorDriverRun.Of(Networks.LeNet5).Graph;

        Assert.NotSame(first, second);
        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
    }

    [Theory]
    [InlineData("Conv2d(6, 5)", "Conv2d(7, 5)")]
    [InlineData("Scale = 1f", "Scale = 2f")]
    [InlineData("Sites.All", "Sites.Linear")]
    [InlineData("Stage Hidden2", "Stage Hidden3")]
    [InlineData("class LeNet5", "class LeNet")]
    [InlineData("AvgPool", "MaxPool")]
    public void AGraphDiffersWhereTheSourceDoes(string before, string after) => Assert.NotEqual(
        GeneratorDriverRun.Of(Networks.LeNet5).Graph,
        GeneratorDriverRun.Of(Networks.LeNet5.Replace(before, after, StringComparison.Ordinal)).Graph);

    private static string Shapes(StageNode stage) => $"{stage.Path}: {stage.Input} → {stage.LinearOutput} → {stage.Output}";

    private static NetworkGraph InNetwork(string attributes) => GeneratorDriverRun.Of($$"""
        [Network(3, 32, 32)]
        partial class Net
        {
            [{{attributes}}] public partial Stage Stage { get; }
            [Dense(10)] public partial Stage Logits { get; }
        }
        """).Graph;
}
