namespace NoiseGen.Benchmarks.Scaling;

/// <summary>
/// Amdahl's law for work that is cut into blocks of 32 images: with s the serial share of one thread's time and B the number of blocks,
/// <c>t(n) = t(1) · (s + (1 − s) · ⌈B/n⌉ / B)</c>. More threads than blocks do not help.
/// </summary>
internal static class Amdahl
{
    private const int Lanes = 32;

    /// <summary>Blocks of a batch.</summary>
    public static int Blocks(int batch) => (batch + Lanes - 1) / Lanes;

    /// <summary>
    /// The serial share, 0 … 1, from the time of one thread and of two;
    /// NaN where the blocks are odd in number, for two threads then do not have equal shares.
    /// </summary>
    /// <param name="one">Time of one thread.</param>
    /// <param name="two">Time of two, in the same unit.</param>
    /// <param name="blocks">Number of blocks, at least 1.</param>
    public static double SerialShare(double one, double two, int blocks) =>
        blocks % 2 == 0 ? Math.Clamp(2 * two / one - 1, 0, 1) : double.NaN;

    /// <summary>How many times faster n threads are than one.</summary>
    /// <param name="serialShare">The serial share, 0 … 1.</param>
    /// <param name="blocks">Number of blocks, at least 1.</param>
    /// <param name="threads">Number of threads, at least 1.</param>
    public static double SpeedUp(double serialShare, int blocks, int threads) =>
        1 / (serialShare + (1 - serialShare) * ((blocks + threads - 1) / threads) / blocks);
}
