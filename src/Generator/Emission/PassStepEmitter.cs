using NoiseGen.Generator.Loops.Kernels;
using NoiseGen.Generator.Planning;
using static NoiseGen.Generator.Emission.Expressions;
using static NoiseGen.Generator.Model.LaneLayout;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints the steps of a convolution by register tiles.</summary>
internal sealed class PassStepEmitter(SourceWriter writer, KernelStepEmitter steps)
{
    public void Emit(PassStep step)
    {
        switch (step)
        {
            case PassStep.ClipRows clip: ClipRows(clip.Pass); break;
            case PassStep.TakeRows take: writer.Write($"const int rows = {take.Pass.KernelRows};"); break;
            case PassStep.MoveToRow move:
                writer.Write($"source = ref Unsafe.Add(ref source, {Parenthesized(Top(move.Pass))} * {SourceRow(move.Pass)});");
                break;
            case PassStep.NarrowMatrix matrix: NarrowMatrix(matrix.Pass); break;
            case PassStep.NameGroup group:
                writer.Write($"ref float s = ref Unsafe.Add(ref source, group * {group.Pass.SourceChannels * Lanes});");
                break;
            case PassStep.AllChannels all: AllChannels(all.Pass); break;
            case PassStep.ChannelTiles tiles: ChannelTiles(tiles); break;
            case PassStep.EdgePixel pixel: EdgePixel(pixel); break;
            case PassStep.SinglePixels pixels: SinglePixels(pixels); break;
            case PassStep.InteriorPixels pixels: InteriorPixels(pixels); break;
            case PassStep.SinglePixel pixel: SinglePixel(pixel.Pass, pixel.Channels); break;
            case PassStep.ClearTarget clear:
                writer.Write($"Unsafe.InitBlock(ref Unsafe.As<float, byte>(ref target), 0, {clear.Elements * Lanes * sizeof(float)});");
                break;
            case PassStep.PhaseRows phase: PhaseRows(phase.Pass, phase.Width); break;
            default: throw new NotSupportedException($"No method prints {step.GetType().Name}.");
        }
    }

    private static string Top(TilePass pass) => Minus(Times("row", pass.RowStep), pass.Top);

    private static int SourcePixel(TilePass pass) => pass.Source.Channels * Lanes;

    private static int SourceRow(TilePass pass) => pass.Source.Width * SourcePixel(pass);

    private static string SourceOf(TilePass pass) => pass.Groups == 1 ? "source" : "s";

    // Sums that start from the target take no biases.
    private static string IfNotAdding(TilePass pass, string biases) => pass.Start == TileStart.Target ? "" : biases;

    private void ClipRows(TilePass pass) => writer.Write($$"""
        nint top = {{Top(pass)}};
        nint skipped = Math.Max(0, -top); // kernel rows above the map
        nint rows = Math.Min({{pass.KernelRows}}, {{pass.Source.Height}} - top) - skipped;
        source = ref Unsafe.Add(ref source, (top + skipped) * {{SourceRow(pass)}});
        """);

    private void NarrowMatrix(TilePass pass)
    {
        string start =
            pass.Start switch { TileStart.Target => "AddProduct(", TileStart.Biases => "BiasedProduct(ref biases, ", _ => "Product(" };
        using (TileEmitter.Narrow(writer))
        {
            writer.Write(
                $"NarrowMatrix.{start}ref source, ref weights, ref target, {pass.Channels}, {pass.Inputs}, channelStride: {pass.Matrix!.Channel}, inputStride: {pass.Matrix.Input});\nreturn;");
        }
    }

    private void AllChannels(TilePass pass)
    {
        string skipped = pass.ClipsRows ? $"skipped * {WeightRow(pass, pass.Channels)}" : "0";
        writer.Write($"ref float w = ref {Element("weights", skipped)};{IfNotAdding(pass, "\nref float b = ref biases;")}\nref float t = ref target;");
    }

    private void ChannelTiles(PassStep.ChannelTiles tiles)
    {
        (TilePass pass, Run run) = (tiles.Pass, tiles.Run);
        bool isLoop = run.Count > 1;
        if (isLoop) writer.Write($"for (nint tile = 0; tile < {run.Count}; tile++)");
        using (writer.Block(isLoop ? "" : $"// channels {run.Start} … {run.Start + run.Width - 1}"))
        {
            NameOperands(pass, run, isLoop ? Plus($"tile * {run.Width}", run.Start) : $"{run.Start}");
            steps.Emit(tiles.Body);
        }
    }

    private void NameOperands(TilePass pass, Run run, string ofGroup)
    {
        string channel = pass.Groups == 1 ? ofGroup : Sum($"group * {pass.TargetChannels}", ofGroup);
        int weights = pass.Matrix?.Channel ?? pass.Inputs; // of one channel
        string skipped = pass.ClipsRows ? $" + skipped * {WeightRow(pass, run.Width)}" : "";
        string biases = IfNotAdding(pass, $"\nref float b = ref {Element("biases", pass.Start == TileStart.Biases ? "channel" : "0")};");
        writer.Write($$"""
            nint channel = {{channel}};
            ref float w = ref Unsafe.Add(ref weights, {{Times("channel", weights)}}{{skipped}});{{biases}}
            ref float t = ref Unsafe.Add(ref target, channel * {{Lanes}});
            """);
    }

    // A matrix has but one kernel row.
    private static int WeightRow(TilePass pass, int channels) => pass.Matrix is null ? pass.RowInputs * channels : 0;

    // Its kernel columns that lie on the map are known.
    private void EdgePixel(PassStep.EdgePixel pixel)
    {
        (TilePass pass, int left) = (pixel.Pass, pixel.Column * pixel.Pass.ColumnStep - pixel.Pass.Left);
        int first = Math.Max(0, left), columns = Math.Max(0, Math.Min(pass.KernelColumns + left, pass.Source.Width) - first);
        Tile tile = pass.TileOf(pixel.Channels, 1);
        string run = pass.IsGrouped
            ? $"{columns}, run: {pass.SourceChannels}, sourceColumn: {SourcePixel(pass)}"
            : $"run: {columns * pass.SourceChannels}";
        writer.Write(
            $"{tile.Class}.{tile.Name}(ref {Element(SourceOf(pass), first * SourcePixel(pass))}, "
            + $"ref {Element("w", (first - left) * pass.SourceChannels * pixel.Channels)}, {IfNotAdding(pass, "ref b, ")}"
            + $"ref {Element("t", pixel.Column * pass.TargetColumnStep * pass.Channels * Lanes)}, rows, {run}, "
            + $"sourceRow: {SourceRow(pass)}, weightRow: {WeightRow(pass, pixel.Channels)}, tiles: 1, sourcePixel: 0, targetPixel: 0);");
    }

    private void SinglePixels(PassStep.SinglePixels pixels)
    {
        TilePass pass = pixels.Pass;
        writer.Write($"""
            for (nint column = {pixels.From}; column < {pixels.To}; column++)
                {PassLoops.PixelMethod(pass, pixels.Channels)}(ref {SourceOf(pass)}, ref w, {IfNotAdding(pass, "ref b, ")}ref t, rows, column);
            """);
    }

    private void InteriorPixels(PassStep.InteriorPixels pixels)
    {
        TilePass pass = pixels.Pass;
        Tile tile = pass.TileOf(pixels.Channels, pass.TilePixels);
        int targetPixel = pass.TargetColumnStep * pass.Channels * Lanes;
        string source = Element(SourceOf(pass), (pass.InteriorStart * pass.ColumnStep - pass.Left) * SourcePixel(pass));
        writer.Write(
            $"{tile.Class}.{tile.Name}(ref {source}, ref w, {IfNotAdding(pass, "ref b, ")}"
            + $"ref {Element("t", pass.InteriorStart * targetPixel)}, rows, {KernelRow(pass)}, sourceRow: {SourceRow(pass)}, weightRow: {WeightRow(pass, pixels.Channels)}, "
            + $"tiles: {pixels.Tiles}, sourcePixel: {pass.ColumnStep * SourcePixel(pass)}, targetPixel: {targetPixel});");
    }

    // The inputs of a kernel row: one run, or one for each column.
    private static string KernelRow(TilePass pass) => pass.IsGrouped
        ? $"columns: {pass.KernelColumns}, run: {pass.SourceChannels}, sourceColumn: {SourcePixel(pass)}"
        : $"run: {pass.RowInputs}";

    private void SinglePixel(TilePass pass, int channels)
    {
        Tile tile = pass.TileOf(channels, 1);
        string run = pass.IsGrouped
            ? $"columns, run: {pass.SourceChannels}, sourceColumn: {SourcePixel(pass)}"
            : $"run: columns * {pass.SourceChannels}";
        writer.Write($$"""
            nint left = {{Minus(Times("column", pass.ColumnStep), pass.Left)}};
            nint skipped = Math.Max(0, -left); // kernel columns left of the map
            nint columns = Math.Min({{pass.KernelColumns}}, {{pass.Source.Width}} - left) - skipped;
            {{tile.Class}}.{{tile.Name}}(
                ref Unsafe.Add(ref source, (left + skipped) * {{SourcePixel(pass)}}),
                ref Unsafe.Add(ref weights, skipped * {{pass.SourceChannels * channels}}),{{IfNotAdding(pass, "\n    ref biases,")}}
                ref Unsafe.Add(ref target, column * {{pass.TargetColumnStep * pass.Channels * Lanes}}),
                rows, {{run}}, sourceRow: {{SourceRow(pass)}}, weightRow: {{pass.RowInputs * channels}}, tiles: 1, sourcePixel: 0, targetPixel: 0);
            """);
    }

    private void PhaseRows(TilePass pass, int width)
    {
        int pixel = pass.Channels * Lanes;
        string weights = $"ref {Element("weights", pass.Weights)}{IfNotAdding(pass, ", ref zeros")}";
        if (pass.Rows == 1)
        {
            long offset = ((long)pass.TargetRow * width + pass.TargetColumn) * pixel;
            writer.Write($"{pass.MethodName}(ref gradient, {weights}, ref {Element("target", offset)}, 0);");
            return;
        }

        string row = pass.TargetRowStep == 1 ? "row" : $"(row * {pass.TargetRowStep} + {pass.TargetRow})";
        writer.Write($$"""
            for (int row = 0; row < {{pass.Rows}}; row++)
                {{pass.MethodName}}(ref gradient, {{weights}}, ref Unsafe.Add(ref target, {{Plus($"{row} * {width * pixel}", pass.TargetColumn * pixel)}}), row);
            """);
    }
}
