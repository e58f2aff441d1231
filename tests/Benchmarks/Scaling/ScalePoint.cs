namespace NoiseGen.Benchmarks.Scaling;

/// <summary>A training step of one size, as it goes into the result file.</summary>
/// <param name="Series">What is varied.</param>
/// <param name="Network">The network.</param>
/// <param name="Batch">Images a step.</param>
/// <param name="OneThreadMs">Median of one thread, in milliseconds.</param>
/// <param name="TwoThreadsMs">Median of two.</param>
/// <param name="ImagesPerSecond">Images a second of two threads.</param>
/// <param name="SerialShare">Amdahl's serial share of one thread's time; null where the batch is one block.</param>
/// <param name="SpeedUp16">Estimated: how many times faster than one thread sixteen would be.</param>
/// <param name="SpeedUp64">Estimated: sixty-four.</param>
/// <param name="Spread">The 90 % quantile of the repetitions by their 10 % quantile, the larger of both thread counts'.</param>
internal sealed record ScalePoint(
    string Series, string Network, int Batch, double OneThreadMs, double TwoThreadsMs, double ImagesPerSecond, double? SerialShare,
    double? SpeedUp16, double? SpeedUp64,
    double Spread)
{
    /// <summary>Two threads beside one.</summary>
    public double SpeedUp2 => OneThreadMs / TwoThreadsMs;
}
