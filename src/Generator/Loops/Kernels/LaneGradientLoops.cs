using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Loops.Kernels;

/// <summary>Decides the loops of a weight gradient with the lanes as the reduction.</summary>
internal sealed class LaneGradientLoops(LinearKernels kernels)
{
    private readonly LaneGradientPlan _plan = kernels.LaneGradient!;
    private readonly TilePass _forward = kernels.Forward;

    public IEnumerable<KernelMethod> Methods()
    {
        string columns = _plan.Sections > 1 ? "kernel column × " : "", groups = _plan.TiledGroups > 1 ? "group × " : "";
        yield return new(
            KernelMethod.WeightGradient,
            $"Adds rows start … end − 1 of the gradient to the weights' lane accumulators, kernel row × {columns}{groups}tile.\n"
                + "gradients: the strip that begins with row `start`; inputs: the whole map",
            MethodCompilation.Optimized,
            [KernelParameter.Floats("gradients"), KernelParameter.Floats("inputs"), KernelParameter.Floats("accumulators"),
                KernelParameter.Start, KernelParameter.End],
            [.. Narrow(), new KernelStep.Loop(LoopIndex.KernelRow, 0, _plan.KernelRows, 1, Taps, [.. KernelRow()])]);
        int sections = _plan.KernelRows * _plan.Sections;
        yield return new(
            KernelMethod.SumWeightGradient,
            "Sums the accumulators' lanes into the block's gradient, output × kernel row × kernel column × channel.",
            MethodCompilation.Optimized,
            [KernelParameter.Layer, KernelParameter.Floats("accumulators"), KernelParameter.Floats("gradient")],
            [new KernelStep.Loop(
                LoopIndex.Section, 0, sections, 1, Taps, [Tiles(tile => new LaneGradientStep.SumTile(_plan, _forward, tile))])]);
    }

    // Taps have separate accumulators, one tap's after another's.
    private static LoopDivision Taps => new(DivisionKind.Taps);

    // All rows add to the same sums, in order.
    private IEnumerable<KernelStep> Narrow() =>
        _plan.NarrowRows >= _forward.Rows ? [] : [new LaneGradientStep.NarrowStrips(_plan, _forward, LoopDivision.None)];

    // Kernel column by kernel column where padding makes their ranges differ, or groups their inputs lie apart;
    // otherwise a whole kernel row is one run of inputs.
    private IEnumerable<KernelStep> KernelRow()
    {
        bool isWhole = _forward is { Top: <= 0, Left: <= 0 } && _plan.Groups == 1;
        KernelStep tiles = Tiles(tile => new LaneGradientStep.AddTile(_plan, _forward, tile, isWhole));
        return isWhole
            ? [new LaneGradientStep.TakeStrip(_plan, _forward), tiles]
            : [new LaneGradientStep.ClipRows(_plan, _forward),
                new KernelStep.Loop(
                    LoopIndex.KernelColumn, 0, _plan.Sections, 1, Taps, [new LaneGradientStep.ClipColumns(_plan, _forward), tiles])];
    }

    private KernelStep Tiles(Func<LaneTile, KernelStep> step)
    {
        var tiles =
            from outputs in _plan.OutputRuns
            from inputs in _plan.InputRuns
            select new KernelStep.Loop(
                LoopIndex.Output, outputs.Start, outputs.Count, outputs.Width, new(DivisionKind.Channels, outputs.Width),
                [new KernelStep.Loop(
                    LoopIndex.Element, inputs.Start, inputs.Count, inputs.Width, new(DivisionKind.Inputs, inputs.Width),
                    [step(_plan.TileOf(outputs.Width, inputs.Width))])]);
        return new KernelStep.Loop(
            LoopIndex.Group, 0, _plan.TiledGroups, 1, new(DivisionKind.Channels, _plan.GroupOutputs), [.. tiles]);
    }
}
