namespace NoiseGen;

/// <summary>The sample standard deviation, √(Σ(x − mean)² / (n − 1)).</summary>
internal static class SampleDeviation
{
    /// <summary>Of some values, at least one; 0 of a single one.</summary>
    public static double Of(IReadOnlyCollection<double> values)
    {
        double mean = values.Average();
        return values.Count > 1 ? Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1)) : 0;
    }
}
