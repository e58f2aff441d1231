namespace NoiseGen;

/// <summary>
/// How images lie in memory: in blocks, row × column × channel × lanes, so that all operations are their scalar formulas,
/// written on vectors.
/// </summary>
internal static class LaneLayout
{
    /// <summary>
    /// Images of a block. An element of them is two vectors of 512 bits: a weight is loaded once for both, and a tile of twelve channels,
    /// 24 accumulators, still leaves
    /// eight of the 32 registers for what it loads. The generator counts on the same number.
    /// </summary>
    public const int Lanes = 32;
}
