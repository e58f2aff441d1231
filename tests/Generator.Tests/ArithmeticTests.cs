using Microsoft.CodeAnalysis;
using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Tests.Diagnostics;

namespace NoiseGen.Generator.Tests;

/// <summary>Arithmetic on a block's placeholders is read as written, whatever value the compiler computes.</summary>
public sealed class ArithmeticTests
{
    private const string Constants = """
        static class Widths
        {
            public const int Expansion = 4, Wide = Block.Channels * Expansion, Offset = 'a' - 'b' + 3, Both = Wide / Block.Stride;
        }
        """;

    // The block gets 6 channels and a stride of 2.
    [Theory]
    [InlineData("Block.Channels", 6)]
    [InlineData("Block.Channels * 4", 24)]
    [InlineData("4 * Block.Channels", 24)]
    [InlineData("Block.Channels / 4", 1)]
    [InlineData("Block.Channels % 4", 2)]
    [InlineData("Block.Channels - Block.Stride", 4)]
    [InlineData("Block.Channels * Block.Stride", 12)]
    [InlineData("Block.Channels / Block.Stride", 3)]
    [InlineData("(Block.Channels + 2) * 2 / (1 + Block.Stride)", 5)]
    [InlineData("-(-Block.Channels) + +2", 8)]
    [InlineData("Block.Channels * 70_000 / 70_000", 6)]
    [InlineData("checked(Block.Channels * 2)", 12)]
    [InlineData("(int)Block.Channels", 6)]
    [InlineData("Widths.Wide", 24)]
    [InlineData("Widths.Wide + Widths.Offset", 26)]
    [InlineData("Widths.Both", 12)]
    [InlineData("NoiseGen.Block.Channels * 0x2", 12)]
    [InlineData("global::NoiseGen.Block.Stride", 2)]
    [InlineData("Alias.Stride + Channels", 8)]
    [InlineData("sizeof(int) + Block.Stride", 6)]
    [InlineData("'\\u0003' * Block.Stride", 6)]
    [InlineData("channels: Block.Channels * 2, kernel: 1", 12)]
    [InlineData("kernel: 1, channels: Block.Channels * 2", 12)]
    public void IsReadAsItIsWritten(string written, int channels)
    {
        string arguments = written.Contains("kernel", StringComparison.Ordinal) ? written : $"{written}, 1";
        NetworkGraph graph = GeneratorDriverRun.Of(Source($"Conv2d({arguments})"), Constants).AssertCompiles().Graph;

        Assert.Equal(channels, graph.Stages[0].LinearOutput.Channels);
    }

    [Theory]
    [InlineData("Conv2d(8, Block.Stride + 1, Padding = Block.Stride / 2, Stride = Block.Stride * 2)", "8×2×2")]
    [InlineData("Conv2d(8, 3, StrideHeight = Block.Stride, PaddingWidth = Block.Channels / 3)", "8×3×10")]
    [InlineData("Conv2d(Block.Channels, 1, Groups = Block.Channels / 2)", "6×8×8")]
    [InlineData("MaxPool(Block.Stride)", "3×4×4")]
    [InlineData("AvgPool(Block.Stride, Block.Stride * 2, Padding = Block.Stride / 2)", "3×5×2")]
    [InlineData("Dense(Block.Channels * 10)", "60")]
    public void StandsInEverySize(string operation, string output) =>
        Assert.Equal(output, GeneratorDriverRun.Of(Source(operation)).AssertCompiles().Graph.Stages[0].Output.ToString());

    [Fact]
    public void IsHandedOnByRepeat()
    {
        NetworkGraph graph = GeneratorDriverRun.Of(
            Source("Repeat<Inner>(Block.Stride, Stride = Block.Stride, Channels = Block.Channels + 1)", "Blocks<Inner>"), """
            [Block] partial class Inner { [Conv2d(Block.Channels * 2, 1, Stride = Block.Stride)] public partial Stage Conv { get; } }
            """).AssertCompiles().Graph;

        Assert.Equal(["14×4×4", "14×4×4"], graph.Stages.Take(2).Select(stage => stage.Output.ToString()));
    }

    // ResNet-50 as in torchvision: 25,557,032 parameters.
    [Fact]
    public void ABottleneckMakesResNet50()
    {
        GeneratorDriverRun run = GeneratorDriverRun.Of("""
            [Network(3, 64, 64)]
            partial class ResNet50
            {
                [Conv2d(64, 7, Stride = 2, Padding = 3, Bias = false), BatchNorm, Relu, MaxPool(3, Stride = 2, Padding = 1)]
                                                                    public partial Stage Stem { get; }
                [Repeat<Bottleneck>(3, Channels = 64)]              public partial Blocks<Bottleneck> Layer1 { get; }
                [Repeat<Bottleneck>(4, Channels = 128, Stride = 2)] public partial Blocks<Bottleneck> Layer2 { get; }
                [Repeat<Bottleneck>(6, Channels = 256, Stride = 2)] public partial Blocks<Bottleneck> Layer3 { get; }
                [Repeat<Bottleneck>(3, Channels = 512, Stride = 2)] public partial Blocks<Bottleneck> Layer4 { get; }
                [GlobalAvgPool]                                     public partial Stage Pool { get; }
                [Dense(1000)]                                       public partial Stage Logits { get; }
            }

            [Block]
            partial class Bottleneck
            {
                [Conv2d(Block.Channels, 1, Bias = false), BatchNorm, Relu]               public partial Stage Reduce { get; }
                [Conv2d(Block.Channels, 3, Stride = Block.Stride, Padding = 1, Bias = false), BatchNorm, Relu]
                                                                                         public partial Stage Conv { get; }
                [Conv2d(Block.Channels * 4, 1, Bias = false), BatchNorm, Residual, Relu] public partial Stage Expand { get; }
            }
            """);

        Assert.Empty(AnalyzerRun.On(run.Input));
        Assert.Equal(25_557_032, run.Graph.Stages.Sum(Parameters));
        Assert.Contains(run.Result.GeneratedSources, source => source.SourceText.ToString()
            .Contains("/// Layer4[2].Expand", StringComparison.Ordinal)); // the table of the class's summary
    }

    private static int Parameters(StageNode stage) => (stage.Norm is null ? 0 : 2 * stage.LinearOutput.Channels) + stage.Linear switch
    {
        LinearNode.Conv2d conv =>
            conv.Channels * (stage.Input.Channels / conv.Groups * conv.Window.Height * conv.Window.Width + (conv.HasBiases ? 1 : 0)),
        LinearNode.Dense dense => dense.Features * (stage.Input.Count + (dense.HasBiases ? 1 : 0)),
        _ => 0,
    };

    // Doubled this often, a constant has more operations than fit into memory.
    [Fact]
    public void ATreeOfConstantsIsNotGrownWithoutEnd()
    {
        string constants = string.Concat(Enumerable.Range(1, 40).Select(i => $"public const int C{i} = (C{i - 1} + C{i - 1}) / 2;"));
        string source = Source("Conv2d(Doubled.C40, 1)");

        Assert.Equal("NG0048",
            Assert.Single(AnalyzerRun.On(source, $"static class Doubled {{ public const int C0 = Block.Channels; {constants} }}")).Id);
        Assert.Empty(AnalyzerRun.On(source, $"static class Doubled {{ public const int C0 = 7; {constants} }}"));
    }

    [Fact]
    public void ASumOfThousandsIsNotDescendedInto() =>
        Assert.Equal("NG0048",
            Assert.Single(AnalyzerRun.On(Source($"Conv2d({string.Join(" + ", Enumerable.Repeat("Block.Channels", 5_000))}, 1)"))).Id);

    // The stand-ins with which C# computes never collide with a user's number: the source is read, not its value.
    [Fact]
    public void ANumberThatThePlaceholderIsToTheCompilerIsItself() => Assert.Equal(
        ("NG0015", $"Channels of stage 'Units[0].Only' is {Block.Channels}; it must be at least 1"),
        AnalyzerRun.On(Source($"Conv2d({Block.Channels}, 1)")).Select(found => (found.Id, found.GetMessage())).Single());

    private static string Source(string operation, string type = "Stage") => $$"""
        using static NoiseGen.Block;
        using Alias = NoiseGen.Block;

        [Network(3, 8, 8)]
        partial class Net
        {
            [Repeat<Unit>(Channels = 6, Stride = 2)] public partial Blocks<Unit> Units { get; }
            [GlobalAvgPool] public partial Stage Last { get; }
        }

        [Block]
        partial class Unit
        {
            [{{operation}}] public partial {{type}} Only { get; }
        }
        """;
}
