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

    /// <summary>
    /// By the one-sided binomial test: of 1,000 guesses among ten, 130 or more are right with a probability of 0.0013, 131 or more with one
    /// below 0.001.
    /// </summary>
    [Theory]
    [InlineData(1000, 0.131, true)]
    [InlineData(1000, 0.130, false)]
    [InlineData(60, 0.2, false)]
    [InlineData(60, 0.5, true)]
    public void An_accuracy_that_guessing_reaches_is_refused(int images, double noiseFree, bool isAboveChance)
    {
        RobustnessCurve curve = Curves.Ideal(noiseFree, mu: 0.3, steepness: 2) with { Images = images };
        if (isAboveChance) Assert.Equal(0.3, curve.Midpoint.Mu, 1e-4);
        else AssertRefused(
            curve, "cannot be told from chance, 10.0 %", $" of {images:#,0} images right", "above 0.001 (one-sided binomial test)");
        Assert.True((curve with { Images = null }).TryGetMidpoint(out _, out _)); // nothing is known of how many there were
    }

    [Fact]
    public void Guessing_among_one_class_or_none_is_refused() =>
        AssertRefused(Falling(0.90, 0.80, 0.20, 0.10) with { Classes = 1 }, "1 classes", "2 or more");

    [Fact]
    public void A_curve_has_images() => Assert.Throws<ArgumentOutOfRangeException>(() => Falling(0.9, 0.1) with { Images = 0 });

    /// <summary>
    /// A network that had learned nothing: the curve falls within one level, and what was fitted was the scatter behind it, µ = 0.0178 with
    /// an infinite error.
    /// </summary>
    [Fact]
    public void A_fit_to_scatter_is_refused()
    {
        double[] accuracies =
            [0.138, 0.119, 0.095, 0.096, 0.097, 0.100, 0.098, 0.102, 0.1, 0.101, 0.099, 0.100, 0.1, 0.101, 0.099, 0.1, 0.1];
        AssertRefused(Curves.Of(SigmaGrid.Default.Zip(accuracies), noiseFree: 0.138), "one of them alone", "near σ = 0.0178");
    }

    /// <summary>Scatter alone, of which one level near the first stands out.</summary>
    [Fact]
    public void A_fit_whose_error_is_above_the_measured_range_is_refused()
    {
        double[] accuracies =
            [0.108, 0.447, 0.515, 0.972, 0.635, 0.398, 0.269, 0.174, 0.521, 0.268, 0.264, 0.415, 0.511, 0.023, 0.432, 0.219, 0.427];
        AssertRefused(Curves.Of(SigmaGrid.Default.Zip(accuracies), noiseFree: 0.384), "do not determine the midpoint",
            "standard error of log µ is 1", "more than their whole range");
    }

    /// <summary>
    /// A curve that rises before it falls, as those of networks that were trained with strong noise: no logistic function, however steep,
    /// describes it.
    /// </summary>
    [Fact]
    public void Any_midpoint_that_is_reported_has_a_finite_error()
    {
        var random = new Random(23);
        int found = 0;
        for (int i = 0; i < 2000; i++)
        {
            double middle = 0.02 + 5 * random.NextDouble(), plateau = 0.11 + 0.5 * random.NextDouble(), hump = random.NextDouble();
            RobustnessCurve curve = Curves.Of(
                SigmaGrid.Default.Select(sigma => (sigma, Math.Clamp(
                    Curves.Logistic(sigma, plateau, 0.1, middle, 1 + 10 * random.NextDouble()) + hump * 0.1 * (sigma < middle
                        ? sigma / middle : 0) + 0.02 * random.NextDouble(), 0, 1))),
                plateau);
            if (!curve.TryGetMidpoint(out MidpointFit? fit, out _)) continue;
            found++;
            Assert.True(double.IsFinite(fit.StandardError) && double.IsFinite(fit.Steepness), fit.ToString());
            Assert.InRange(fit.StandardError / fit.Mu, 0, Math.Log(1e4));
        }

        Assert.InRange(found, 500, 2000);
    }

    /// <summary>A perfect fit, of any µ between the two levels.</summary>
    [Fact]
    public void A_step_between_two_levels_is_refused() => AssertRefused(
        Curves.Of(SigmaGrid.Default.Select(sigma => (sigma, sigma < 0.9f ? 0.9 : 0.1)), noiseFree: 0.9), "too steeply",
        "none of them lies between its plateau and chance", "near σ = 0.75");

    /// <summary>A level half-way pins µ for any k, and its error looks like nothing.</summary>
    [Fact]
    public void A_fall_through_one_level_is_refused() => AssertRefused(
        Curves.Of(SigmaGrid.Default.Select(sigma => (sigma, sigma < 0.9f ? 0.9 : sigma < 1.1f ? 0.5 : 0.1)), noiseFree: 0.9),
        "one of them alone", "need 2", "near σ = 1:");

    [Fact]
    public void Three_levels_are_refused()
    {
        RobustnessCurve curve = Falling(0.90, 0.80, 0.20, 0.10);
        AssertRefused(curve with { Points = [curve.Points[0], curve.Points[2], curve.Points[3], curve.Points[3]] },
            "4 different noise levels", "there are 3");
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
        AssertRefused(curve with { Points = curve.Points.Add(new RobustnessPoint(sigma, 0.5, 0)) },
            FormattableString.Invariant($"σ = {sigma};"), "above 0");
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
                Enumerable.Range(0, random.Next(0, 8)).Select(_ => (MathF.Pow(10, 4 * random.NextSingle() - 2), random.NextDouble())),
                random.NextDouble());
            if (!curve.TryGetMidpoint(out MidpointFit? fit, out string? reason))
            {
                Assert.NotEmpty(reason);
                continue;
            }

            found++;
            Assert.InRange(fit.Mu, curve.Points.Min(point => point.Sigma), curve.Points.Max(point => point.Sigma));
            Assert.True(fit.StandardError >= 0 && double.IsFinite(fit.Residual) && fit.Plateau > fit.Chance, fit.ToString());
        }

        Assert.InRange(found, 30, 1900);
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
