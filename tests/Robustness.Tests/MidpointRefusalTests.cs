namespace NoiseGen.Tests;

public class MidpointRefusalTests
{
    [Fact]
    public void Curve_that_never_falls_is_refused() =>
        AssertRefused(Falling(0.90, 0.89, 0.88, 0.60), "never falls below 50.0 %", "lowest value is 60.0 % at σ = 10", "stronger noise");

    [Fact]
    public void Curve_that_never_rises_is_refused() =>
        AssertRefused(Falling(0.40, 0.30, 0.20, 0.10), "never rises above 50.0 %", "highest value is 40.0 % at σ = 0.01", "weaker noise");

    [Fact]
    public void Curve_that_only_rises_is_refused() =>
        AssertRefused(Falling(0.10, 0.30, 0.60, 0.90), "rises with the noise");

    [Fact]
    public void Network_no_better_than_chance_is_refused() =>
        AssertRefused(Falling(0.10, 0.11, 0.09, 0.10) with { NoiseFreeAccuracy = 0.098 }, "9.8 %", "not above chance, 10.0 %");

    [Fact]
    public void Three_levels_are_refused()
    {
        RobustnessCurve curve = Falling(0.90, 0.80, 0.20, 0.10);
        AssertRefused(curve with { Points = [curve.Points[0], curve.Points[2], curve.Points[3], curve.Points[3]] }, "4 different noise levels", "there are 3");
        AssertRefused(curve with { Points = [] }, "there are 0");
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Levels_without_a_logarithm_are_refused(float sigma)
    {
        RobustnessCurve curve = Falling(0.90, 0.80, 0.20, 0.10);
        AssertRefused(curve with { Points = curve.Points.Add(new RobustnessPoint(sigma, 0.5, 0)) }, FormattableString.Invariant($"σ = {sigma};"), "above 0");
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Values_that_are_no_accuracy_are_refused(double accuracy) =>
        AssertRefused(Falling(0.90, 0.80, accuracy, 0.10), FormattableString.Invariant($"accuracy {accuracy}"), "0 … 1");

    [Fact]
    public void Any_curve_gives_a_finite_midpoint_or_a_reason()
    {
        var random = new Random(17);
        int found = 0;
        for (int i = 0; i < 2000; i++)
        {
            RobustnessCurve curve = Curves.Of(
                Enumerable.Range(0, random.Next(0, 8)).Select(_ => (MathF.Pow(10, 4 * random.NextSingle() - 2), random.NextDouble())), random.NextDouble());
            if (!curve.TryGetMidpoint(out MidpointFit? fit, out string? reason))
            {
                Assert.NotEmpty(reason);
                continue;
            }

            found++;
            Assert.InRange(fit.Mu, curve.Points.Min(point => point.Sigma), curve.Points.Max(point => point.Sigma));
            Assert.True(fit.StandardError >= 0 && double.IsFinite(fit.Residual) && fit.Plateau > fit.Chance, fit.ToString());
        }

        Assert.InRange(found, 100, 1900);
    }

    private static RobustnessCurve Falling(params double[] accuracies) =>
        Curves.Of(accuracies.Select((accuracy, i) => (MathF.Pow(10, i - 2), accuracy)), noiseFree: 0.9);

    private static void AssertRefused(RobustnessCurve curve, params string[] parts)
    {
        Assert.False(curve.TryGetMidpoint(out MidpointFit? fit, out string? reason));
        Assert.Null(fit);
        Assert.All(parts, part => Assert.Contains(part, reason));
        Assert.Equal(reason, Assert.Throws<NoMidpointException>(() => curve.Midpoint).Message);
    }
}
