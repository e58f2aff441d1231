using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Planning;

/// <summary>
/// The input gradient as convolutions of the output gradient with the kernel rotated by 180°. Strides divide the input pixels into phases,
/// by (row + padding) and (column + padding) modulo the strides. Each phase uses every s-th kernel row and column, and is a convolution of
/// stride 1.
/// </summary>
internal static class InputGradientPlanner
{
    public static InputGradientPlan Plan(ConvolutionShape shape, MatrixSteps? matrix)
    {
        int tile = Division.Width(shape.GroupChannels, LinearPlanner.MostAccumulators / 2);
        return new InputGradientPlan(tile, new([.. Phases(shape, tile).Select(pass => pass with { Matrix = matrix })]));
    }

    private static IEnumerable<TilePass> Phases(ConvolutionShape shape, int tile)
    {
        WindowNode w = shape.Window;
        var vertical = new Direction(shape.Source.Height, w.Height, w.StrideHeight, w.PaddingHeight);
        var horizontal = new Direction(shape.Source.Width, w.Width, w.StrideWidth, w.PaddingWidth);
        bool isWhole = w is { StrideHeight: 1, StrideWidth: 1 };
        int weights = 0;
        for (int a = 0; a < vertical.Phases; a++)
        {
            Phase rows = vertical.Along(a);
            for (int b = 0; b < horizontal.Phases; b++)
            {
                Phase columns = horizontal.Along(b);
                if (rows.Count > 0 && columns.Count > 0)
                {
                    // A phase without taps has zero gradient: a pass over zero kernel rows.
                    bool isReached = rows.Taps > 0 && columns.Taps > 0;
                    yield return new TilePass(
                        "InputGradientRow" + (isWhole ? "" : $"{a}_{b}"), TileStart.Zeros, shape.Target,
                        isReached ? rows.Taps : 0, isReached ? columns.Taps : 0, 1, 1, rows.Before, columns.Before, shape.Source.Channels,
                        rows.Count, columns.Count, w.StrideHeight, w.StrideWidth,
                        rows.First, columns.First, weights, tile, LinearPlanner.PixelsOf(tile, columns.Count), shape.Groups);
                }

                weights += rows.Taps * columns.Taps * shape.GroupChannels * shape.Outputs;
            }
        }
    }

    /// <summary>One direction, vertical or horizontal, of the window over the map.</summary>
    private sealed record Direction(int Size, int Kernel, int Stride, int Padding)
    {
        // Phases past the last pixel and the last tap are empty; a stride may be far longer than both.
        public int Phases => Math.Min(Stride, Math.Max(Size + Padding, Kernel));

        // Pixel p = First + stride·i of a phase receives the gradients of outputs i − Before … i − Before + Taps − 1.
        public Phase Along(int phase)
        {
            int taps = phase < Kernel ? (Kernel - phase - 1) / Stride + 1 : 0;
            int rest = (phase - Padding) % Stride;
            int first = rest < 0 ? rest + Stride : rest;
            int count = first < Size ? (Size - first - 1) / Stride + 1 : 0;
            int latest = (first + Padding - phase) / Stride;
            return new Phase(first, count, taps, taps - 1 - latest);
        }
    }

    private sealed record Phase(int First, int Count, int Taps, int Before);
}

/// <summary>How the gradient of a linear operation's input is computed.</summary>
/// <param name="TileChannels">Channels of a full tile.</param>
/// <param name="Phases">The passes, one per phase of the strides.</param>
/// <param name="Winograd">A pass by Winograd's transforms that replaces the phases; null if the gradient is computed directly.</param>
internal sealed record InputGradientPlan(int TileChannels, EquatableArray<TilePass> Phases, WinogradPass? Winograd = null);
