namespace NoiseGen.Generator.Planning;

/// <summary>
/// The weight gradient of a 3×3 convolution of stride 1 and padding 1 by transforms of squares. Some outputs × some channels are a piece of their own: their products are
/// summed over all squares, images and blocks before they are transformed into taps.
/// </summary>
/// <param name="Shape">The convolution.</param>
/// <param name="Transforms">The transforms.</param>
internal sealed record SquareGradientPlan(ConvolutionShape Shape, SquareTransforms Transforms)
{
    /// <summary>Outputs of a piece, and vectors of sixteen channels: a square's inputs are transformed again for each group of outputs, its gradients for each of channels.</summary>
    public const int Outputs = 32, Vectors = 2, Channels = Vectors * 16;

    // Half of a second-level cache of 512 KiB, and a little: the transformed gradients and inputs. With what is summed, two squares of 16 products take 320 KiB, one of 36 takes 432.
    private const int CacheFloats = 288 * 1024 / sizeof(float);

    private const int Lanes = 32, TileOutputs = LinearPlanner.GradientAccumulators / Vectors;

    /// <summary>Products of a square.</summary>
    public int Products => Transforms.Products;

    /// <summary>Squares that are transformed at a time.</summary>
    public int Squares
    {
        get
        {
            int inRow = Shape.Target.Width / Transforms.Size, most = Math.Max(1, CacheFloats / (Products * (Outputs + Channels) * Lanes));
            return Enumerable.Range(1, most).Last(count => inRow % count == 0);
        }
    }

    /// <summary>Pieces of all outputs and channels.</summary>
    public int Pieces => Shape.Outputs / Outputs * (Shape.Source.Channels / Channels);

    /// <summary>Floats of one product's sums, of its gradients of all squares, and of its inputs.</summary>
    public static int ProductSums => Outputs * Channels;

    public int ProductGradients => Squares * Outputs * Lanes + SquarePass.Padding;

    public int ProductInputs => Squares * Channels * Lanes + SquarePass.Padding;

    /// <summary>Floats of workspace: sums, transformed gradients, transformed inputs.</summary>
    public long Scratch => (long)Products * (ProductSums + ProductGradients + ProductInputs);

    public static IEnumerable<Run> OutputRuns => Division.Runs(Outputs, TileOutputs);

    public static IEnumerable<OuterTile> Tiles => OutputRuns.Select(TileOf);

    public static OuterTile TileOf(Run run) => new(run.Width, Vectors, Adds: true);

    /// <summary>The plan for a convolution; null where it does not divide into pieces, or where the forward pass is better off direct.</summary>
    public static SquareGradientPlan? Of(ConvolutionShape shape) =>
        SquarePass.Of(shape, shape.Source, shape.Outputs) is { } forward && shape.Outputs % Outputs == 0 && shape.Source.Channels % Channels == 0
            ? new SquareGradientPlan(shape, forward.Transforms)
            : null;
}
