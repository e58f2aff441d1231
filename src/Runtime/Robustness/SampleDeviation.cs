namespace NoiseGen;

/// <summary>The sample standard deviation, √(Σ(x − mean)² / (n − 1)).</summary>
internal static class SampleDeviation
{
    /// <summary>The deviation of at least one value; 0 for a single one.</summary>
    public static double Of(IReadOnlyCollection<double> values)
    {
        double mean = values.Average();
        return values.Count > 1 ? Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1)) : 0;
    }
}
