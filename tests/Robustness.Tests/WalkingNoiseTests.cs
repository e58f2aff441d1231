namespace NoiseGen.Tests;

/// <summary>One noisy site at a time, what is made of its midpoints, and how sure they are.</summary>
public class WalkingNoiseTests
{
    private readonly NoiseSites _sites = FakeNetwork.Sites("A", "B", "C");

    [Fact]
    public void One_site_is_noisy_at_a_time()
    {
        var seen = new List<string>();
        var sweep = new NoiseSweep(
            _sites, _ => { seen.Add(string.Join(' ', _sites.Select(site => site.EvaluationSigma))); return 0.5; }, null, default);
        _sites["B"].EvaluationSigma = 9f;

        var curves = sweep.Measure([.. _sites.Select(site => (site.Name, (IEnumerable<NoiseSite>)[site]))], 10, [1f, 2f], repeats: 1);

        Assert.Equal(["0 0 0", "1 0 0", "2 0 0", "0 1 0", "0 2 0", "0 0 1", "0 0 2"], seen);
        Assert.Equal(["A", "B", "C"], curves.Select(curve => curve.Name));
        Assert.Equal([0f, 9f, 0f], _sites.Select(site => site.EvaluationSigma));
    }

    [Fact]
    public void A_site_is_as_fragile_as_its_share_of_the_network()
    {
        // Site A fails at 0.1, B at 1, C at 10.
        double Accuracy() =>
            _sites.Select((site, i) => Curves.Logistic(Math.Max(1e-9, site.EvaluationSigma), 0.9, 0.1, Math.Pow(10, i - 1), 2.5)).Min();
        var curves = new NoiseSweep(_sites, _ => Accuracy(), null, default)
            .Measure([.. _sites.Select(site => (site.Name, (IEnumerable<NoiseSite>)[site]))], 10, SigmaGrid.Default, repeats: 1);

        Assert.Equal([0.1, 1, 10], curves.Select(curve => curve.Midpoint.Mu), (a, b) => Math.Abs(a - b) < 1e-3 * a);
    }

    [Theory]
    [InlineData(3, new[] { 1, 1, 1 })]
    [InlineData(6, new[] { 4, 1, 1 })]  // 1·√4 has reached 2
    [InlineData(12, new[] { 9, 2, 1 })] // 1·√8 = 2.83 = 2·√2
    public void Repetitions_go_to_the_most_fragile_site(int budget, int[] expected) =>
        Assert.Equal(expected, Robustness.PlanRepetitions([1.0, 2.0, double.PositiveInfinity], budget));

    [Fact]
    public void A_budget_below_one_execution_each_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Robustness.PlanRepetitions([1.0, 2.0], 1));
        Assert.Throws<ArgumentException>(() => Robustness.PlanRepetitions([0.0, 2.0], 5));
    }

    [Fact]
    public void The_bootstrap_covers_the_midpoint_and_narrows_with_the_scatter()
    {
        RobustnessCurve Curve(double scatter)
        {
            var random = new Random(3);
            return new("made up", 10, 0.9, 8,
            [
                .. SigmaGrid.Default.Select(sigma => RobustnessPoint.Of(
                    sigma, [.. Enumerable.Range(0, 8).Select(
                        _ => Math.Clamp(Curves.Logistic(sigma, 0.9, 0.1, 0.5, 2.5) + scatter * (random.NextDouble() - 0.5), 0, 1))])),
            ]);
        }

        (double low, double high) = Curve(0.2).BootstrapMidpoint();
        Assert.InRange(0.5, low, high);
        (double lower, double higher) = Curve(0.02).BootstrapMidpoint();
        Assert.InRange((high - low) / (higher - lower), 5, 20);
        Assert.Throws<InvalidOperationException>(() => Curves.Ideal(0.9, 0.5, 2.5).BootstrapMidpoint());
        Assert.Throws<ArgumentOutOfRangeException>(() => Curve(0.2).BootstrapMidpoint(confidence: 1));
    }

    [Fact]
    public void The_area_is_the_mean_over_log_sigma()
    {
        Assert.Equal(0.5, Curves.Of([(0.01f, 1.0), (1f, 0.5), (100f, 0.0)], 1).AreaUnderCurve, 1e-8); // 0.01f is not 0.01
        Assert.Equal(0.75, Curves.Of([(1f, 1.0), (10f, 1.0), (100f, 0.0)], 1).AreaUnderCurve, 1e-6);
        Assert.Throws<InvalidOperationException>(() => Curves.Of([(1f, 1.0)], 1).AreaUnderCurve);
    }
}
