using static NoiseGen.Generator.Planning.LaneLayout;

namespace NoiseGen.Generator.Planning;

/// <summary>
/// The weight gradient of a 3×3 convolution of stride 1 and padding 1 by transforms of squares, of some squares of all blocks at a time: the threads transform their
/// gradients and inputs, and then multiply them, for each product a matrix of outputs × images by one of images × channels. What all squares sum to is transformed into taps.
/// </summary>
/// <param name="Shape">The convolution.</param>
/// <param name="Transforms">The transforms.</param>
internal sealed record SquareGradientPlan(ConvolutionShape Shape, SquareTransforms Transforms)
{
    /// <summary>
    /// Squares that a register tile sums before it adds to memory. Those of sixteen channels and sixteen outputs take 16 KiB, half of a first-level cache.
    /// </summary>
    public const int Together = 4;

    /// <summary>Channels of a register tile.</summary>
    public const int Channels = 16;

    // Divides the usual numbers of outputs, so that one kind of tile serves all; as tiles of six or five where registers are narrow, which reach 99 % of the peak.
    private const int MostOutputs = 16;

    // Transformed gradients and inputs, of as many squares as are transformed at a time. On a processor with 32 MiB of third-level cache, products of 64 channels run at
    // 87 GFLOP/s with 2.4 MiB, at 82 with 4.7 and 66 with 9.4.
    private const int CacheFloats = 3 * 1024 * 1024 / sizeof(float);

    /// <summary>Products of a square.</summary>
    public int Products => Transforms.Products;

    /// <summary>Squares of 32 images.</summary>
    public int SquaresOfBlock => Transforms.Squares(Shape.Source);

    /// <summary>Squares that are transformed at a time.</summary>
    public int Squares => Together * (int)Math.Max(1, CacheFloats / ((long)Together * Products * Lanes * (Shape.Outputs + Shape.Source.Channels)));

    /// <summary>Groups of sixteen channels, one vector. Those of all squares lie together.</summary>
    public int ChannelGroups => Shape.Source.Channels / Channels;

    /// <summary>Register tiles' outputs. Those of all squares lie together.</summary>
    public IEnumerable<Run> OutputRuns => Division.Runs(Shape.Outputs, MostOutputs);

    /// <summary>Floats from one product's transformed inputs to the next one's.</summary>
    public long ProductInputs => (long)Squares * Shape.Source.Channels * Lanes + SquarePass.Padding;

    /// <summary>Floats from one product's transformed gradients to the next one's.</summary>
    public long ProductGradients => (long)Squares * Shape.Outputs * Lanes + SquarePass.Padding;

    /// <summary>Floats from one product's sums to the next one's.</summary>
    public long ProductSums => (long)Shape.Outputs * Shape.Source.Channels + SquarePass.Padding;

    /// <summary>Where the transformed gradients start in the workspace, behind the inputs.</summary>
    public long Gradients => Products * ProductInputs;

    /// <summary>Where the sums start.</summary>
    public long Sums => Gradients + Products * ProductGradients;

    /// <summary>Floats of workspace: transformed inputs, transformed gradients, sums.</summary>
    public long Workspace => Sums + Products * ProductSums;

    public IEnumerable<OuterTile> Tiles => OutputRuns.Select(TileOf);

    public static OuterTile TileOf(Run run) => new(run.Width, Vectors: 1, Adds: true);

    /// <summary>The plan for a convolution; null where its channels are no whole vectors, or where the forward pass is better off direct.</summary>
    public static SquareGradientPlan? Of(ConvolutionShape shape) =>
        SquarePass.Of(shape, shape.Source, shape.Outputs) is { } forward && shape.Source.Channels % Channels == 0 ? new SquareGradientPlan(shape, forward.Transforms) : null;
}
