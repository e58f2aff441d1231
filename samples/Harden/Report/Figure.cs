using System.Collections.Immutable;
using NoiseGen;

namespace Harden.Report;

/// <summary>What both pictures of the curves show: titles, axes and the look of each variant.</summary>
/// <param name="TrainingSigma">The noise in training; null if it is beyond the axis.</param>
internal sealed record Figure(
    string Title, ImmutableArray<Series> Series, int FirstDecade, int LastDecade, double Chance, double? TrainingSigma)
{
    /// <summary>Whether there are deviations to show: only with more than one realisation.</summary>
    public bool HasBands => Series[0].Result.Curve.Repeats > 1;

    public const string XTitle = "noise σ in evaluation, at every site";
    public const string YTitle = "accuracy";
    public const string ChanceNote = "chance";
    public const string TrainingNote = "σ in training";

    public static Figure Of(JobResult result)
    {
        double[] decades = [.. result.Variants.SelectMany(variant => variant.Curve.Points).Select(point => Math.Log10(point.Sigma))];
        // levels are floats: 0.01 is not exactly 10^−2
        int first = (int)Math.Floor(decades.Min() + 1e-6), last = (int)Math.Ceiling(decades.Max() - 1e-6);
        double training = Math.Log10(result.Settings.Sigma);
        return new Figure(
            $"{TitleOf(result.Settings.Network)} on {TitleOf(result.Settings.Data)}: accuracy under noise",
            [.. result.Variants.Zip(Look.All, (variant, look) => new Series(variant, look))],
            first,
            Math.Max(last, first + 1),
            result.Variants[0].Curve.Chance,
            training >= first && training <= last ? result.Settings.Sigma : null);
    }

    public static string TitleOf(NetworkChoice network) => Catalogue.Of(network).Title;

    public static string TitleOf(DataChoice data) => data switch
    {
        DataChoice.Mnist => "MNIST",
        DataChoice.Cifar10 => "CIFAR-10",
        DataChoice.Keywords => "keywords",
        _ => "digits",
    };
}

/// <summary>A curve and how it looks.</summary>
internal sealed record Series(VariantResult Result, Look Look)
{
    public string Name => Result.Variant.Name;

    public ImmutableArray<RobustnessPoint> Points => Result.Curve.Points;

    public MidpointFit? Midpoint => Result.Midpoint;

    /// <summary>The µ that a legend shows.</summary>
    public string MidpointText => Midpoint is { } fit ? $"µ = {Numbers.Midpoint(fit)}" : "no midpoint";

    /// <summary>The accuracy half-way down the fit, where the curve's marker is, at µ.</summary>
    public double HalfWay => Midpoint!.At(Midpoint.Mu);
}

/// <summary>
/// Colour and line of a curve, in the order of <see cref="Variant.All"/>:
/// warm colours for clean training, cool ones for noisy, dashes for quantized. On a light background these are the colours of
/// Okabe and Ito (2008), which colour-blind readers can distinguish; on a dark background, lighter ones of the same hues.
/// </summary>
internal sealed record Look(string Key, string Light, string Dark, bool Dashed)
{
    public static ImmutableArray<Look> All { get; } =
    [
        new("clean", "#d55e00", "#ff8f4a", Dashed: false),
        new("quantized", "#cc79a7", "#e6a3c8", Dashed: true),
        new("noisy", "#0072b2", "#56b4e9", Dashed: false),
        new("both", "#009e73", "#35c99d", Dashed: true),
    ];
}
