namespace NoiseGen;

/// <summary>
/// The memory layout of images: in blocks, row × column × channel × lanes, so that all operations are their scalar formulas, written on
/// vectors.
/// </summary>
internal static class LaneLayout
{
    /// <summary>
    /// Number of images in a block. One element of a block is two vectors of 512 bits: a weight is loaded once for both, and a tile of
    /// twelve channels, with 24 accumulators, still leaves eight of the 32 registers for its loads. The generator relies on the same
    /// number.
    /// </summary>
    public const int Lanes = 32;
}
