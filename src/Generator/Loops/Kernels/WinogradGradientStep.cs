using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Loops.Kernels;

/// <summary>What a weight gradient by Winograd's transforms does.</summary>
/// <param name="Plan">How many squares it takes at a time, in which tiles.</param>
internal abstract record WinogradGradientStep(WinogradGradientPlan Plan) : KernelStep
{
    /// <summary>Finds the squares of a phase.</summary>
    public sealed record NameSquares(WinogradGradientPlan Plan) : WinogradGradientStep(Plan);

    /// <summary>The last phase: the sums are transformed into taps.</summary>
    /// <param name="HasBiases">Whether the biases' gradient is summed as well.</param>
    public sealed record LastPhase(WinogradGradientPlan Plan, bool HasBiases) : WinogradGradientStep(Plan);

    /// <summary>All other phases: one transforms some squares, the next one multiplies them.</summary>
    public sealed record TransformOrMultiply(WinogradGradientPlan Plan) : WinogradGradientStep(Plan);

    /// <summary>A thread's share of squares × groups of channels or outputs.</summary>
    /// <param name="Groups">Groups of a square.</param>
    public sealed record SharedSquares(WinogradGradientPlan Plan, int Groups, LoopDivision Division, IReadOnlyList<KernelStep> Body)
        : WinogradGradientStep(Plan)
    {
        protected override IEnumerable<KernelStep> Inner => Body;
    }

    /// <summary>Transforms a square's inputs.</summary>
    public sealed record TransformInputs(WinogradGradientPlan Plan) : WinogradGradientStep(Plan);

    /// <summary>Transforms a square's gradients.</summary>
    public sealed record TransformGradients(WinogradGradientPlan Plan, Run Run) : WinogradGradientStep(Plan);

    /// <summary>A thread's share of products × groups of channels.</summary>
    public sealed record SharedProducts(WinogradGradientPlan Plan, LoopDivision Division, IReadOnlyList<KernelStep> Body)
        : WinogradGradientStep(Plan)
    {
        protected override IEnumerable<KernelStep> Inner => Body;
    }

    /// <summary>Names the operands of one product; the first squares start from zeros.</summary>
    public sealed record NameProduct(WinogradGradientPlan Plan) : WinogradGradientStep(Plan);

    /// <summary>As many squares at a time as a register tile sums before it adds to memory.</summary>
    public sealed record SquareLoop(WinogradGradientPlan Plan, LoopDivision Division, IReadOnlyList<KernelStep> Body)
        : WinogradGradientStep(Plan)
    {
        protected override IEnumerable<KernelStep> Inner => Body;
    }

    /// <summary>Adds squares to the sums of some outputs.</summary>
    /// <param name="AllSquares">Whether all squares of the phase are taken; otherwise those of the loop around it.</param>
    public sealed record AddTile(WinogradGradientPlan Plan, Run Run, bool AllSquares) : WinogradGradientStep(Plan);
}
