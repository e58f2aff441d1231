namespace NoiseGen.Generator.Planning;

/// <summary>
/// The weight gradient of a 3×3 convolution of stride 1 and padding 1 by Winograd's F(3×3, 2×2): 16 multiplications for a square of 2×2 outputs and the nine taps
/// they meet, instead of 36. Some outputs × some channels are a piece of their own: their products are summed over all squares, images and blocks before they are
/// transformed into taps.
/// </summary>
/// <param name="Shape">The convolution.</param>
internal sealed record WinogradGradientPlan(ConvolutionShape Shape)
{
    /// <summary>Outputs of a piece, and vectors of sixteen channels: a square's inputs are transformed again for each group of outputs, its gradients for each of channels.</summary>
    public const int Outputs = 32, Vectors = 2, Channels = Vectors * 16;

    /// <summary>Squares that are transformed at a time. With what is summed, two take 320 KiB: most of a second-level cache of 512 KiB.</summary>
    public const int Squares = 2;

    private const int Lanes = 32, TileOutputs = LinearPlanner.GradientAccumulators / Vectors;

    /// <summary>Pieces of all outputs and channels.</summary>
    public int Pieces => Shape.Outputs / Outputs * (Shape.Source.Channels / Channels);

    /// <summary>Floats of one product's sums, of its gradients of all squares, and of its inputs.</summary>
    public static int ProductSums => Outputs * Channels;

    public static int ProductGradients => Squares * Outputs * Lanes + WinogradPass.Padding;

    public static int ProductInputs => Squares * Channels * Lanes + WinogradPass.Padding;

    /// <summary>Floats of workspace: sums, transformed gradients, transformed inputs.</summary>
    public static long Scratch => WinogradPass.Products * (ProductSums + ProductGradients + ProductInputs);

    public static IEnumerable<Run> OutputRuns => Division.Runs(Outputs, TileOutputs);

    public static IEnumerable<OuterTile> Tiles => OutputRuns.Select(TileOf);

    public static OuterTile TileOf(Run run) => new(run.Width, Vectors, Adds: true);

    /// <summary>The plan for a convolution; null where it does not divide into pieces and squares, or where the forward pass is better off direct.</summary>
    public static WinogradGradientPlan? Of(ConvolutionShape shape)
    {
        bool fits = WinogradPass.Of(shape, shape.Source, shape.Outputs) is not null
            && shape.Source.Width % (2 * Squares) == 0 && shape.Outputs % Outputs == 0 && shape.Source.Channels % Channels == 0;
        return fits ? new WinogradGradientPlan(shape) : null;
    }
}
