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

    /// <summary>The midpoint noise level; null if the curve has none.</summary>
    public MidpointFit? Midpoint { get; } = Curve.TryGetMidpoint(out MidpointFit? midpoint, out _) ? midpoint : null;

    /// <summary>Why there is no midpoint; null if there is one.</summary>
    public string? NoMidpoint => Curve.TryGetMidpoint(out _, out string? reason) ? null : reason;
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
    /// <summary>Warnings before the trainings.</summary>
    public IEnumerable<string> Warnings => Variants.SelectMany(variant => variant.History.Warnings).Distinct();

    /// <summary>
    /// How many times as much noise a variant withstands as clean training, with its standard error; null if a midpoint is missing.
    /// </summary>
    public (double Ratio, double Error)? GainOf(VariantResult variant)
    {
        if (variant.Variant == Variants[0].Variant || variant.Midpoint is not { } hardened || Variants[0].Midpoint is not { } clean)
            return null;
        double ratio = hardened.Mu / clean.Mu;
        // The squares of the relative errors of independent factors add.
        return (ratio, ratio * double.Hypot(hardened.StandardError / hardened.Mu, clean.StandardError / clean.Mu));
    }
}
