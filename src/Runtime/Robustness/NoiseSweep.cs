using System.Collections.Immutable;

namespace NoiseGen;

/// <summary>Sets noise levels, evaluates, and restores the earlier levels.</summary>
/// <param name="sites">All noise sites of the network.</param>
/// <param name="measure">Measures the accuracy, or the loss, with the noise realisation of the given number.</param>
/// <param name="progress">Is called after every evaluation.</param>
/// <param name="cancellation">Stops between two evaluations.</param>
internal sealed class NoiseSweep(
    NoiseSites sites, Func<uint, double> measure, Action<SweepProgress>? progress, CancellationToken cancellation)
{
    private uint _draws;
    private int _evaluations;

    /// <summary>Images behind each accuracy; null if it is not known.</summary>
    public int? Images { get; init; }

    /// <summary>Whether losses are measured instead of accuracies.</summary>
    public bool IsOfLoss { get; init; }

    /// <summary>The losses with the same noise at all sites.</summary>
    public LossCurve MeasureLoss(string name, IReadOnlyList<float> sigmas, int repeats)
    {
        Check(sigmas, repeats);
        _evaluations = 1 + sigmas.Count * repeats;
        using NoiseSites.KeptSigmas kept = sites.KeepEvaluationSigmas();
        double noiseFree = Evaluate(sites, 0f);
        return new LossCurve(
            name, noiseFree, repeats,
            [.. sigmas.Select(sigma => LossPoint.Of(sigma, Repeated(sites, sigma, repeats)))]) { Unit = SigmaGrid.UnitOf(sites) };
    }

    /// <summary>One curve with the same noise at all sites.</summary>
    public RobustnessCurve Measure(string name, int classes, IReadOnlyList<float> sigmas, int repeats) =>
        Measure([(name, sites)], classes, sigmas, repeats)[0];

    /// <summary>A curve for each set of sites, all others without noise.</summary>
    public ImmutableArray<RobustnessCurve> Measure(
        IReadOnlyList<(string Name, IEnumerable<NoiseSite> Noisy)> sets, int classes, IReadOnlyList<float> sigmas, int repeats)
    {
        Check(sigmas, repeats);
        _evaluations = 1 + sets.Count * sigmas.Count * repeats;
        using NoiseSites.KeptSigmas kept = sites.KeepEvaluationSigmas();
        double noiseFree = Evaluate(sites, 0f);
        return
        [
            .. sets.Select(set => new RobustnessCurve(
                set.Name, classes, noiseFree, repeats, [.. sigmas.Select(sigma => MeasurePoint(set.Noisy, sigma, repeats))])
            {
                Images = Images,
                Unit = SigmaGrid.UnitOf(sites),
            }),
        ];
    }

    public static void Check(IReadOnlyList<float> sigmas, int repeats)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        if (sigmas.Count == 0) throw new ArgumentException("There are no noise levels to measure at.", nameof(sigmas));
        foreach (float sigma in sigmas)
        {
            if (!Setting.IsPositive(sigma))
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"A noise level is a finite number above 0, not {sigma}; the noise-free accuracy is measured in any case."),
                            nameof(sigmas));
        }
    }

    private RobustnessPoint MeasurePoint(IEnumerable<NoiseSite> noisy, float sigma, int repeats) =>
        RobustnessPoint.Of(sigma, Repeated(noisy, sigma, repeats));

    private ImmutableArray<double> Repeated(IEnumerable<NoiseSite> noisy, float sigma, int repeats) =>
        [.. Enumerable.Range(0, repeats).Select(_ => Evaluate(noisy, sigma))];

    // Every evaluation has a different number, so that no two share their noise.
    private double Evaluate(IEnumerable<NoiseSite> noisy, float sigma)
    {
        cancellation.ThrowIfCancellationRequested();
        sites.SetEvaluationSigma(0f);
        foreach (NoiseSite site in noisy) site.EvaluationSigma = sigma;
        uint draw = _draws++;
        double found = measure(draw);
        progress?.Invoke(
            new SweepProgress((int)_draws, _evaluations, sigma, IsOfLoss ? double.NaN : found) { Loss = IsOfLoss ? found : double.NaN });
        return found;
    }
}
