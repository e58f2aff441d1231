namespace NoiseGen.Generator.Planning;

/// <summary>
/// The sizes at which the planner switches between strategies. A network's results do not depend on them, except for the order of its sums.
/// Tests change them so that small networks exercise all strategies.
/// </summary>
internal sealed record Thresholds
{
    public static Thresholds Default { get; } = new();

    /// <summary>
    /// Floats of a block's output at which it may be computed a second time: half of a typical second-level cache, 256 KiB. Smaller outputs
    /// are read again as quickly as they are computed.
    /// </summary>
    public long LeastRecomputed { get; init; } = 64 * 1024;

    /// <summary>Floats of a strip of rows that two passes share, so that it stays in a first-level cache of 32 KiB.</summary>
    public int SharedStrip { get; init; } = 32 * 1024 / sizeof(float);

    /// <summary>Inputs of a strip, which an outer-product tile reads once per tap: a quarter of a second-level cache of 1 MiB.</summary>
    public int OuterStrip { get; init; } = 256 * 1024 / sizeof(float);

    /// <summary>
    /// A first-level cache of 32 KiB, from which narrow tiles read the rows of a strip repeatedly. 6×14×14 to 16 channels: 73 GFLOP/s with
    /// one row at a time, 42 with all ten.
    /// </summary>
    public int NarrowStrip { get; init; } = 32 * 1024 / sizeof(float);

    /// <summary>
    /// Channels at which a weight gradient becomes an outer product: with fewer, vectors of sixteen channels would be mostly padding.
    /// </summary>
    public int FewestOuterInputs { get; init; } = 16;

    /// <summary>
    /// Inputs up to which a dense layer reads its weights in place. The input gradient walks across the rows: if a row is longer than a
    /// page, every step needs another address translation. Longer rows were not timed.
    /// </summary>
    public int MostMatrixInputs { get; init; } = 1024;

    /// <summary>
    /// Channels at which Winograd's transforms are used: the fewer channels share the transforms, the more they cost. The speed with fewer
    /// channels was not measured.
    /// </summary>
    public int FewestWinogradChannels { get; init; } = 12;

    /// <summary>Transformed inputs of a pass, which every tile reads: half of a second-level cache of 1 MiB.</summary>
    public int WinogradInputs { get; init; } = 512 * 1024 / sizeof(float);

    /// <summary>
    /// Transformed gradients and inputs of a weight gradient, for the Winograd tiles that are transformed at a time. On a processor with 32
    /// MiB of third-level cache, products of 64 channels run at 87 GFLOP/s with 2.4 MiB, at 82 with 4.7 and at 66 with 9.4.
    /// </summary>
    public int WinogradGradients { get; init; } = 3 * 1024 * 1024 / sizeof(float);
}
