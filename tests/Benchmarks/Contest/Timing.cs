namespace NoiseGen.Benchmarks.Contest;

/// <summary>Quantiles of repeated measurements, in milliseconds.</summary>
/// <param name="Low">A tenth were faster.</param>
/// <param name="Median">Half were faster.</param>
/// <param name="High">A tenth were slower.</param>
internal readonly record struct Timing(double Low, double Median, double High)
{
    /// <summary>How far repetitions differ: near 1 on a quiet machine.</summary>
    public double Spread => High / Low;

    public static Timing Of(List<double> milliseconds)
    {
        milliseconds.Sort();
        double Quantile(double fraction) => milliseconds[(int)(fraction * (milliseconds.Count - 1))];
        return new Timing(Quantile(0.1), Quantile(0.5), Quantile(0.9));
    }
}
