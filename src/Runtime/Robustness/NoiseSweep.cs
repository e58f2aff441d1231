using System.Collections.Immutable;

namespace NoiseGen;

/// <summary>Sets noise levels, evaluates, and puts back what it found.</summary>
/// <param name="sites">The noise sites that are set, all alike.</param>
/// <param name="accuracy">Measures the accuracy with the noise realisation of the given number.</param>
/// <param name="progress">Is told of every evaluation.</param>
/// <param name="cancellation">Stops between two evaluations.</param>
internal sealed class NoiseSweep(NoiseSites sites, Func<uint, double> accuracy, IProgress<SweepProgress>? progress, CancellationToken cancellation)
{
    private uint _draws;
    private int _evaluations;

    public RobustnessCurve Measure(string name, int classes, IReadOnlyList<float> sigmas, int repeats)
    {
        Check(sigmas, repeats);
        _evaluations = 1 + sigmas.Count * repeats;
        float[] before = [.. sites.Select(site => site.EvaluationSigma)];
        try
        {
            double noiseFree = Evaluate(0f);
            ImmutableArray<RobustnessPoint> points = [.. sigmas.Select(sigma => MeasurePoint(sigma, repeats))];
            return new RobustnessCurve(name, classes, noiseFree, repeats, points);
        }
        finally
        {
            for (int i = 0; i < before.Length; i++) sites[i].EvaluationSigma = before[i];
        }
    }

    private static void Check(IReadOnlyList<float> sigmas, int repeats)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        if (sigmas.Count == 0) throw new ArgumentException("There are no noise levels to measure at.", nameof(sigmas));
        foreach (float sigma in sigmas)
        {
            if (!(sigma > 0f) || !float.IsFinite(sigma))
                throw new ArgumentException(FormattableString.Invariant($"A noise level is a finite number above 0, not {sigma}; the noise-free accuracy is measured in any case."), nameof(sigmas));
        }
    }

    private RobustnessPoint MeasurePoint(float sigma, int repeats)
    {
        var accuracies = new double[repeats];
        for (int repeat = 0; repeat < repeats; repeat++) accuracies[repeat] = Evaluate(sigma);
        double mean = accuracies.Average();
        double squares = accuracies.Sum(a => (a - mean) * (a - mean));
        return new RobustnessPoint(sigma, mean, repeats > 1 ? Math.Sqrt(squares / (repeats - 1)) : 0);
    }

    // Every evaluation has a number of its own, so that no two share their noise.
    private double Evaluate(float sigma)
    {
        cancellation.ThrowIfCancellationRequested();
        sites.SetEvaluationSigma(sigma);
        uint draw = _draws++;
        double found = accuracy(draw);
        progress?.Report(new SweepProgress((int)_draws, _evaluations, sigma, found));
        return found;
    }
}
