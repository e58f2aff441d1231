using Harden;

namespace NoiseGen.Tests;

/// <summary>How far noise moves a network's outputs.</summary>
public class DivergenceTests
{
    // p = (¼, ¾): ¼·ln(¼ / ½) + ¾·ln(¾ / ½) from an even coin; and equal outputs, whatever is added to all logits.
    [Fact]
    public void FollowsTheDefinition()
    {
        double expected = 0.25 * Math.Log(0.5) + 0.75 * Math.Log(1.5);
        float[] quarter = [0f, MathF.Log(3f)], even = [5f, 5f];
        Assert.Equal(expected, OutputDivergence.Mean(quarter, even, 2), 1e-7);
        Assert.Equal(expected / 2, OutputDivergence.Mean([.. quarter, 1f, 2f], [.. even, 101f, 102f], 2), 1e-6);
    }

    [Fact]
    public void GrowsWithTheNoise()
    {
        using var network = new LeNet5Gray(seed: 1, batchSize: 64, threads: 1);
        var test = new BatchLoader(Digits.Create(seed: 3, train: 10, test: 150).Test, 64);
        network.Noise.SetEvaluationSigma(0.123f);

        DivergencePoint[] points = [.. Robustness.Divergence(network, test, [0.01f, 0.1f, 1f], repeats: 3)];

        Assert.Equal([0.01f, 0.1f, 1f], points.Select(point => point.Sigma));
        Assert.InRange(points[0].Mean, 1e-9, points[1].Mean / 20); // as the square of small noise
        Assert.True(points[1].Mean < points[2].Mean);
        Assert.All(points, point => Assert.InRange(point.StandardDeviation, 1e-12, point.Mean));
        Assert.All(network.Noise, site => Assert.Equal(0.123f, site.EvaluationSigma));
        Assert.Throws<ArgumentException>(() => Robustness.Divergence(network, test, [0f]));
        Assert.Contains("no batches", Assert.Throws<ArgumentException>(() => Robustness.Divergence(network, new NoBatches(), [1f])).Message,
            StringComparison.Ordinal);
    }

    private sealed class NoBatches : BatchSource
    {
        public override Shape Shape => new(1, 28, 28);

        public override int Classes => 10;

        public override int Count => 0;

        public override int First => 0;

        public override void Start(int epoch) { }

        public override bool MoveNext() => false;

        public override int Label(int image) => 0;

        public override void Load(int first, Span<float> lanes) { }
    }
}
