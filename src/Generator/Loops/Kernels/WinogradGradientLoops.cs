using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Loops.Kernels;

/// <summary>Decides the loops of a weight gradient by Winograd's transforms, in phases that a barrier separates.</summary>
internal sealed class WinogradGradientLoops(LinearKernels kernels)
{
    private readonly WinogradGradientPlan _plan = kernels.WinogradGradient!;

    public IEnumerable<KernelMethod> Methods() => [WeightGradient(), Transform(), Multiply()];

    private KernelMethod WeightGradient()
    {
        ConvolutionShape shape = _plan.Shape;
        return new(
            KernelMethod.WeightGradient,
            "A share of a phase of the weights' and biases' gradients, over all images of all blocks: "
                + $"{_plan.Transforms.Title}, {_plan.Products} products.\n"
                + $"gradients: the first block's, pixel × {shape.Outputs} × 32; "
                + $"inputs: the first block's, pixel × {shape.Source.Channels / 16} × 32 × 16\n"
                + $"workspace: transformed inputs, {_plan.Products} × {_plan.ChannelGroups} × {_plan.Squares} squares × 32 × 16 channels, "
                + $"and gradients, {_plan.Products} × tiles × {_plan.Squares} × outputs × 32, "
                + $"then sums, {_plan.Products} × {shape.Outputs} × {shape.Source.Channels}",
            MethodCompilation.Tiered,
            [KernelParameter.Layer, .. Floats("gradients", "inputs", "workspace"), KernelParameter.Blocks, KernelParameter.BlockStride,
                KernelParameter.Phase, KernelParameter.Part, KernelParameter.Parts],
            [new WinogradGradientStep.NameSquares(_plan), new WinogradGradientStep.LastPhase(_plan, kernels.HasBiases),
                new WinogradGradientStep.TransformOrMultiply(_plan)]);
    }

    private KernelMethod Transform() => new(
        "Transform", null, MethodCompilation.Optimized,
        [.. Floats("gradients", "inputs", "workspace"), KernelParameter.BlockStride, KernelParameter.First, KernelParameter.Squares,
            KernelParameter.Part, KernelParameter.Parts],
        [
            Squares(_plan.ChannelGroups, new WinogradGradientStep.TransformInputs(_plan)),
            .. _plan.OutputRuns.Select(run => Squares(run.Count, new WinogradGradientStep.TransformGradients(_plan, run))),
        ])
    {
        IsPublic = false,
    };

    private KernelStep Squares(int groups, KernelStep step) =>
        new WinogradGradientStep.SharedSquares(_plan, groups, new(DivisionKind.Squares), [step]);

    // All squares add to the same sums, in order; products, channels and outputs have separate sums.
    private KernelMethod Multiply()
    {
        bool isOnce = _plan.Squares == WinogradGradientPlan.Together;
        KernelStep[] tiles =
        [
            .. _plan.OutputRuns.Select(run => new KernelStep.Loop(
                LoopIndex.Output, run.Start, run.Count, run.Width, new(DivisionKind.Channels, run.Width),
                [new WinogradGradientStep.AddTile(_plan, run, isOnce)])),
        ];
        KernelStep[] body = [new WinogradGradientStep.NameProduct(_plan),
            .. isOnce ? tiles : [new WinogradGradientStep.SquareLoop(_plan, LoopDivision.None, tiles)]];
        return new(
            "Multiply", null, MethodCompilation.Optimized,
            [.. Floats("workspace"), KernelParameter.First, KernelParameter.Squares, KernelParameter.Part, KernelParameter.Parts],
            [new WinogradGradientStep.SharedProducts(_plan, new(DivisionKind.Products), body)])
        {
            IsPublic = false,
        };
    }

    private static IEnumerable<KernelParameter> Floats(params string[] names) => names.Select(KernelParameter.Floats);
}
