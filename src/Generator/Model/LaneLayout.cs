namespace NoiseGen.Generator.Model;

/// <summary>How images lie in memory: in blocks, row × column × channel × lanes.</summary>
internal static class LaneLayout
{
    /// <summary>
    /// Images of a block: the runtime's LaneLayout.Lanes.
    /// An element of them is two vectors of 512 bits, so that a tile loads a weight once for two multiplications, and
    /// the accumulators of twelve channels stay in registers.
    /// </summary>
    public const int Lanes = 32;
}
