using System.Collections.Immutable;
using NoiseGen;

namespace Harden;

/// <summary>One of the four ways to train.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Quantized">Whether weights and activations are quantized, in training and evaluation.</param>
/// <param name="Noisy">Whether it trains with noise.</param>
internal sealed record Variant(string Name, bool Quantized, bool Noisy)
{
    public static ImmutableArray<Variant> All { get; } =
    [
        new("clean", Quantized: false, Noisy: false),
        new("quantized", Quantized: true, Noisy: false),
        new("noisy", Quantized: false, Noisy: true),
        new("quantized and noisy", Quantized: true, Noisy: true),
    ];
}

/// <summary>The result of one variant.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="History">The training.</param>
/// <param name="Curve">Accuracy on the test images over the strength of the noise.</param>
/// <param name="NetworkSummary">The network's table of stages.</param>
internal sealed record VariantResult(Variant Variant, TrainingHistory History, RobustnessCurve Curve, string NetworkSummary)
{
    /// <summary>A curve per noise site alone, in execution order; empty if they were not measured.</summary>
    public ImmutableArray<RobustnessCurve> Sites { get; init; } = [];

    /// <summary>The trainings, where there are several: <see cref="Curve"/> is then their mean.</summary>
    public ImmutableArray<TrainedNetwork> Trainings { get; init; } = [];

    /// <summary>
    /// The midpoint noise level, null where there is none: with its standard error,
    /// or of several trainings their geometric mean with its spread, a sample standard
    /// deviation.
    /// </summary>
    public MidpointFit? Midpoint => Estimate().Fit;

    /// <summary>Why there is no midpoint, null where there is one.</summary>
    public string? NoMidpoint => Estimate().Reason;

    /// <summary>What trainings with several seeds led to.</summary>
    /// <param name="variant">The way.</param>
    /// <param name="trainings">At least one.</param>
    /// <param name="summary">The network's table of stages.</param>
    public static VariantResult Of(Variant variant, ImmutableArray<TrainedNetwork> trainings, string summary) => trainings is [var only]
        ? new(variant, only.History, only.Curve, summary) { Sites = only.Sites }
        : new(variant, trainings[0].History, TrainedNetwork.Mean(trainings), summary) { Sites = trainings[0].Sites, Trainings = trainings };

    /// <summary>The midpoints of one of the sites, of each training that has one there.</summary>
    public double[] SiteMidpoints(int site) =>
        [.. Trainings.Select(one => one.Sites[site].TryGetMidpoint(out MidpointFit? fit, out _) ? fit.Mu : double.NaN)
            .Where(double.IsFinite)];

    private (MidpointFit? Fit, string? Reason) Estimate()
    {
        if (!Curve.TryGetMidpoint(out MidpointFit? ofCurve, out string? reason)) return (null, reason);
        if (Trainings.IsEmpty) return (ofCurve, null);
        if (Trainings.FirstOrDefault(one => one.Midpoint is null) is { } without)
            return (null, FormattableString.Invariant($"with seed {without.Seed}: {without.NoMidpoint}"));
        double[] midpoints = [.. Trainings.Select(one => one.Midpoint!.Mu)];
        return (ofCurve with { Mu = Spread.GeometricMean(midpoints), StandardError = Spread.Deviation(midpoints) }, null);
    }
}

/// <summary>One trained network of several.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="History">Its training.</param>
/// <param name="Curve">Its accuracy over the strength of the noise.</param>
internal sealed record TrainedNetwork(ulong Seed, TrainingHistory History, RobustnessCurve Curve)
{
    /// <summary>A curve for each noise site alone, in execution order; empty where they were not measured.</summary>
    public ImmutableArray<RobustnessCurve> Sites { get; init; } = [];

    /// <summary>The midpoint noise level, null where the curve has none.</summary>
    public MidpointFit? Midpoint => Curve.TryGetMidpoint(out MidpointFit? fit, out _) ? fit : null;

    /// <summary>Why there is no midpoint; null if there is one.</summary>
    public string? NoMidpoint => Curve.TryGetMidpoint(out _, out string? reason) ? null : reason;

    /// <summary>The mean of curves at the same levels; deviations are those of the trainings.</summary>
    public static RobustnessCurve Mean(ImmutableArray<TrainedNetwork> trainings)
    {
        RobustnessCurve first = trainings[0].Curve;
        return first with
        {
            NoiseFreeAccuracy = trainings.Average(one => one.Curve.NoiseFreeAccuracy),
            Repeats = trainings.Length,
            Images = first.Images * trainings.Length,
            Points = [
                .. first.Points.Select(
                    (point, i) => RobustnessPoint.Of(point.Sigma, [.. trainings.Select(one => one.Curve.Points[i].Mean)]))],
        };
    }
}

/// <summary>Numbers of several trainings as one.</summary>
internal static class Spread
{
    /// <summary>Midpoints and gains are compared by their ratios.</summary>
    public static double GeometricMean(IReadOnlyCollection<double> values) => Math.Exp(values.Average(Math.Log));

    /// <summary>The sample standard deviation, √(Σ(x − mean)² / (n − 1)); 0 of a single value.</summary>
    public static double Deviation(IReadOnlyCollection<double> values)
    {
        double mean = values.Average();
        return values.Count < 2 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }
}

/// <summary>The result of a whole job.</summary>
/// <param name="Settings">The job's settings.</param>
/// <param name="TrainImages">Number of training images.</param>
/// <param name="TestImages">Number of test images.</param>
/// <param name="Variants">The four variants, the clean one first.</param>
/// <param name="Duration">Time of training and sweeps together.</param>
internal sealed record JobResult(
    Settings Settings, int TrainImages, int TestImages, ImmutableArray<VariantResult> Variants, TimeSpan Duration)
{
    /// <summary>Where it comes from; null where that is not known.</summary>
    public Provenance? Provenance { get; init; }

    /// <summary>What was warned of before the trainings.</summary>
    public IEnumerable<string> Warnings => Variants.SelectMany(variant => variant.History.Warnings).Distinct();

    /// <summary>What stands behind each ±, in a sentence or two.</summary>
    public string ErrorsText => Settings.Seeds == 1
        ? "± of µ is the standard error of the fit, and ± of a gain follows from those of its two fits: they say nothing of how trainings "
            + "with other seeds differ (--seeds)."
        : FormattableString.Invariant($"Each number is of {Settings.Seeds} trainings, with the seeds from {Settings.Seed} on: ")
            + "accuracies are means, µ and gains geometric means. "
            + "± is the spread over these trainings, a sample standard deviation; that of a gain is of the ratios of trainings with the "
            + "same seed.";

    /// <summary>
    /// How many times as much noise a way withstands as clean training does, with its ± of <see cref="ErrorsText"/>;
    /// null where a midpoint is missing.
    /// </summary>
    public (double Ratio, double Error)? GainOf(VariantResult variant)
    {
        if (variant.Variant == Variants[0].Variant || variant.Midpoint is not { } hardened || Variants[0].Midpoint is not { } clean)
            return null;
        if (!variant.Trainings.IsEmpty)
        {
            double[] ratios = [.. variant.Trainings.Zip(Variants[0].Trainings, (one, other) => one.Midpoint!.Mu / other.Midpoint!.Mu)];
            return (Spread.GeometricMean(ratios), Spread.Deviation(ratios));
        }

        double ratio = hardened.Mu / clean.Mu;
        // The squares of the relative errors of independent factors add.
        return (ratio, ratio * double.Hypot(hardened.StandardError / hardened.Mu, clean.StandardError / clean.Mu));
    }
}
