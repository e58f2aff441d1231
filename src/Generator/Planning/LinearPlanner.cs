using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Planning;

/// <summary>Chooses the tiles of a linear operation.</summary>
internal sealed class LinearPlanner(Thresholds thresholds)
{
    // 32 vector registers hold 28 accumulators besides two inputs and a weight. Twelve channels of 32 images run as fast there as 14, and
    // divide into tiles of six where there are only sixteen registers: six reach 99 % of the peak, five 99 %, four 88 %.
    public const int MostAccumulators = 24;

    // For weight gradients: 24 accumulators leave registers for the inputs.
    public const int GradientAccumulators = 24;

    // Outputs of a tile that reduces over lanes, and vectors of channels of an outer-product tile.
    public const int MostLaneOutputs = 8, MostOuterVectors = 2;

    // Addresses that are multiples of this value apart share a set of the first-level cache. Its 8 lines (12 on newer processors) also
    // serve the inputs. Reasoned, not timed.
    private const int CacheWay = 4096, LinesOfSet = 4;

    public LinearKernels Plan(StageNode node, bool hasInputGradient, bool allowsWinograd)
    {
        LinearKernels kernels = PlanAs(node, hasInputGradient, allowsWinograd);
        if (allowsWinograd && thresholds == Thresholds.Default) return kernels;

        // Kernels of several networks share a namespace, so kernels that differ from the default ones have a different name.
        LinearKernels usual = new LinearPlanner(Thresholds.Default).PlanAs(node, hasInputGradient, allowsWinograd: true);
        if (kernels == usual) return kernels;
        string variant = allowsWinograd ? "" : "_WithoutWinograd";
        return kernels with { Variant = thresholds == Thresholds.Default
            ? variant
            : $"{variant}_{StableHash.Of(thresholds.ToString()):x8}" };
    }

    private LinearKernels PlanAs(StageNode node, bool hasInputGradient, bool allowsWinograd)
    {
        ConvolutionShape shape = ConvolutionShape.Of(node);
        bool isPacked = !ReadsMatrix(shape);
        InputGradientPlan? gradient = hasInputGradient
            ? InputGradientPlanner.Plan(shape, isPacked ? null : new MatrixSteps(1, shape.Inputs))
            : null;
        WinogradPass? Winograd(ImageShape source, int channels, int rows) =>
            allowsWinograd ? WinogradPass.Of(shape, source, channels, rows, thresholds) : null;
        if (gradient is not null)
            gradient = gradient with { Winograd = Winograd(shape.Target, shape.Source.Channels, WinogradTransforms.MostRows) };
        WinogradPass? unbound = Winograd(shape.Source, shape.Outputs, WinogradTransforms.MostRows);
        bool isOuter = shape.IsDense || (shape.Groups == 1 && shape.Source.Channels >= thresholds.FewestOuterInputs);
        return new LinearKernels(
            shape,
            node.Linear!.HasBiases,
            PlanForward(shape, node.Linear.HasBiases ? TileStart.Biases : TileStart.Zeros)
                with { Matrix = isPacked ? null : new MatrixSteps(shape.Inputs, 1) },
            Winograd(shape.Source, shape.Outputs, RowsAtATime(node)),
            unbound,
            gradient,
            isOuter ? null : PlanLaneGradient(shape),
            isOuter ? PlanOuterGradient(shape) : null,
            isOuter && unbound is not null ? WinogradGradientPlan.Of(shape, unbound.Transforms, thresholds) : null);
    }

    /// <summary>
    /// Whether the tiles of a dense layer read the weights in place. The outputs of a tile are then as many streams, whose lines must fit
    /// into the first-level cache together with the inputs.
    /// </summary>
    private bool ReadsMatrix(ConvolutionShape shape)
    {
        if (!shape.IsDense || shape.IsFlattened || shape.Inputs > thresholds.MostMatrixInputs) return false;
        int distinct = 1;
        while (distinct < MostAccumulators / 2 && shape.Inputs * sizeof(float) * distinct % CacheWay != 0) distinct++;
        return Division.Width(shape.Outputs, MostAccumulators / 2) <= distinct * LinesOfSet;
    }

    // Computing several rows at a time needs room for all of them: the whole map, or the rows of a pool with a window that high.
    private static int RowsAtATime(StageNode node) => node switch
    {
        { Norm: not null } => WinogradTransforms.MostRows,
        { Merge.IsSum: false } => 0,
        { Pool: null } => WinogradTransforms.MostRows,
        { Pool.Window: { PaddingHeight: 0 } window } when window.Height == window.StrideHeight => window.Height,
        _ => 0,
    };

    private static TilePass PlanForward(ConvolutionShape shape, TileStart start)
    {
        int channels = Division.Width(shape.GroupOutputs, MostAccumulators / 2);
        WindowNode w = shape.Window;
        return new TilePass(
            TilePass.ForwardName, start, shape.Source, w.Height, w.Width, w.StrideHeight, w.StrideWidth, w.PaddingHeight, w.PaddingWidth,
            shape.Outputs, shape.Target.Height, shape.Target.Width, 1, 1, 0, 0, 0, channels, PixelsOf(channels, shape.Target.Width),
            shape.Groups);
    }

    /// <summary>Neighbouring pixels in a tile: as many as fit with its channels, so that a weight is loaded once for all of them.</summary>
    public static int PixelsOf(int channels, int columns) => Math.Max(1, Math.Min(Math.Min(MostAccumulators / (2 * channels), 4), columns));

    private LaneGradientPlan PlanLaneGradient(ConvolutionShape shape)
    {
        bool isRun = shape is { Groups: 1, Window: { PaddingHeight: 0, PaddingWidth: 0 } };
        int sections = isRun ? 1 : shape.Window.Width;
        int sectionInputs = shape.Window.Width / sections * shape.GroupChannels;
        bool isDepthwise = shape is { GroupOutputs: 1, GroupChannels: 1, Groups: > 1 };
        int outputs = Division.Width(isDepthwise ? shape.Outputs : shape.GroupOutputs, MostLaneOutputs);
        int inputs = isDepthwise ? 1 : Division.Width(sectionInputs, GradientAccumulators / outputs);
        int rowFloats = LaneLayout.Lanes * (
            shape.Target.Width * shape.Outputs + shape.Window.StrideHeight * shape.Source.Width * shape.Source.Channels);
        return new LaneGradientPlan(
            shape.Outputs, shape.Window.Height, sections, sectionInputs, outputs, inputs, shape.Groups, isDepthwise,
            Math.Max(1, thresholds.NarrowStrip / rowFloats));
    }

    // Two vectors of channels and twelve outputs: a vector is loaded once for all twelve, and they divide by six.
    private OuterGradientPlan PlanOuterGradient(ConvolutionShape shape)
    {
        int width = Math.Min(MostOuterVectors, (int)(MemoryPlan.Rounded(shape.Source.Channels) / 16));
        int rowFloats = shape.Window.StrideHeight * shape.Source.Width * LaneLayout.Lanes * width * 16;
        int strip = Math.Max(1, Math.Min(shape.Target.Height, thresholds.OuterStrip / rowFloats));
        return new OuterGradientPlan(shape, Division.Width(shape.Outputs, GradientAccumulators / 2), width, strip);
    }
}
