namespace NoiseGen.Tests;

/// <summary>Made-up curves whose midpoint is known.</summary>
internal static class Curves
{
    /// <summary>The definition: A_c + (A_0 − A_c) / (1 + (σ/µ)^k).</summary>
    public static double Logistic(double sigma, double plateau, double chance, double mu, double steepness) =>
        chance + (plateau - chance) / (1 + Math.Pow(sigma / mu, steepness));

    public static RobustnessCurve Of(IEnumerable<(float Sigma, double Accuracy)> points, double noiseFree, int classes = 10) => new(
        "made up", classes, noiseFree, Repeats: 1, [.. points.Select(point => new RobustnessPoint(point.Sigma, point.Accuracy, 0))]);

    public static RobustnessCurve Ideal(double plateau, double mu, double steepness, int classes = 10) => Of(
        SigmaGrid.Default.Select(sigma => (sigma, Logistic(sigma, plateau, 1.0 / classes, mu, steepness))), plateau, classes);
}
