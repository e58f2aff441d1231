using NoiseGen.Generator.Planning;
using static NoiseGen.Generator.Emission.Expressions;
using static NoiseGen.Generator.Model.LaneLayout;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints the method that computes one target row of a convolution pass by calls of its register tiles.</summary>
internal static class PassEmitter
{
    public static void Row(SourceWriter writer, TilePass pass)
    {
        int sourcePixel = pass.Source.Channels * Lanes;
        int sourceRow = pass.Source.Width * sourcePixel;
        writer.Write($$"""
            // {{Summary(pass)}}
            [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
            """);
        using (writer.Block(
            $"public static void {pass.MethodName}(ref float source, ref float weights, {Biases(pass)}ref float target, nint row)"))
        {
            string top = Minus(Times("row", pass.RowStep), pass.Top);
            if (pass.ClipsRows)
            {
                writer.Write($$"""
                    nint top = {{top}};
                    nint skipped = Math.Max(0, -top); // kernel rows above the map
                    nint rows = Math.Min({{pass.KernelRows}}, {{pass.Source.Height}} - top) - skipped;
                    source = ref Unsafe.Add(ref source, (top + skipped) * {{sourceRow}});
                    """);
            }
            else
            {
                writer.Write($"const int rows = {pass.KernelRows};");
                if (pass.Rows > 1 || pass.Top != 0)
                    writer.Write($"source = ref Unsafe.Add(ref source, {Parenthesized(top)} * {sourceRow});");
            }

            if (pass.Matrix is not null) NarrowMatrix(writer, pass);
            Groups(writer, pass, sourcePixel, sourceRow);
        }

        if (pass.HasSingles) Single(writer, pass, sourcePixel, sourceRow);
    }

    // Smaller tiles, which read their operands more often, ask for another order of loops.
    private static void NarrowMatrix(SourceWriter writer, TilePass pass)
    {
        string start =
            pass.Start switch { TileStart.Target => "AddProduct(", TileStart.Biases => "BiasedProduct(ref biases, ", _ => "Product(" };
        using (TileEmitter.Narrow(writer))
        {
            writer.Write(
                $"NarrowMatrix.{start}ref source, ref weights, ref target, {pass.Channels}, {pass.Inputs}, channelStride: {pass.Matrix!.Channel}, inputStride: {pass.Matrix.Input});\nreturn;");
        }
    }

    private static bool Adds(TilePass pass) => pass.Start == TileStart.Target;

    private static string Biases(TilePass pass) => Adds(pass) ? "" : "ref float biases, ";

    private static bool IsFlat(TilePass pass) =>
        pass is { Source: { Height: 1, Width: 1 }, KernelRows: 1, KernelColumns: 1, Rows: 1, Columns: 1 };

    private static string Summary(TilePass pass)
    {
        if (IsFlat(pass))
        {
            return pass.IsForward
                ? $"{pass.Channels} features from {pass.Source.Channels}."
                : $"Gradient of {pass.Channels} inputs from {pass.Source.Channels} features.";
        }

        string target = $"{pass.Channels} × {pass.Columns} columns of row `row`";
        if (pass.Inputs == 0) return $"Gradient of {target}: no tap reaches these pixels: zeros.";
        string kernel = $"kernel {pass.KernelRows}×{pass.KernelColumns}{(pass.Groups == 1 ? "" : $" in {pass.Groups} groups")}";
        string edges = pass.ClipsRows || pass.HasSingles && pass.InteriorStart > 0 ? ", cut at the edges" : "";
        string apart = pass.TargetColumnStep == 1 ? "" : $", columns {pass.TargetColumnStep} pixels apart";
        return pass.IsForward
            ? $"{target} from {pass.Source}: {kernel}, stride {pass.RowStep}×{pass.ColumnStep}{edges}."
            : $"Gradient of {target} from that of {pass.Source}: {kernel} rotated by 180°{apart}{edges}.";
    }

    private static void Groups(SourceWriter writer, TilePass pass, int sourcePixel, int sourceRow)
    {
        if (pass.Groups == 1)
        {
            foreach (Run run in pass.Runs) Tiles(writer, pass, run, "source", sourcePixel, sourceRow);
            return;
        }

        using (writer.Block($"for (nint group = 0; group < {pass.Groups}; group++)"))
        {
            writer.Write($"ref float s = ref Unsafe.Add(ref source, group * {pass.SourceChannels * Lanes});");
            foreach (Run run in pass.Runs) Tiles(writer, pass, run, "s", sourcePixel, sourceRow);
        }
    }

    private static void Tiles(SourceWriter writer, TilePass pass, Run run, string source, int sourcePixel, int sourceRow)
    {
        int weightRow = pass.Matrix is null ? pass.RowInputs * run.Width : 0; // a matrix has but one kernel row
        int weights = pass.Matrix?.Channel ?? pass.Inputs; // of one channel
        bool isLoop = run.Count > 1;
        if (isLoop) writer.Write($"for (nint tile = 0; tile < {run.Count}; tile++)");
        using (writer.Block(isLoop ? "" : $"// channels {run.Start} … {run.Start + run.Width - 1}"))
        {
            string channel = isLoop ? Plus($"tile * {run.Width}", run.Start) : $"{run.Start}";
            if (pass.Groups > 1) channel = $"group * {pass.TargetChannels}{(channel == "0" ? "" : $" + {channel}")}";
            string biases = Adds(pass) ? "" : $"\nref float b = ref {Element("biases", pass.Start == TileStart.Biases ? "channel" : "0")};";
            string skipped = pass.ClipsRows ? $" + skipped * {weightRow}" : "";
            writer.Write($$"""
                nint channel = {{channel}};
                ref float w = ref Unsafe.Add(ref weights, {{Times("channel", weights)}}{{skipped}});{{biases}}
                ref float t = ref Unsafe.Add(ref target, channel * {{Lanes}});
                """);
            string ofBiases = Adds(pass) ? "" : "ref b, ";
            Tile single = pass.TileOf(run.Width, 1);
            if (pass.InteriorStart > 0) Edge(writer, pass, single, source, 0, pass.InteriorStart);
            int interior = pass.InteriorEnd - pass.InteriorStart;
            int covered = interior / pass.TilePixels * pass.TilePixels;
            if (covered > 0)
            {
                Tile tile = pass.TileOf(run.Width, pass.TilePixels);
                int targetPixel = pass.TargetColumnStep * pass.Channels * Lanes;
                writer.Write(
                    $"{tile.Class}.{tile.Name}(ref {Element(source, (pass.InteriorStart * pass.ColumnStep - pass.Left) * sourcePixel)}, ref w, {ofBiases}"
                    + $"ref {Element("t", pass.InteriorStart * targetPixel)}, rows, {Run(pass)}, sourceRow: {sourceRow}, weightRow: {weightRow}, "
                    + $"tiles: {covered / pass.TilePixels}, sourcePixel: {pass.ColumnStep * sourcePixel}, targetPixel: {targetPixel});");
            }

            int rest = pass.InteriorStart + covered;
            if (rest < pass.Columns) Edge(writer, pass, single, source, rest, pass.Columns);
        }
    }

    // The inputs of a kernel row: one run, or one for each column.
    private static string Run(TilePass pass) => pass.IsGrouped
        ? $"columns: {pass.KernelColumns}, run: {pass.SourceChannels}, sourceColumn: {pass.Source.Channels * Lanes}"
        : $"run: {pass.RowInputs}";

    private static void Edge(SourceWriter writer, TilePass pass, Tile tile, string source, int from, int to)
    {
        string call = $"{pass.MethodName}At{tile.Channels}(ref {source}, ref w, {(Adds(pass) ? "" : "ref b, ")}ref t, rows";
        writer.Write(to == from + 1
            ? $"{call}, {from});"
            : $"for (nint column = {from}; column < {to}; column++)\n    {call}, column);");
    }

    // One pixel, the kernel's columns cut at the map's edges.
    private static void Single(SourceWriter writer, TilePass pass, int sourcePixel, int sourceRow)
    {
        foreach (int channels in pass.Runs.Select(run => run.Width).Distinct())
        {
            writer.Space();
            using (writer.HotMethod(
                $"private static void {pass.MethodName}At{channels}("
                + $"ref float source, ref float weights, {Biases(pass)}ref float target, nint rows, nint column)"))
            {
                string run = pass.IsGrouped
                    ? $"columns, run: {pass.SourceChannels}, sourceColumn: {pass.Source.Channels * Lanes}"
                    : $"run: columns * {pass.SourceChannels}";
                writer.Write($$"""
                    nint left = {{Minus(Times("column", pass.ColumnStep), pass.Left)}};
                    nint skipped = Math.Max(0, -left); // kernel columns left of the map
                    nint columns = Math.Min({{pass.KernelColumns}}, {{pass.Source.Width}} - left) - skipped;
                    {{pass.TileOf(channels, 1).Class}}.{{pass.TileOf(channels, 1).Name}}(
                        ref Unsafe.Add(ref source, (left + skipped) * {{sourcePixel}}),
                        ref Unsafe.Add(ref weights, skipped * {{pass.SourceChannels * channels}}),{{(Adds(pass) ? "" : "\n    ref biases,")}}
                        ref Unsafe.Add(ref target, column * {{pass.TargetColumnStep * pass.Channels * Lanes}}),
                        rows, {{run}}, sourceRow: {{sourceRow}}, weightRow: {{pass.RowInputs * channels}}, tiles: 1, sourcePixel: 0, targetPixel: 0);
                    """);
            }
        }
    }
}
