namespace NoiseGen.Generator.Planning;

/// <summary>
/// From which sizes on the planner goes another way. A network's results do not depend on them, beyond the order of its sums. Tests set
/// them, so that small networks go every way.
/// </summary>
internal sealed record Thresholds
{
    public static Thresholds Default { get; } = new();

    /// <summary>
    /// Floats of a block's output from which on it may be computed a second time. Half of a usual second-level cache, 256 KiB: less is read
    /// again as quickly as it is computed.
    /// </summary>
    public long LeastRecomputed { get; init; } = 64 * 1024;

    /// <summary>Floats of a strip of rows that two passes share, so that it stays in a first-level cache of 32 KiB.</summary>
    public int SharedStrip { get; init; } = 32 * 1024 / sizeof(float);

    /// <summary>
    /// Inputs of a strip, which a tile of an outer product reads once for each tap: a quarter of a second-level cache of 1 MiB.
    /// </summary>
    public int OuterStrip { get; init; } = 256 * 1024 / sizeof(float);

    /// <summary>
    /// A first-level cache of 32 KiB, which narrow tiles read a strip's rows from again and again.
    /// 6×14×14 to 16 channels: 73 GFLOP/s with one
    /// row at a time, 42 with all ten.
    /// </summary>
    public int NarrowStrip { get; init; } = 32 * 1024 / sizeof(float);

    /// <summary>
    /// Channels from which on a weight gradient is an outer product: with fewer, vectors of sixteen of them would be mostly padding.
    /// </summary>
    public int FewestOuterInputs { get; init; } = 16;

    /// <summary>
    /// Inputs up to which a dense layer reads its weights where they lie. The input gradient goes through the rows: with more than a page
    /// each, every step needs another address translated. Longer rows were not timed.
    /// </summary>
    public int MostMatrixInputs { get; init; } = 1024;

    /// <summary>
    /// Channels from which on squares are transformed: the transforms weigh the more, the fewer channels share them.
    /// The speed of narrower ones
    /// was not measured.
    /// </summary>
    public int FewestWinogradChannels { get; init; } = 12;

    /// <summary>Transformed inputs of a pass, which every tile reads: half a second-level cache of 1 MiB.</summary>
    public int WinogradInputs { get; init; } = 512 * 1024 / sizeof(float);

    /// <summary>
    /// Transformed gradients and inputs of a weight gradient, of as many squares as are transformed at a time.
    /// On a processor with 32 MiB of
    /// third-level cache, products of 64 channels run at 87 GFLOP/s with 2.4 MiB, at 82 with 4.7 and 66 with 9.4.
    /// </summary>
    public int WinogradGradients { get; init; } = 3 * 1024 * 1024 / sizeof(float);
}
