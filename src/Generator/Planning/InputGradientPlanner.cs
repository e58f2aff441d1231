namespace NoiseGen.Generator.Planning;

/// <summary>
/// The input gradient as convolutions of the output gradient with the kernel turned by half a turn. With stride s, the input pixels fall into s × s
/// phases by (row + padding, column + padding) mod s; each phase sees every s-th kernel row and column, and is a convolution of stride 1.
/// </summary>
internal static class InputGradientPlanner
{
    /// <summary>The input gradient, with the place of its packed weights.</summary>
    public static InputGradientPlan Plan(ConvolutionShape shape, int weights)
    {
        int tile = Division.Width(shape.Source.Channels, Planner.MostAccumulators / 2);
        return new InputGradientPlan(weights, tile, shape.Stride, [.. Phases(shape, tile, weights)]);
    }

    private static IEnumerable<TilePass> Phases(ConvolutionShape shape, int tile, int weights)
    {
        for (int a = 0; a < PhasesAlong(shape, shape.Source.Height); a++)
        {
            Phase rows = Along(shape, shape.Source.Height, a);
            for (int b = 0; b < PhasesAlong(shape, shape.Source.Width); b++)
            {
                Phase columns = Along(shape, shape.Source.Width, b);
                if (rows.Count > 0 && columns.Count > 0)
                {
                    // A phase that no tap reaches has zero gradient: a pass over no rows of the kernel.
                    bool isReached = rows.Taps > 0 && columns.Taps > 0;
                    string name = "InputGradientRow" + (shape.Stride == 1 ? "" : $"{a}_{b}");
                    yield return new TilePass(
                        name, false, shape.Target, isReached ? rows.Taps : 0, isReached ? columns.Taps : 0, 1, rows.Before, columns.Before,
                        shape.Source.Channels, rows.Count, columns.Count, shape.Stride, rows.First, columns.First, weights, tile, Planner.PixelsOf(tile, columns.Count));
                }

                weights += rows.Taps * columns.Taps * shape.Source.Channels * shape.Outputs;
            }
        }
    }

    // Phases behind the last pixel and the last tap are empty; a stride may be far longer than both.
    private static int PhasesAlong(ConvolutionShape shape, int size) => Math.Min(shape.Stride, Math.Max(size + shape.Padding, shape.Kernel));

    // Pixel p = First + stride·i of a phase receives from outputs i − Before … i − Before + Taps − 1.
    private static Phase Along(ConvolutionShape shape, int size, int phase)
    {
        int taps = phase < shape.Kernel ? (shape.Kernel - phase - 1) / shape.Stride + 1 : 0;
        int rest = (phase - shape.Padding) % shape.Stride;
        int first = rest < 0 ? rest + shape.Stride : rest;
        int count = first < size ? (size - first - 1) / shape.Stride + 1 : 0;
        int latest = (first + shape.Padding - phase) / shape.Stride;
        return new Phase(first, count, taps, taps - 1 - latest);
    }

    private sealed record Phase(int First, int Count, int Taps, int Before);
}
