namespace NoiseGen.Benchmarks.Scaling;

/// <summary>A training step of one size, as it goes into the result file.</summary>
/// <param name="Series">What is varied.</param>
/// <param name="Network">The network.</param>
/// <param name="Batch">Images a step.</param>
/// <param name="OneThreadMs">Median of one thread, in milliseconds.</param>
/// <param name="TwoThreadsMs">Median of two.</param>
/// <param name="ImagesPerSecond">Images a second of two threads.</param>
/// <param name="Spread">The 90 % quantile of the repetitions by their 10 % quantile, the larger of both thread counts'.</param>
internal sealed record ScalePoint(
    string Series, string Network, int Batch, double OneThreadMs, double TwoThreadsMs, double ImagesPerSecond, double Spread)
{
    /// <summary>Two threads beside one.</summary>
    public double SpeedUp2 => OneThreadMs / TwoThreadsMs;
}
