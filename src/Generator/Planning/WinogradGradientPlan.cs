using static NoiseGen.Generator.Model.LaneLayout;

namespace NoiseGen.Generator.Planning;

/// <summary>
/// The weight gradient of a 3×3 convolution of stride 1 and padding 1 by Winograd's transforms, for some Winograd tiles of all blocks at a
/// time. The threads transform the gradients and inputs of these tiles, and then multiply them: for each product, a matrix of outputs ×
/// images by a matrix of images × channels. The sums over all tiles are transformed into taps.
/// </summary>
/// <param name="Shape">The convolution.</param>
/// <param name="Transforms">The transforms.</param>
/// <param name="Squares">Winograd tiles that are transformed at a time.</param>
internal sealed record WinogradGradientPlan(ConvolutionShape Shape, WinogradTransforms Transforms, int Squares)
{
    /// <summary>
    /// Winograd tiles that a register tile sums before it adds to memory. With sixteen channels and sixteen outputs they take 16 KiB, half
    /// of a first-level cache.
    /// </summary>
    public const int Together = 4;

    /// <summary>Channels of a register tile.</summary>
    public const int Channels = 16;

    // Divides the usual numbers of outputs, so that one kind of tile is enough. Narrow registers use tiles of six or five outputs, which
    // reach 99 % of the peak.
    public const int MostOutputs = 16;

    /// <summary>Products per Winograd tile.</summary>
    public int Products => Transforms.Products;

    /// <summary>Winograd tiles in a block of 32 images.</summary>
    public int SquaresOfBlock => Transforms.Squares(Shape.Source);

    /// <summary>Groups of sixteen channels, one vector. One group's values are contiguous over all Winograd tiles.</summary>
    public int ChannelGroups => Shape.Source.Channels / Channels;

    /// <summary>Outputs of the register tiles. One register tile's values are contiguous over all Winograd tiles.</summary>
    public IEnumerable<Run> OutputRuns => Division.Runs(Shape.Outputs, MostOutputs);

    /// <summary>Floats between the transformed inputs of consecutive products.</summary>
    public long ProductInputs => (long)Squares * Shape.Source.Channels * Lanes + WinogradPass.Padding;

    /// <summary>Floats between the transformed gradients of consecutive products.</summary>
    public long ProductGradients => (long)Squares * Shape.Outputs * Lanes + WinogradPass.Padding;

    /// <summary>Floats between the sums of consecutive products.</summary>
    public long ProductSums => (long)Shape.Outputs * Shape.Source.Channels + WinogradPass.Padding;

    /// <summary>Where the transformed gradients start in the workspace, after the inputs.</summary>
    public long Gradients => Products * ProductInputs;

    /// <summary>Where the sums start.</summary>
    public long Sums => Gradients + Products * ProductGradients;

    /// <summary>Floats of workspace: transformed inputs, transformed gradients, sums.</summary>
    public long Workspace => Sums + Products * ProductSums;

    public IEnumerable<OuterTile> Tiles => OutputRuns.Select(TileOf);

    public static OuterTile TileOf(Run run) => new(run.Width, Vectors: 1, Adds: true);

    /// <summary>
    /// The plan for a convolution that could be transformed in the forward pass; null if its channels do not fill whole vectors.
    /// </summary>
    public static WinogradGradientPlan? Of(ConvolutionShape shape, WinogradTransforms transforms, Thresholds thresholds)
    {
        if (shape.Source.Channels % Channels != 0) return null;
        long together = (long)Together * transforms.Products * Lanes * (shape.Outputs + shape.Source.Channels);
        return new WinogradGradientPlan(shape, transforms, Together * (int)Math.Max(1, thresholds.WinogradGradients / together));
    }
}
