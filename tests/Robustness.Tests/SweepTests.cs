namespace NoiseGen.Tests;

public class SweepTests
{
    private readonly NoiseSites _sites = FakeNetwork.Sites("A", "B");

    [Fact]
    public void Points_are_mean_and_sample_deviation_over_the_repeats()
    {
        double[] answers = [0.95, 0.8, 0.9, 0.7, 0.2, 0.1, 0.3];
        RobustnessCurve curve = Sweep(draw => answers[draw]).Measure("net", 4, [0.5f, 2f], repeats: 3);
        Assert.Equal(("net", 4, 0.95, 3), (curve.Name, curve.Classes, curve.NoiseFreeAccuracy, curve.Repeats));
        Assert.Equal([0.5f, 2f], curve.Points.Select(point => point.Sigma));
        Assert.Equal([0.8, 0.2], curve.Points.Select(point => point.Mean), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.All(curve.Points, point => Assert.Equal(0.1, point.StandardDeviation, 1e-12));
    }

    [Fact]
    public void A_single_repeat_has_no_deviation() =>
        Assert.Equal(0, Sweep(_ => 0.5).Measure("net", 10, [1f], repeats: 1).Points[0].StandardDeviation);

    [Fact]
    public void Every_evaluation_has_its_own_noise_at_its_own_level()
    {
        var seen = new List<(uint Draw, float A, float B)>();
        Sweep(draw =>
        {
            seen.Add((draw, _sites["A"].EvaluationSigma, _sites["B"].EvaluationSigma));
            return 0.5;
        }).Measure("net", 10, [0.1f, 10f], repeats: 2);
        Assert.Equal([0f, 0.1f, 0.1f, 10f, 10f], seen.Select(s => s.A));
        Assert.Equal(seen.Select(s => s.A), seen.Select(s => s.B));
        Assert.Equal(5, seen.Select(s => s.Draw).Distinct().Count());
    }

    [Fact]
    public void Sigmas_are_put_back_even_after_a_failure()
    {
        (_sites["A"].EvaluationSigma, _sites["B"].EvaluationSigma, _sites["B"].TrainSigma) = (0.25f, 4f, 7f);
        Sweep(_ => 0.5).Measure("net", 10, [1f], repeats: 1);
        AssertUnchanged();
        Assert.Throws<InvalidTimeZoneException>(
            () => Sweep(draw => draw < 2 ? 0.5 : throw new InvalidTimeZoneException()).Measure("net", 10, [1f], repeats: 3));
        AssertUnchanged();

        void AssertUnchanged() =>
            Assert.Equal((0.25f, 4f, 7f), (_sites["A"].EvaluationSigma, _sites["B"].EvaluationSigma, _sites["B"].TrainSigma));
    }

    [Fact]
    public void Progress_counts_every_evaluation()
    {
        var seen = new List<SweepProgress>();
        new NoiseSweep(_sites, draw => draw / 10.0, seen.Add, default).Measure("net", 10, [1f, 2f], repeats: 2);
        Assert.Equal([1, 2, 3, 4, 5], seen.Select(p => p.Evaluation));
        Assert.All(seen, p => Assert.Equal(5, p.Evaluations));
        Assert.Equal(new SweepProgress(5, 5, 2f, 0.4), seen[^1]);
    }

    [Fact]
    public void Cancellation_stops_between_evaluations()
    {
        using var source = new CancellationTokenSource();
        int evaluations = 0;
        var sweep = new NoiseSweep(_sites, _ => { if (++evaluations == 2) source.Cancel(); return 0.5; }, null, source.Token);
        Assert.Throws<OperationCanceledException>(() => sweep.Measure("net", 10, [1f], repeats: 5));
        Assert.Equal(2, evaluations);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    public void Levels_must_be_above_zero(float sigma)
    {
        var exception = Assert.Throws<ArgumentException>(() => Sweep(_ => 0.5).Measure("net", 10, [1f, sigma], 1));
        Assert.Contains(FormattableString.Invariant($"not {sigma};"), exception.Message);
    }

    [Fact]
    public void Nothing_to_measure_is_an_error()
    {
        Assert.Throws<ArgumentException>(() => Sweep(_ => 0.5).Measure("net", 10, [], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sweep(_ => 0.5).Measure("net", 10, [1f], 0));
    }

    /// <summary>An untrained network guesses, whatever its curve looks like.</summary>
    [Fact]
    public void A_curve_knows_how_many_images_were_behind_it()
    {
        using var network = new Harden.MlpGray(seed: 3, batchSize: 32, threads: 1);
        var test = new BatchLoader(Digits.Create(seed: 5, train: 1, test: 60).Test, 32);
        RobustnessCurve all = Robustness.Sweep(network, test, [0.1f, 1f, 10f, 100f], repeats: 1);
        Assert.Equal(60, all.Images);
        Assert.Equal(60, Robustness.SweepDevices(network, test, devices: 1, [0.1f]).Images);
        Assert.All(Robustness.WalkingNoise(network, test, [0.1f], repeats: 1), site => Assert.Equal(60, site.Images));
        Assert.False(all.TryGetMidpoint(out _, out string? reason));
        Assert.Contains("chance", reason);
    }

    private NoiseSweep Sweep(Func<uint, double> accuracy) => new(_sites, accuracy, progress: null, cancellation: default);
}
