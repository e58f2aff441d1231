using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Model;
using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Loops.Kernels;

/// <summary>Decides the loops of a convolution by register tiles: groups, channels, and the pixels of a row.</summary>
internal static class PassLoops
{
    /// <summary>The method that computes one target row, and those for single pixels of it where it has several.</summary>
    public static IEnumerable<KernelMethod> Row(TilePass pass)
    {
        KernelMethod row = new(
            pass.MethodName, Summary(pass), MethodCompilation.OptimizedApart, [.. Operands(pass), KernelParameter.Row],
            [.. Rows(pass), .. Groups(pass)]);
        yield return row;
        foreach (int channels in row.AllSteps.OfType<PassStep.SinglePixels>().Select(pixels => pixels.Channels).Distinct())
        {
            yield return new(
                PixelMethod(pass, channels), null, MethodCompilation.Optimized,
                [.. Operands(pass), KernelParameter.Rows, KernelParameter.Column], [new PassStep.SinglePixel(pass, channels)])
            {
                IsPublic = false,
            };
        }
    }

    /// <summary>Name of the method that computes one pixel of so many channels.</summary>
    public static string PixelMethod(TilePass pass, int channels) => $"{pass.MethodName}At{channels}";

    /// <summary>The gradient of the input, phase by phase of the strides.</summary>
    public static IEnumerable<KernelMethod> InputGradient(ConvolutionShape shape, string name, IReadOnlyList<TilePass> phases)
    {
        TilePass[] reached = [.. phases.Where(pass => pass.Inputs > 0)];
        bool adds = phases[0].Start == TileStart.Target, hasGaps = reached.Length < phases.Count;
        List<KernelStep> steps = [.. reached.Select(pass => new PassStep.PhaseRows(pass, shape.Source.Width, new(DivisionKind.Rows)))];
        if (hasGaps && !adds) steps.Insert(0, new PassStep.ClearTarget(phases[0], shape.Source.Count));
        KernelMethod all = new(
            name, $"The gradient of the input, {shape.Source}, {(adds ? "added to" : "in place of")} what lies in the target.",
            MethodCompilation.Tiered,
            [KernelParameter.Floats("gradient"), KernelParameter.Floats("weights"), KernelParameter.Floats("zeros"),
                KernelParameter.Floats("target")],
            steps);
        return reached.SelectMany(Row).Prepend(all);
    }

    private static IEnumerable<KernelParameter> Operands(TilePass pass)
    {
        yield return KernelParameter.Floats("source");
        yield return KernelParameter.Floats("weights");
        if (pass.Start != TileStart.Target) yield return KernelParameter.Floats("biases");
        yield return KernelParameter.Floats("target");
    }

    private static IEnumerable<KernelStep> Rows(TilePass pass)
    {
        if (pass.ClipsRows)
        {
            yield return new PassStep.ClipRows(pass);
        }
        else
        {
            yield return new PassStep.TakeRows(pass);
            if (pass.Rows > 1 || pass.Top != 0) yield return new PassStep.MoveToRow(pass);
        }

        if (pass.Matrix is not null) yield return new PassStep.NarrowMatrix(pass);
    }

    private static IEnumerable<KernelStep> Groups(TilePass pass)
    {
        Run[] runs = [.. pass.Runs];
        if (pass.Groups == 1 && runs is [{ Count: 1 }]) return [new PassStep.AllChannels(pass), .. Pixels(pass, runs[0].Width)];
        KernelStep[] tiles = [.. runs.Select(run => Tiles(pass, run))];
        return pass.Groups == 1 ? tiles
            : [new KernelStep.Loop(
                LoopIndex.Group, 0, pass.Groups, 1, new(DivisionKind.Channels, pass.TargetChannels),
                [new PassStep.NameGroup(pass), .. tiles])];
    }

    private static KernelStep Tiles(TilePass pass, Run run) =>
        new PassStep.ChannelTiles(pass, run, new(DivisionKind.Channels, run.Width), [.. Pixels(pass, run.Width)]);

    // The left edge, the interior, and what is left of the row.
    private static IEnumerable<KernelStep> Pixels(TilePass pass, int channels)
    {
        int tiles = (pass.InteriorEnd - pass.InteriorStart) / pass.TilePixels, end = pass.InteriorStart + tiles * pass.TilePixels;
        if (pass.InteriorStart > 0) yield return Singles(pass, channels, 0, pass.InteriorStart);
        if (tiles > 0) yield return new PassStep.InteriorPixels(pass, channels, tiles, new(DivisionKind.Columns, pass.TilePixels));
        if (end < pass.Columns) yield return Singles(pass, channels, end, pass.Columns);
    }

    private static KernelStep Singles(TilePass pass, int channels, int from, int to) => to == from + 1
        ? new PassStep.EdgePixel(pass, channels, from)
        : new PassStep.SinglePixels(pass, channels, from, to, new(DivisionKind.Columns));

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
        string kernel = $"kernel {pass.KernelRows}×{pass.KernelColumns}{(pass.Groups == 1 ? "" : $" in {pass.Groups} groups")}";
        string edges = pass.ClipsRows || pass.HasSingles && pass.InteriorStart > 0 ? ", cut at the edges" : "";
        string apart = pass.TargetColumnStep == 1 ? "" : $", columns {pass.TargetColumnStep} pixels apart";
        return pass.IsForward
            ? $"{target} from {pass.Source}: {kernel}, stride {pass.RowStep}×{pass.ColumnStep}{edges}."
            : $"Gradient of {target} from that of {pass.Source}: {kernel} rotated by 180°{apart}{edges}.";
    }
}
