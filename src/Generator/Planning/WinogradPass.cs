using NoiseGen.Generator.Graph;
using static NoiseGen.Generator.Model.LaneLayout;

namespace NoiseGen.Generator.Planning;

/// <summary>
/// A 3×3 convolution of stride 1 and padding 1 by Winograd's transforms (Lavin, arXiv 1509.09308). It computes as many target rows at a
/// time as a Winograd tile has.
/// </summary>
/// <param name="Source">The map that it reads; the target has the same size.</param>
/// <param name="Channels">Target channels.</param>
/// <param name="Transforms">The transforms.</param>
/// <param name="TileChannels">Channels of a full register tile.</param>
/// <param name="Squares">Winograd tiles that are transformed at a time, so that a register tile's weights serve all of them from the
/// first-level cache.</param>
internal sealed record WinogradPass(ImageShape Source, int Channels, WinogradTransforms Transforms, int TileChannels, int Squares)
{
    // Counted, not timed: at 16 channels a 2×2 tile has 512 multiply-adds per channel and half block, and 128 instructions that transform
    // its inputs. 4×4 tiles and middle products save so much more that the exact value does not matter for them.
    private const double Overhead = 1.25;

    /// <summary>
    /// A cache line between consecutive products. Without it their distance is a power of two, and the lines that a transform reads or
    /// writes, one per product, share a set of eight.
    /// </summary>
    public const int Padding = 16;

    /// <summary>Floats between the transformed inputs of consecutive products.</summary>
    public int ProductInputs => Squares * Source.Channels * Lanes + Padding;

    /// <summary>Floats between consecutive products.</summary>
    public int ProductOutputs => Squares * Channels * Lanes + Padding;

    /// <summary>Products per Winograd tile.</summary>
    public int Products => Transforms.Products;

    /// <summary>Target rows that are computed at a time.</summary>
    public int Rows => Transforms.Size;

    public long TransformedInputs => (long)Products * ProductInputs;

    /// <summary>Floats of workspace: transformed inputs, then products.</summary>
    public long Scratch => TransformedInputs + (long)Products * ProductOutputs;

    /// <summary>The channels of the register tiles.</summary>
    public IEnumerable<Run> Runs => Division.Runs(Channels, TileChannels);

    public IEnumerable<Tile> Tiles => Runs.Select(TileOf);

    public static Tile TileOf(Run run) => new(run.Width, 1, Adds: false, IsGrouped: false);

    /// <summary>Floats of the transformed weights.</summary>
    public long Weights => (long)Products * Source.Channels * Channels;

    /// <summary>The pass for a convolution or its input gradient; null if the direct one is no slower.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="source">The map that the pass reads.</param>
    /// <param name="channels">Channels of the map that it writes.</param>
    /// <param name="rows">Rows of that map for which there is room at a time.</param>
    /// <param name="thresholds">The fewest channels, and how much is transformed at a time.</param>
    public static WinogradPass? Of(ConvolutionShape shape, ImageShape source, int channels, int rows, Thresholds thresholds)
    {
        WindowNode window = shape.Window;
        bool fits = shape is { Groups: 1, IsDense: false }
            && window is { Height: 3, Width: 3, StrideHeight: 1, StrideWidth: 1, PaddingHeight: 1, PaddingWidth: 1 }
            && Math.Min(source.Channels, channels) >= thresholds.FewestWinogradChannels;
        if (!fits || WinogradTransforms.Of(source, rows) is not { } transforms) return null;

        // The direct kernels skip taps that fall on padding.
        double direct = (3.0 * source.Height - 2) * (3 * source.Width - 2);
        if (transforms.Squares(source) * transforms.Products * Overhead >= direct) return null;
        int squaresInRow = source.Width / transforms.Size;
        int most = (int)Math.Max(1, thresholds.WinogradInputs / ((long)transforms.Products * source.Channels * Lanes));
        int together = Enumerable.Range(1, squaresInRow).Last(count => squaresInRow % count == 0 && (count == 1 || count <= most));
        return new WinogradPass(source, channels, transforms, Division.Width(channels, LinearPlanner.MostAccumulators / 2), together);
    }
}
