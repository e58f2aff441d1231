using NoiseGen.Generator.Planning;
using static NoiseGen.Generator.Emission.Expressions;
using static NoiseGen.Generator.Model.LaneLayout;

namespace NoiseGen.Generator.Emission;

/// <summary>
/// Prints the register tiles: the only loops in which multiplications happen.
/// Accumulators are named locals, since the JIT keeps no array in registers.
/// </summary>
internal static class TileEmitter
{
    private const int VectorsPerElement = Lanes / 16;
    private static readonly string[] Halves = ["l", "h"];

    /// <summary>Convolution: some output channels at some neighbouring pixels, and at the pixels that follow.</summary>
    public static void Convolution(SourceWriter writer, Tile tile)
    {
        int vectors = tile.Pixels * VectorsPerElement;
        writer.Write($$"""
            /// <summary>{{Count(tile.Channels, "channel")}} × {{Count(tile.Pixels, "pixel")}} × 32 images: {{tile.Channels * vectors}} accumulators, a weight loaded once for {{vectors}} vectors.</summary>
            /// <remarks>source: rows × {{(tile.IsGrouped ? "columns × " : "")}}run elements × 32, weights: {{Weights(tile)}}, target: {{tile.Channels}} × 32{{(tile.Adds ? ", added to" : "")}}</remarks>
            [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
            """);
        string start = tile.Adds ? "" : "ref float biases, ";
        string run = tile.IsGrouped ? "nint columns, nint run, nint sourceColumn" : "nint run";
        using (writer.Block(
            $"public static void {tile.Name}(ref float source, ref float weights, {start}ref float target, "
            + $"nint rows, {run}, nint sourceRow, nint weightRow, nint tiles, nint sourcePixel, nint targetPixel)"))
        {
            if (tile.Matrix is null) NarrowConvolution(writer, tile);
            using (writer.Block("for (; tiles > 0; tiles--)"))
            {
                StartSums(writer, tile);
                writer.Write("ref float sourceRows = ref source, weightRows = ref weights;");
                using (writer.Block("for (nint row = rows; row > 0; row--)"))
                {
                    writer.Write("ref float s = ref sourceRows, w = ref weightRows;");
                    if (tile.IsGrouped) GroupColumns(writer, tile);
                    else using (writer.Block("for (nint i = run; i > 0; i--)")) ConvolutionTap(writer, tile);
                    writer.Write(
                        "sourceRows = ref Unsafe.Add(ref sourceRows, sourceRow);\nweightRows = ref Unsafe.Add(ref weightRows, weightRow);");
                }

                StoreSums(writer, tile);
                writer.Write(
                    $"source = ref Unsafe.Add(ref source, {Times("sourcePixel", tile.Pixels)});\ntarget = ref Unsafe.Add(ref target, targetPixel);");
            }
        }
    }

    private static void StartSums(SourceWriter writer, Tile tile)
    {
        if (tile.Adds)
        {
            LoadTarget(writer, tile);
            return;
        }

        for (int c = 0; c < tile.Channels; c++)
        {
            writer.Write($"Vector512<float> b{c} = Vector512.Create({Element("biases", c)}), "
                + string.Join(", ", Accumulators(tile, c).Select(name => $"{name} = b{c}")) + ";");
        }
    }

    private static void StoreSums(SourceWriter writer, Tile tile)
    {
        for (int p = 0; p < tile.Pixels; p++)
        {
            // Two channels to a line.
            for (int c = 0; c < tile.Channels; c += 2)
                writer.Write(string.Join(" ", Enumerable.Range(c, Math.Min(2, tile.Channels - c)).Select(channel => Store(channel, p))));
            if (p < tile.Pixels - 1) writer.Write("target = ref Unsafe.Add(ref target, targetPixel);");
        }
    }

    // Where the accumulators do not fit into the registers.
    public static SourceWriter.Closing Narrow(SourceWriter writer) => writer.Block("if (!Vector512.IsHardwareAccelerated)");

    private static void NarrowConvolution(SourceWriter writer, Tile tile)
    {
        string source = tile.IsGrouped ? "rows, columns, run, sourceRow, sourceColumn" : "rows, 1, run, sourceRow, 0";
        using (Narrow(writer))
        {
            writer.Write(
                $"NarrowTile.{(tile.Adds ? "AddConvolution(" : "Convolution(ref biases, ")}ref source, ref weights, ref target, {source}, weightRow, {tile.Channels}, "
                + $"{Times("tiles", tile.Pixels)}, sourcePixel, targetPixel);\nreturn;");
        }
    }

    private static string Weights(Tile tile) => tile.Matrix is null ? $"rows × {(tile.IsGrouped ? "columns × " : "")}run × {tile.Channels}"
        : tile.Matrix.Input == 1 ? $"{tile.Channels} rows of a matrix, of {tile.Matrix.Channel} each"
        : $"{tile.Channels} columns of a matrix whose rows have {tile.Matrix.Input}";

    private static void GroupColumns(SourceWriter writer, Tile tile)
    {
        using (writer.Block("for (nint column = columns; column > 0; column--)"))
        {
            using (writer.Block("for (nint i = run; i > 0; i--)")) ConvolutionTap(writer, tile);
            writer.Write($"s = ref Unsafe.Add(ref s, sourceColumn - run * {Lanes});");
        }
    }

    private static string Store(int channel, int pixel) =>
        $"a{channel}_{pixel}l.StoreUnsafe(ref target{Offset(channel * Lanes)}); a{channel}_{pixel}h.StoreUnsafe(ref target{Offset(channel * Lanes + 16)});";

    private static void LoadTarget(SourceWriter writer, Tile tile)
    {
        for (int p = 0; p < tile.Pixels; p++)
        {
            string place = p == 0 ? "target" : $"Unsafe.Add(ref target, {Times("targetPixel", p)})";
            IEnumerable<string> loads = Enumerable.Range(0, tile.Channels * VectorsPerElement)
                .Select(v => $"a{v / 2}_{p}{Halves[v % 2]} = Vector512.LoadUnsafe(ref {place}{Offset(v * 16)})");
            writer.Write("Vector512<float> " + string.Join(", ", loads) + ";");
        }
    }

    private static void ConvolutionTap(SourceWriter writer, Tile tile)
    {
        for (int p = 0; p < tile.Pixels; p++)
        {
            string place = p == 0 ? "s" : $"Unsafe.Add(ref s, {Times("sourcePixel", p)})";
            writer.Write($"Vector512<float> x{p}l = Vector512.LoadUnsafe(ref {place}), x{p}h = Vector512.LoadUnsafe(ref {place}, 16);");
        }

        for (int c = 0; c < tile.Channels; c++)
        {
            string load = $"{(c == 0 ? "Vector512<float> " : "")}k = Vector512.Create({Element("w", c * tile.ChannelStep)});";
            IEnumerable<string> sums = Enumerable.Range(0, tile.Pixels)
                .SelectMany(p => Halves.Select(half => $"a{c}_{p}{half} = Vector512.FusedMultiplyAdd(k, x{p}{half}, a{c}_{p}{half});"));
            writer.Write(load + " " + string.Join(" ", sums));
        }

        writer.Write($"s = ref Unsafe.Add(ref s, {Lanes});\nw = ref Unsafe.Add(ref w, {tile.InputStep});");
    }

    /// <summary>A number of things.</summary>
    public static string Count(int count, string thing) => count == 1 ? $"1 {thing}" : $"{count} {thing}s";

    private static IEnumerable<string> Accumulators(Tile tile, int channel) =>
        Enumerable.Range(0, tile.Pixels).SelectMany(p => Halves.Select(half => $"a{channel}_{p}{half}"));

    /// <summary>A weight gradient as an outer product: sixteen channels to an accumulator,
    /// summed over a strip's pixels and images.</summary>
    public static void OuterProduct(SourceWriter writer, OuterTile tile)
    {
        writer.Write($$"""
            /// <summary>{{Count(tile.Outputs, "output")}} × {{tile.Vectors * 16}} channels of one tap: {{(tile.Adds ? "adds " : "")}}the sums over rows × columns of pixels and their 32 images.</summary>
            /// <remarks>gradients: pixel × outputs × 32 images, inputs: pixel × {{tile.Vectors}} × 32 images × 16 channels, target: {{tile.Outputs}} × {{tile.Vectors * 16}}</remarks>
            [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
            """);
        using (writer.Block(
            $"public static void {tile.Name}(ref float gradients, ref float inputs, ref float target, nint rows, nint columns, "
            + "nint gradientRow, nint gradientPixel, nint inputRow, nint inputPixel, nint targetRow)"))
        {
            using (Narrow(writer))
            {
                writer.Write(
                    $"NarrowTile.{(tile.Adds ? "Add" : "")}OuterProduct(ref gradients, ref inputs, ref target, rows, columns, gradientRow, gradientPixel, inputRow, inputPixel, targetRow, "
                    + $"{tile.Outputs}, {tile.Vectors});\nreturn;");
            }

            for (int o = 0; o < tile.Outputs; o++)
                writer.Write(
                    "Vector512<float> "
                        + string.Join(", ", Enumerable.Range(0, tile.Vectors).Select(v => $"a{o}_{v} = Vector512<float>.Zero")) + ";");
            using (writer.Block("for (; rows > 0; rows--)"))
            {
                writer.Write("ref float pixel = ref gradients;\nref float x = ref inputs;");
                using (writer.Block("for (nint column = columns; column > 0; column--)"))
                {
                    writer.Write("ref float g = ref pixel;\nref float y = ref x;");
                    using (writer.Block($"for (nint i = {Lanes}; i > 0; i--)")) OuterImage(writer, tile);
                    writer.Write("pixel = ref Unsafe.Add(ref pixel, gradientPixel);\nx = ref Unsafe.Add(ref x, inputPixel);");
                }

                writer.Write("gradients = ref Unsafe.Add(ref gradients, gradientRow);\ninputs = ref Unsafe.Add(ref inputs, inputRow);");
            }

            for (int o = 0; o < tile.Outputs; o++)
            {
                writer.Write(string.Join(" ", Enumerable.Range(0, tile.Vectors)
                    .Select(v =>
                        $"{(tile.Adds ? $"(Vector512.LoadUnsafe(ref target{Offset(v * 16)}) + a{o}_{v})" : $"a{o}_{v}")}.StoreUnsafe(ref target{Offset(v * 16)});")));
                if (o < tile.Outputs - 1) writer.Write("target = ref Unsafe.Add(ref target, targetRow);");
            }
        }
    }

    private static void OuterImage(SourceWriter writer, OuterTile tile)
    {
        writer.Write("Vector512<float> " + string.Join(", ", Enumerable.Range(0, tile.Vectors)
            .Select(v => $"x{v} = Vector512.LoadUnsafe(ref y{Offset(v * Lanes * 16)})")) + ";");
        for (int o = 0; o < tile.Outputs; o++)
        {
            string load = $"{(o == 0 ? "Vector512<float> " : "")}d = Vector512.Create({Element("g", o * Lanes)});";
            writer.Write(load + " " + string.Join(" ", Enumerable.Range(0, tile.Vectors)
                .Select(v => $"a{o}_{v} = Vector512.FusedMultiplyAdd(d, x{v}, a{o}_{v});")));
        }

        writer.Write("g = ref Unsafe.Add(ref g, 1);\ny = ref Unsafe.Add(ref y, 16);");
    }

    public static string Offset(int floats) => floats == 0 ? "" : $", {floats}";
}
