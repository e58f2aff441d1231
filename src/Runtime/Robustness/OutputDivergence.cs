using System.Collections.Immutable;

namespace NoiseGen;

/// <summary>How far a network's outputs are from its noise-free ones at one noise level.</summary>
/// <param name="Sigma">Standard deviation of the noise at every site, above 0.</param>
/// <param name="Mean">Mean Kullback–Leibler divergence of an image's noisy class probabilities from its noise-free ones, in nats,
/// over images and repeats.</param>
/// <param name="StandardDeviation">Sample standard deviation of the mean over the repeats; 0 with a single one.</param>
public readonly record struct DivergencePoint(float Sigma, double Mean, double StandardDeviation)
{
    /// <summary>Such as <c>σ = 0.1: 0.0213 ± 0.0004 nats</c>.</summary>
    public override string ToString() => InvariantText.Of($"σ = {Sigma:G3}: {Mean:G3} ± {StandardDeviation:G2} nats");
}

/// <summary>The Kullback–Leibler divergence KL(p ‖ q) = Σ p·(ln p − ln q) of two softmaxes, image by image.</summary>
internal static class OutputDivergence
{
    /// <summary>The mean over all images.</summary>
    /// <param name="expected">Logits, image × class: those of p.</param>
    /// <param name="actual">Those of q.</param>
    /// <param name="classes">Number of classes.</param>
    public static double Mean(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, int classes)
    {
        double sum = 0;
        for (int start = 0; start < expected.Length; start += classes)
            sum += Of(expected.Slice(start, classes), actual.Slice(start, classes));
        return sum / (expected.Length / classes);
    }

    private static double Of(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        double p = LogSum(expected), q = LogSum(actual), sum = 0;
        for (int c = 0; c < expected.Length; c++) sum += Math.Exp(expected[c] - p) * (expected[c] - p - (actual[c] - q));
        return sum;
    }

    // ln Σ e^z
    private static double LogSum(ReadOnlySpan<float> logits)
    {
        double largest = double.NegativeInfinity, sum = 0;
        foreach (float z in logits) largest = Math.Max(largest, z);
        foreach (float z in logits) sum += Math.Exp(z - largest);
        return largest + Math.Log(sum);
    }

    /// <summary>Sets the levels one after another, and restores the earlier ones.</summary>
    public static ImmutableArray<DivergencePoint> Measure(
        NoiseSites sites, IReadOnlyList<float> sigmas, int repeats, Func<uint, float[]> logits, int classes)
    {
        using NoiseSites.KeptSigmas kept = sites.KeepEvaluationSigmas();
        uint draw = 0;
        sites.SetEvaluationSigma(0f);
        float[] clean = logits(draw++);
        var points = ImmutableArray.CreateBuilder<DivergencePoint>(sigmas.Count);
        foreach (float sigma in sigmas)
        {
            sites.SetEvaluationSigma(sigma);
            double[] means = new double[repeats];
            for (int i = 0; i < repeats; i++) means[i] = Mean(clean, logits(draw++), classes);
            points.Add(new(sigma, means.Average(), SampleDeviation.Of(means)));
        }

        return points.ToImmutable();
    }
}
