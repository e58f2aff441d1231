namespace NoiseGen.Generator.Model;

/// <summary>How images are laid out in memory: in blocks, row × column × channel × lane.</summary>
internal static class LaneLayout
{
    /// <summary>
    /// Images in a block, equal to the runtime's LaneLayout.Lanes. One element of a block is two vectors of 512 bits: a tile loads a weight
    /// once for two multiplications, and the accumulators of twelve channels stay in registers.
    /// </summary>
    public const int Lanes = 32;
}
