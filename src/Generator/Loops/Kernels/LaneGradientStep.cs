using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Loops.Kernels;

/// <summary>What a weight gradient with the lanes as the reduction does.</summary>
/// <param name="Plan">Its tiles.</param>
/// <param name="Forward">The convolution whose weights these are.</param>
internal abstract record LaneGradientStep(LaneGradientPlan Plan, TilePass Forward) : KernelStep
{
    /// <summary>
    /// Takes fewer rows at a time where registers are narrow: those tiles are smaller and read every row more often,
    /// from the first-level cache if there are few. The sums and their order are the same.
    /// </summary>
    public sealed record NarrowStrips(LaneGradientPlan Plan, TilePass Forward, LoopDivision Division) : LaneGradientStep(Plan, Forward);

    /// <summary>Finds the target rows that a row of the kernel reaches from within the map.</summary>
    public sealed record ClipRows(LaneGradientPlan Plan, TilePass Forward) : LaneGradientStep(Plan, Forward);

    /// <summary>Finds the target columns that a column of the kernel reaches from within the map, and names the operands.</summary>
    public sealed record ClipColumns(LaneGradientPlan Plan, TilePass Forward) : LaneGradientStep(Plan, Forward);

    /// <summary>Takes all rows and columns, and names the operands.</summary>
    public sealed record TakeStrip(LaneGradientPlan Plan, TilePass Forward) : LaneGradientStep(Plan, Forward);

    /// <summary>Adds pixels to the sums of some outputs × some inputs.</summary>
    /// <param name="AllColumns">Whether all columns are taken.</param>
    public sealed record AddTile(LaneGradientPlan Plan, TilePass Forward, LaneTile Tile, bool AllColumns) : LaneGradientStep(Plan, Forward);

    /// <summary>Sums the lanes of a tile into the block's gradient.</summary>
    public sealed record SumTile(LaneGradientPlan Plan, TilePass Forward, LaneTile Tile) : LaneGradientStep(Plan, Forward);
}
