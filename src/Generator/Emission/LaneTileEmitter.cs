using NoiseGen.Generator.Planning;
using static NoiseGen.Generator.Model.LaneLayout;

namespace NoiseGen.Generator.Emission;

/// <summary>
/// Prints the register tiles of weight gradients whose lanes are the reduction:
/// sixteen images to an accumulator, both halves of a block in the same one. Where
/// registers have 256 bits and are sixteen, a tile is divided into smaller ones, of eight lanes.
/// </summary>
internal static class LaneTileEmitter
{
    // Where the lanes of the second half begin.
    private const int Half = 16;

    public static void Emit(SourceWriter writer, LaneTile tile)
    {
        string inputs = tile.IsDiagonal ? "with an input each" : $"× {TileEmitter.Count(tile.Inputs, "input")}";
        writer.Write($"""
            /// <summary>{TileEmitter.Count(tile.Outputs, "output")} {inputs}, summed over the pixels of some rows; the lanes are summed at the block's end.</summary>
            /// <remarks>gradients: rows × columns × outputs × 32, inputs: rows × columns × inputs × 32, accumulators: {tile.Outputs} × {tile.Inputs} vectors</remarks>
            """);
        LanePart whole = tile.Whole;
        using (Method(writer, "public", whole))
        {
            if (!tile.IsDiagonal) CallNarrow(writer, tile);
            Body(writer, whole);
        }
    }

    /// <summary>Prints a part of a tile.</summary>
    public static void Emit(SourceWriter writer, LanePart part)
    {
        writer.Write(
            $"// Eight lanes of {TileEmitter.Count(part.Tile.Outputs, "output")} × {TileEmitter.Count(part.Tile.Inputs, "input")} of a tile of {TileEmitter.Count(part.AccumulatorStep / 16, "input")}.");
        using (Method(writer, "private", part)) Body(writer, part);
    }

    private static void CallNarrow(SourceWriter writer, LaneTile tile)
    {
        using (TileEmitter.Narrow(writer))
        {
            using (writer.Block("for (nint lane = 0; lane < 16; lane += 8)"))
            {
                foreach ((int output, int input, LanePart part) in tile.NarrowParts)
                {
                    writer.Write(
                        $"{part.Name}({At("gradients", output * Lanes)}, {At("inputs", input * Lanes)}, {At("accumulators", (output * tile.Inputs + input) * 16)}, rows, columns, "
                        + "gradientRow, inputRow, gradientPixel, inputPixel);");
                }
            }

            writer.Write("return;");
        }
    }

    private static string At(string name, int floats) => $"ref Unsafe.Add(ref {name}, lane{(floats == 0 ? "" : $" + {floats}")})";

    private static SourceWriter.Closing Method(SourceWriter writer, string access, LanePart part)
    {
        writer.Write("[MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]");
        return writer.Block(
            $"{access} static void {part.Name}(ref float gradients, ref float inputs, ref float accumulators, nint rows, nint columns, "
            + "nint gradientRow, nint inputRow, nint gradientPixel, nint inputPixel)");
    }

    private static void Body(SourceWriter writer, LanePart part)
    {
        LaneTile tile = part.Tile;
        string Accumulator(int output, int input) => TileEmitter.Offset(output * part.AccumulatorStep + input * 16);
        for (int o = 0; o < tile.Outputs; o++)
        {
            IEnumerable<string> loads = Enumerable.Range(0, tile.Inputs)
                .Select(i => $"a{o}_{i} = {part.Vector}.LoadUnsafe(ref accumulators{Accumulator(o, i)})");
            writer.Write($"{part.Vector}<float> " + string.Join(", ", loads) + ";");
        }

        using (writer.Block("for (; rows > 0; rows--)"))
        {
            writer.Write("ref float g = ref gradients;\nref float x = ref inputs;");
            using (writer.Block("for (nint column = columns; column > 0; column--)"))
            {
                foreach (int half in new[] { 0, Half })
                {
                    if (tile.IsDiagonal) Diagonal(writer, tile, half);
                    else Products(writer, part, half);
                }

                writer.Write("g = ref Unsafe.Add(ref g, gradientPixel);\nx = ref Unsafe.Add(ref x, inputPixel);");
            }

            writer.Write("gradients = ref Unsafe.Add(ref gradients, gradientRow);\ninputs = ref Unsafe.Add(ref inputs, inputRow);");
        }

        for (int o = 0; o < tile.Outputs; o++)
        {
            writer.Write(
                string.Join(
                    " ", Enumerable.Range(0, tile.Inputs).Select(i => $"a{o}_{i}.StoreUnsafe(ref accumulators{Accumulator(o, i)});")));
        }
    }

    private static void Diagonal(SourceWriter writer, LaneTile tile, int half)
    {
        for (int o = 0; o < tile.Outputs; o++)
        {
            string place = TileEmitter.Offset(o * Lanes + half);
            writer.Write(
                $"a{o}_0 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref g{place}), Vector512.LoadUnsafe(ref x{place}), a{o}_0);");
        }
    }

    private static void Products(SourceWriter writer, LanePart part, int half)
    {
        bool isFirst = half == 0;
        string loads = string.Join(isFirst ? ", " : " ", Enumerable.Range(0, part.Tile.Inputs)
            .Select(i => $"x{i} = {part.Vector}.LoadUnsafe(ref x{TileEmitter.Offset(i * Lanes + half)})" + (isFirst ? "" : ";")));
        writer.Write(isFirst ? $"{part.Vector}<float> {loads};" : loads);
        for (int o = 0; o < part.Tile.Outputs; o++)
        {
            string load =
                $"{(isFirst && o == 0 ? $"{part.Vector}<float> " : "")}d = {part.Vector}.LoadUnsafe(ref g{TileEmitter.Offset(o * Lanes + half)});";
            writer.Write(load + " " + string.Join(" ", Enumerable.Range(0, part.Tile.Inputs)
                .Select(i => $"a{o}_{i} = {part.Vector}.FusedMultiplyAdd(d, x{i}, a{o}_{i});")));
        }
    }
}
