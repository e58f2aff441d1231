using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Loops.Kernels;

/// <summary>Decides the loops of a weight gradient as outer products.</summary>
internal sealed class OuterGradientLoops(LinearKernels kernels)
{
    private readonly OuterGradientPlan _plan = kernels.OuterGradient!;
    private readonly TilePass _forward = kernels.Forward;

    public IEnumerable<KernelMethod> Methods()
    {
        List<KernelParameter> parameters =
            [KernelParameter.Layer, KernelParameter.Floats("gradients"), KernelParameter.Floats("inputs")];
        if (!_plan.IsInPlace) parameters.Add(KernelParameter.Floats("scratch"));
        List<KernelStep> steps = [.. _plan.IsInPlace ? Matrix() : Outputs(run => [new OuterGradientStep.ScratchTile(_plan, run)])];
        if (kernels.HasBiases) steps.Add(new OuterGradientStep.SumBiases(_plan));
        yield return new(
            KernelMethod.WeightGradient,
            "A share of the weights' and biases' gradients, tile of outputs by tile of outputs, over all images of all blocks.\n"
                + $"gradients: the first block's, pixel × {_plan.Shape.Outputs} × 32; "
                + $"inputs: the first block's, pixel × {_plan.PaddedInputs / 16} × 32 × 16",
            MethodCompilation.Optimized,
            [.. parameters, KernelParameter.Blocks, KernelParameter.BlockStride, KernelParameter.Part, KernelParameter.Parts], steps);
        if (!_plan.IsInPlace) yield return Taps();
    }

    private IEnumerable<KernelStep> Matrix()
    {
        IReadOnlyList<KernelStep> Tile(Run outputs, int vectors) =>
            [new OuterGradientStep.MatrixTile(_plan, _plan.TileOf(outputs.Width, vectors))];
        return _plan.IsByChannels
            ? Vectors(vectors => [.. Outputs(outputs => Tile(outputs, vectors))])
            : Outputs(outputs => [.. Vectors(vectors => Tile(outputs, vectors))]);
    }

    private IEnumerable<KernelStep> Outputs(Func<Run, IReadOnlyList<KernelStep>> body) => _plan.OutputRuns.Select(
        run => new OuterGradientStep.SharedOutputs(_plan, run, new(DivisionKind.Channels, run.Width), body(run)));

    private IEnumerable<KernelStep> Vectors(Func<int, IReadOnlyList<KernelStep>> body) => _plan.VectorRuns.Select(
        run => new KernelStep.Loop(
            LoopIndex.InputChannel, run.Start * 16, run.Count, run.Width * 16, new(DivisionKind.Inputs, run.Width * 16), body(run.Width)));

    // One tile of outputs: all taps, all channels.
    private KernelMethod Taps()
    {
        string widths = string.Join(" or ", _plan.OutputRuns.Select(run => run.Width));
        string taps = _plan.Taps == 1 ? "1 tap" : $"{_plan.Taps} taps";
        List<KernelParameter> parameters =
            [KernelParameter.Floats("gradients"), KernelParameter.Floats("inputs"), KernelParameter.Floats("target")];
        if (_plan.HasTwoWidths) parameters.Add(KernelParameter.Outputs);
        KernelStep[] steps = _plan.IsFlat
            ? [.. Vectors(vectors => [new OuterGradientStep.BlocksTile(_plan, vectors)])]
            : [new OuterGradientStep.Clear(_plan), new OuterGradientStep.BlockLoop(_plan, LoopDivision.None, [.. Strips()])];
        return new(
            "Gradient", $"{widths} outputs × {taps} × {_plan.PaddedInputs} channels.", MethodCompilation.Optimized,
            [.. parameters, KernelParameter.Blocks, KernelParameter.BlockStride], steps)
        {
            IsPublic = false,
        };
    }

    // All taps read a strip's inputs before the next strip's, of one tile's channels at a time: they stay in the cache.
    private IEnumerable<KernelStep> Strips()
    {
        bool isWhole = _plan.StripRows >= _forward.Rows;
        IEnumerable<KernelStep> vectors = Vectors(vectors => StripTaps(vectors, !isWhole));
        return isWhole ? vectors : [new OuterGradientStep.StripLoop(_plan, LoopDivision.None, [.. vectors])];
    }

    // Without a loop over the kernel's rows, a second run of vectors would declare their names once more.
    private IReadOnlyList<KernelStep> StripTaps(int vectors, bool ofStrip)
    {
        LoopDivision taps = new(DivisionKind.Taps);
        KernelStep rows = new KernelStep.Loop(
            LoopIndex.KernelRow, 0, _forward.KernelRows, 1, taps,
            [
                new OuterGradientStep.ClipRows(_plan, _forward, ofStrip),
                new KernelStep.Loop(
                    LoopIndex.KernelColumn, 0, _forward.KernelColumns, 1, taps,
                    [new OuterGradientStep.TapTile(_plan, _forward, vectors)]),
            ]);
        return _forward.KernelRows > 1 || _plan.VectorRuns.Count() == 1 ? [rows] : [new KernelStep.Scope([rows])];
    }
}
