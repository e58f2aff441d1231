using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Loops.Kernels;

/// <summary>What a weight gradient as outer products does.</summary>
/// <param name="Plan">Its tiles.</param>
internal abstract record OuterGradientStep(OuterGradientPlan Plan) : KernelStep
{
    /// <summary>A thread's share of the tiles of outputs of one width.</summary>
    public sealed record SharedOutputs(OuterGradientPlan Plan, Run Run, LoopDivision Division, IReadOnlyList<KernelStep> Body)
        : OuterGradientStep(Plan)
    {
        protected override IEnumerable<KernelStep> Inner => Body;
    }

    /// <summary>A matrix product's tile, which goes to its place at once.</summary>
    public sealed record MatrixTile(OuterGradientPlan Plan, OuterTile Tile) : OuterGradientStep(Plan);

    /// <summary>The sums of a tile of outputs in the loops' order, which are then stored in PyTorch's.</summary>
    public sealed record ScratchTile(OuterGradientPlan Plan, Run Run) : OuterGradientStep(Plan);

    /// <summary>Sums the biases' gradient.</summary>
    public sealed record SumBiases(OuterGradientPlan Plan) : OuterGradientStep(Plan);

    /// <summary>A tile of all blocks of one pixel each, which are as good as rows.</summary>
    /// <param name="Vectors">Vectors of channels.</param>
    public sealed record BlocksTile(OuterGradientPlan Plan, int Vectors) : OuterGradientStep(Plan);

    /// <summary>Fills the sums of a tile of outputs with zeros.</summary>
    public sealed record Clear(OuterGradientPlan Plan) : OuterGradientStep(Plan);

    /// <summary>Block by block of 32 images.</summary>
    public sealed record BlockLoop(OuterGradientPlan Plan, LoopDivision Division, IReadOnlyList<KernelStep> Body) : OuterGradientStep(Plan)
    {
        protected override IEnumerable<KernelStep> Inner => Body;
    }

    /// <summary>Strip by strip of rows.</summary>
    public sealed record StripLoop(OuterGradientPlan Plan, LoopDivision Division, IReadOnlyList<KernelStep> Body) : OuterGradientStep(Plan)
    {
        protected override IEnumerable<KernelStep> Inner => Body;
    }

    /// <summary>Finds the target rows, of the strip or of all, that a row of the kernel reaches from within the map.</summary>
    public sealed record ClipRows(OuterGradientPlan Plan, TilePass Forward, bool OfStrip) : OuterGradientStep(Plan);

    /// <summary>Adds pixels to the sums of one tap.</summary>
    /// <param name="Vectors">Vectors of channels.</param>
    public sealed record TapTile(OuterGradientPlan Plan, TilePass Forward, int Vectors) : OuterGradientStep(Plan);
}
