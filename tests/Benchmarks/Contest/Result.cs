namespace NoiseGen.Benchmarks.Contest;

/// <summary>The outcome of one comparison, as it goes into the result file.</summary>
/// <param name="Network">Name of the network.</param>
/// <param name="Variant">clean, noise, qat8 or qat8+noise.</param>
/// <param name="Mode">train or evaluate.</param>
/// <param name="Threads">Threads on each side.</param>
/// <param name="Batch">Images a step.</param>
/// <param name="OursMs">Our median, in milliseconds.</param>
/// <param name="PeerMs">The peer's median, in milliseconds.</param>
/// <param name="Ratio">The peer's by ours: how many times faster we are.</param>
/// <param name="Spread">The larger side's 90 % quantile by its 10 % quantile: near 1 on a quiet machine.</param>
/// <param name="PeerFault">What is wrong with the peer's values, by double precision; null where nothing is.</param>
internal sealed record Result(
    string Network,
    string Variant,
    string Mode,
    int Threads,
    int Batch,
    double OursMs,
    double PeerMs,
    double Ratio,
    double Spread,
    string? PeerFault);
