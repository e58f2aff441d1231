using NoiseGen.Generator.Loops;
using NoiseGen.Generator.Loops.Kernels;
using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Tests;

/// <summary>In which order does a kernel do what it does, and what of it may threads divide?</summary>
public sealed class KernelLoopTests
{
    // Channels by the tile, and of each tile's row the left edge, the interior, the right edge.
    [Fact]
    public void ARowOfAConvolution()
    {
        KernelMethod row = Kernels("[Conv2d(24, 3, Padding = 1)]")[0].Methods.First();

        Assert.Equal(
            [nameof(PassStep.ClipRows), nameof(PassStep.ChannelTiles), nameof(PassStep.EdgePixel), nameof(PassStep.InteriorPixels),
                nameof(PassStep.EdgePixel)],
            Names(row));
        PassStep.ChannelTiles tiles = row.AllSteps.OfType<PassStep.ChannelTiles>().Single();
        Assert.Equal(new LoopDivision(DivisionKind.Channels, 12), tiles.Division);
        Assert.Equal((2, 12), (tiles.Run.Count, tiles.Run.Width));
        Assert.Equal([0, 7], row.AllSteps.OfType<PassStep.EdgePixel>().Select(pixel => pixel.Column));
        Assert.Equal(6, row.AllSteps.OfType<PassStep.InteriorPixels>().Single().Tiles);
    }

    // Several pixels at an edge have a method of their own, which asks for each what of the kernel lies on the map.
    [Fact]
    public void EdgesOfSeveralPixels()
    {
        KernelMethod[] methods = [.. Kernels("[Conv2d(8, 5, Padding = 2)]")[0].Methods];

        Assert.Equal(
            [nameof(PassStep.ClipRows), nameof(PassStep.AllChannels), nameof(PassStep.SinglePixels), nameof(PassStep.InteriorPixels),
                nameof(PassStep.SinglePixels)],
            Names(methods[0]));
        Assert.Equal([(0, 2), (6, 8)], methods[0].AllSteps.OfType<PassStep.SinglePixels>().Select(pixels => (pixels.From, pixels.To)));
        Assert.Equal(("RowAt8", false), (methods[1].Name, methods[1].IsPublic));
    }

    // With a stride, pixels that no tap reaches come first: a gradient of zero, unless it is added to another.
    [Fact]
    public void AnInputGradientWithGaps()
    {
        KernelLoops kernels = Kernels("[Conv2d(8, 1, Stride = 2)]", before: "[Conv2d(8, 1)]")[1];
        KernelMethod gradient = kernels.Methods.Single(method => method.Name == KernelMethod.InputGradient);

        Assert.Equal([nameof(PassStep.ClearTarget), nameof(PassStep.PhaseRows)], Names(gradient));
        Assert.Equal(DivisionKind.Rows, gradient.AllSteps.OfType<PassStep.PhaseRows>().Single().Division.Kind);
    }

    // Inputs are transformed before they are multiplied, and products into outputs at last. The workspace is each part's own
    // where columns or rows are divided; squares, products and channels share it.
    [Fact]
    public void WinogradsTransforms()
    {
        KernelLoops kernels = Kernels("[Conv2d(32, 3, Padding = 1)]", before: "[Conv2d(32, 3, Padding = 1)]")[1];
        KernelMethod rows = kernels.Methods.First(), gradient = kernels.Methods.Single(method => method.Name == KernelMethod.InputGradient);

        Assert.Equal(
            [nameof(WinogradStep.NameProducts), nameof(WinogradStep.TransformInput), nameof(WinogradStep.NameProduct),
                nameof(WinogradStep.Multiply), nameof(WinogradStep.Multiply), nameof(WinogradStep.TransformOutput)],
            Names(rows).Where(name => name != nameof(KernelStep.Loop)));
        Assert.Equal(
            [(LoopIndex.Column, DivisionKind.Columns, 8, "scratch"), (LoopIndex.Square, DivisionKind.Squares, 1, ""),
                (LoopIndex.Product, DivisionKind.Products, 1, ""), (LoopIndex.Channel, DivisionKind.Channels, 11, ""),
                (LoopIndex.Channel, DivisionKind.Channels, 10, ""), (LoopIndex.Square, DivisionKind.Squares, 1, "")],
            rows.AllSteps.OfType<KernelStep.Loop>().Select(Division));
        Assert.Equal(
            [(LoopIndex.Row, DivisionKind.Rows, 4, "scratch")], gradient.AllSteps.OfType<KernelStep.Loop>().Select(Division));
    }

    // Taps, outputs and inputs have sums of their own. Rows, blocks and strips feed the same ones in their order.
    [Fact]
    public void SumsOfWeightGradients()
    {
        KernelMethod lanes = Gradient(Kernels("[Conv2d(16, 3, Padding = 1)]")[0]);
        KernelMethod outer = Kernels("[Conv2d(16, 5)]", before: "[Conv2d(16, 3)]")[1].WeightGradient[1];
        KernelMethod dense = Gradient(Kernels("[Conv2d(4, 3)]")[1]);

        Assert.Equal(
            [(LoopIndex.KernelRow, DivisionKind.Taps, 1, ""), (LoopIndex.KernelColumn, DivisionKind.Taps, 1, ""),
                (LoopIndex.Group, DivisionKind.Channels, 16, ""), (LoopIndex.Output, DivisionKind.Channels, 8, ""),
                (LoopIndex.Element, DivisionKind.Inputs, 3, "")],
            lanes.AllSteps.OfType<KernelStep.Loop>().Select(Division));
        Assert.Equal(DivisionKind.None, outer.AllSteps.OfType<OuterGradientStep.BlockLoop>().Single().Division.Kind);
        Assert.Equal(
            [nameof(OuterGradientStep.Clear), nameof(OuterGradientStep.BlockLoop), nameof(OuterGradientStep.ClipRows),
                nameof(OuterGradientStep.TapTile)],
            Names(outer).Where(name => name != nameof(KernelStep.Loop)));
        Assert.Equal(
            new LoopDivision(DivisionKind.Channels, 2), dense.AllSteps.OfType<OuterGradientStep.SharedOutputs>().Single().Division);
    }

    // A phase transforms squares, the next one multiplies them; each product is a sum of its own, to which squares are added in order.
    [Fact]
    public void PhasesOfAWinogradGradient()
    {
        KernelLoops kernels = Kernels("[Conv2d(16, 3, Padding = 1)]", before: "[Conv2d(16, 3, Padding = 1)]")[1];
        KernelMethod[] methods = [.. kernels.WeightGradient];

        Assert.NotNull(kernels.Phases);
        Assert.Equal(
            [nameof(WinogradGradientStep.NameSquares), nameof(WinogradGradientStep.LastPhase),
                nameof(WinogradGradientStep.TransformOrMultiply)],
            Names(methods[0]));
        Assert.All(
            methods[1].AllSteps.OfType<WinogradGradientStep.SharedSquares>(),
            share => Assert.Equal(DivisionKind.Squares, share.Division.Kind));
        Assert.Equal(
            DivisionKind.Products, methods[2].AllSteps.OfType<WinogradGradientStep.SharedProducts>().Single().Division.Kind);
        Assert.Equal(
            DivisionKind.None, methods[2].AllSteps.OfType<WinogradGradientStep.SquareLoop>().Single().Division.Kind);
    }

    // Noise comes before the quantizer or behind it, as declared; before it, values may lie below an unsigned quantizer's levels.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AnElementwisePass(bool beforeQuantizer)
    {
        string noise = $"Noise<Additive>(Sites.Activation, BeforeQuantizer = {(beforeQuantizer ? "true" : "false")})";
        RowLoops loops = RowLoops.Of(Plan($"[Conv2d(4, 3), BatchNorm, Relu, Quantize(Bits = 4), {noise}]").Kernels.Rows[0]);

        Assert.Equal(
            beforeQuantizer
                ? [nameof(RowStep.Load), nameof(RowStep.Norm), nameof(RowStep.Activate), nameof(RowStep.AddNoise),
                    nameof(RowStep.Quantize), nameof(RowStep.Store)]
                : [nameof(RowStep.Load), nameof(RowStep.Norm), nameof(RowStep.Activate), nameof(RowStep.Quantize),
                    nameof(RowStep.AddNoise), nameof(RowStep.Store)],
            loops.Steps.Select(step => step.GetType().Name));
        Assert.Equal(beforeQuantizer, loops.Steps.OfType<RowStep.Quantize>().Single().HasLowest);
        Assert.Equal(new LoopDivision(DivisionKind.Values, 4), loops.Division);
    }

    private static KernelMethod Gradient(KernelLoops kernels) =>
        kernels.Methods.Single(method => method.Name == KernelMethod.WeightGradient);

    private static IEnumerable<string> Names(KernelMethod method) => method.AllSteps.Select(step => step.GetType().Name);

    private static (LoopIndex Index, DivisionKind Kind, int Multiple, string Private) Division(KernelStep.Loop loop) =>
        (loop.Index, loop.Division.Kind, loop.Division.Multiple, string.Concat(loop.Division.Private ?? []));

    // Kernels of a stage behind a map of 3×8×8, or behind a stage before it, and of a dense layer.
    private static KernelLoops[] Kernels(string stage, string? before = null) =>
        [.. Plan(stage, before).Kernels.Linear.Select(KernelLoops.Of)];

    private static NetworkPlan Plan(string stage, string? before = null) => Planner.Plan(GeneratorDriverRun.Of($$"""
        [Network(3, 8, 8)]
        partial class Net
        {
            {{(before is null ? "" : $"{before} public partial Stage Before {{ get; }}")}}
            {{stage}} public partial Stage Stage { get; }
            [Dense(2)] public partial Stage Logits { get; }
        }
        """).AssertCompiles().Graph);
}
