namespace NoiseGen.Tests;

public class MidpointTests
{
    // A_0 = 65 %, A_c = 10 %, µ = 0.25, k = 2.5 at 10^(−2 + i/4), in percent, rounded to three digits.
    private static readonly double[] Golden =
    [
        64.982, 64.926, 64.689, 63.711, 59.946, 48.550, 29.646, 16.404, 11.667,
        10.405, 10.096, 10.023, 10.005, 10.001, 10.000, 10.000, 10.000,
    ];

    private static RobustnessCurve GoldenCurve =>
        Curves.Of(SigmaGrid.Default.Zip(Golden, (sigma, percent) => (sigma, percent / 100)), noiseFree: 0.65);

    [Fact]
    public void Golden_values_give_their_midpoint_back()
    {
        MidpointFit fit = GoldenCurve.Midpoint;
        Assert.Equal(0.25, fit.Mu, 1e-3);
        Assert.Equal(2.5, fit.Steepness, 1e-3);
        Assert.Equal(0.65, fit.Plateau, 1e-4);
        Assert.InRange(fit.Residual, 1e-8, 1e-5);      // the rounding of the values
        Assert.InRange(fit.StandardError, 1e-8, 1e-5);
        Assert.InRange(fit.Crossing, 0.2, 0.3162);     // between the levels next to µ … and near it
    }

    [Fact]
    public void Golden_values_are_the_documented_function() =>
        Assert.All(SigmaGrid.Default.Zip(Golden),
            point => Assert.Equal(point.Second, 100 * Curves.Logistic(point.First, 0.65, 0.10, 0.25, 2.5), 6e-4));

    [Theory]
    [InlineData(0.02, 2.5)]
    [InlineData(0.3, 0.7)]
    [InlineData(1.634, 4)]
    [InlineData(2.89, 12)]
    [InlineData(60, 2)]
    public void Any_midpoint_on_the_grid_is_found(double mu, double steepness)
    {
        MidpointFit fit = Curves.Ideal(0.97, mu, steepness).Midpoint;
        Assert.Equal(mu, fit.Mu, mu * 1e-5);
        Assert.Equal(steepness, fit.Steepness, steepness * 1e-4);
    }

    [Fact]
    public void Crossing_is_linear_in_log_sigma()
    {
        // Half-way of 90 % and 10 % is 50 %, one fifth of the way from 0.1 to 10: 0.1·100^(1/5).
        RobustnessCurve curve =
            Curves.Of([(0.001f, 0.90), (0.01f, 0.90), (0.1f, 0.55), (10f, 0.30), (100f, 0.10), (1000f, 0.10)], noiseFree: 0.9);
        Assert.Equal(0.1 * Math.Pow(100, 0.2), curve.Midpoint.Crossing, 1e-6);
    }

    [Fact]
    public void Crossing_on_a_point_is_that_point()
    {
        RobustnessCurve curve = Curves.Of([(0.01f, 0.90), (0.1f, 0.5), (1f, 0.2), (10f, 0.1)], noiseFree: 0.9);
        Assert.Equal(0.1, curve.Midpoint.Crossing, 1e-6);
    }

    [Fact]
    public void Order_of_the_points_does_not_matter()
    {
        RobustnessCurve curve = GoldenCurve;
        var random = new Random(3);
        for (int i = 0; i < 20; i++)
        {
            RobustnessPoint[] shuffled = [.. curve.Points];
            random.Shuffle(shuffled);
            Assert.Equal(curve.Midpoint, (curve with { Points = [.. shuffled] }).Midpoint);
        }
    }

    [Fact]
    public void Standard_error_is_the_scatter_of_the_estimate()
    {
        // 400 curves with Gaussian errors: µ scatters by its standard error and is not biased.
        const double mu = 0.5, error = 0.01;
        var random = new Random(11);
        var fits = Enumerable.Range(0, 400).Select(_ => Curves.Of(
            SigmaGrid.Default.Select(sigma => (sigma,
                Math.Clamp(Curves.Logistic(sigma, 0.9, 0.1, mu, 2) + error * Gaussian(random), 0, 1))), 0.9).Midpoint).ToArray();
        double mean = fits.Average(fit => fit.Mu);
        double scatter = Math.Sqrt(fits.Average(fit => (fit.Mu - mean) * (fit.Mu - mean)));
        Assert.Equal(mu, mean, 4 * scatter / Math.Sqrt(fits.Length));
        Assert.Equal(1, fits.Average(fit => fit.StandardError) / scatter, 0.15);
        Assert.Equal(error, fits.Average(fit => fit.Residual), 0.15 * error);
    }

    [Fact]
    public void Fit_is_a_minimum()
    {
        var random = new Random(5);
        RobustnessCurve curve = Curves.Of(
            SigmaGrid.Default.Select(
                sigma => (sigma, Math.Clamp(Curves.Logistic(sigma, 0.8, 0.1, 0.7, 1.5) + 0.03 * Gaussian(random), 0, 1))), 0.8);
        MidpointFit fit = curve.Midpoint;
        double least = Squares(curve, fit);
        Assert.Equal(fit.Residual, Math.Sqrt(least / curve.Points.Length), 1e-12);
        foreach (double factor in (double[])[0.999, 1.001])
        {
            Assert.True(Squares(curve, fit with { Mu = fit.Mu * factor }) > least);
            Assert.True(Squares(curve, fit with { Steepness = fit.Steepness * factor }) > least);
            Assert.True(Squares(curve, fit with { Plateau = fit.Plateau * factor }) > least);
        }
    }

    [Fact]
    public void Units_of_sigma_do_not_matter()
    {
        RobustnessCurve curve = GoldenCurve;
        RobustnessCurve scaled = curve with { Points = [.. curve.Points.Select(point => point with { Sigma = 8 * point.Sigma })] };
        Assert.Equal(8 * curve.Midpoint.Mu, scaled.Midpoint.Mu, 1e-6);
        Assert.Equal(8 * curve.Midpoint.Crossing, scaled.Midpoint.Crossing, 1e-6);
    }

    [Fact]
    public void Fit_prints_with_a_point_under_any_culture() =>
        Assert.Equal(
            "µ = 0.25 ± 0.0031 (k = 2.5)", CommaCulture.Run(() => new MidpointFit(0.25, 0.0031, 2.5, 0.65, 0.1, 0, 0.25).ToString()));

    private static double Squares(RobustnessCurve curve, MidpointFit fit) =>
        curve.Points.Sum(point => Math.Pow(point.Mean - fit.At(point.Sigma), 2));

    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
