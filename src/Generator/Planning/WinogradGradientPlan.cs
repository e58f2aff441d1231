using static NoiseGen.Generator.Model.LaneLayout;

namespace NoiseGen.Generator.Planning;

/// <summary>
/// The weight gradient of a 3×3 convolution of stride 1 and padding 1 by Winograd's transforms, of some squares of all blocks at a time:
/// the threads transform their
/// gradients and inputs, and then multiply them, for each product a matrix of outputs × images by one of images × channels.
/// What all squares sum to is transformed into taps.
/// </summary>
/// <param name="Shape">The convolution.</param>
/// <param name="Transforms">The transforms.</param>
/// <param name="Squares">Squares that are transformed at a time.</param>
internal sealed record WinogradGradientPlan(ConvolutionShape Shape, WinogradTransforms Transforms, int Squares)
{
    /// <summary>
    /// Squares that a register tile sums before it adds to memory. Those of sixteen channels and sixteen outputs take 16 KiB,
    /// half of a first-level cache.
    /// </summary>
    public const int Together = 4;

    /// <summary>Channels of a register tile.</summary>
    public const int Channels = 16;

    // Divides the usual numbers of outputs, so that one kind of tile serves all;
    // as tiles of six or five where registers are narrow, which reach 99 % of the peak.
    public const int MostOutputs = 16;

    /// <summary>Products of a square.</summary>
    public int Products => Transforms.Products;

    /// <summary>Squares of 32 images.</summary>
    public int SquaresOfBlock => Transforms.Squares(Shape.Source);

    /// <summary>Groups of sixteen channels, one vector. Those of all squares lie together.</summary>
    public int ChannelGroups => Shape.Source.Channels / Channels;

    /// <summary>Register tiles' outputs. Those of all squares lie together.</summary>
    public IEnumerable<Run> OutputRuns => Division.Runs(Shape.Outputs, MostOutputs);

    /// <summary>Floats from one product's transformed inputs to the next one's.</summary>
    public long ProductInputs => (long)Squares * Shape.Source.Channels * Lanes + WinogradPass.Padding;

    /// <summary>Floats from one product's transformed gradients to the next one's.</summary>
    public long ProductGradients => (long)Squares * Shape.Outputs * Lanes + WinogradPass.Padding;

    /// <summary>Floats from one product's sums to the next one's.</summary>
    public long ProductSums => (long)Shape.Outputs * Shape.Source.Channels + WinogradPass.Padding;

    /// <summary>Where the transformed gradients start in the workspace, behind the inputs.</summary>
    public long Gradients => Products * ProductInputs;

    /// <summary>Where the sums start.</summary>
    public long Sums => Gradients + Products * ProductGradients;

    /// <summary>Floats of workspace: transformed inputs, transformed gradients, sums.</summary>
    public long Workspace => Sums + Products * ProductSums;

    public IEnumerable<OuterTile> Tiles => OutputRuns.Select(TileOf);

    public static OuterTile TileOf(Run run) => new(run.Width, Vectors: 1, Adds: true);

    /// <summary>The plan for a convolution whose forward pass may be by transforms; null where its channels are no whole vectors.</summary>
    public static WinogradGradientPlan? Of(ConvolutionShape shape, WinogradTransforms transforms, Thresholds thresholds)
    {
        if (shape.Source.Channels % Channels != 0) return null;
        long together = (long)Together * transforms.Products * Lanes * (shape.Outputs + shape.Source.Channels);
        return new WinogradGradientPlan(shape, transforms, Together * (int)Math.Max(1, thresholds.WinogradGradients / together));
    }
}
