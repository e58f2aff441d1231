using System.Collections.Immutable;
using NoiseGen;

namespace Harden.Report;

/// <summary>What both pictures of the curves show: titles, axes and the look of each curve.</summary>
/// <param name="TrainingSigma">The noise in training, null where the axis does not reach it.</param>
internal sealed record Figure(
    string Title, ImmutableArray<Series> Series, int FirstDecade, int LastDecade, double Chance, double? TrainingSigma)
{
    public const string XTitle = "noise σ in evaluation, at every site";
    public const string YTitle = "accuracy";
    public const string ChanceNote = "chance";
    public const string TrainingNote = "σ in training";

    /// <summary>Whether there are deviations to show: of more than one realisation, or training.</summary>
    public bool HasBands => Series[0].Curve.Repeats > 1;

    /// <summary>What the bands show.</summary>
    public string BandText { get; init; } = "repeats";

    public static Figure Of(JobResult result)
    {
        Figure figure = Of(
            $"{TitleOf(result.Settings.Network)} on {TitleOf(result.Settings.Data)}: accuracy under noise",
            [.. result.Variants.Zip(Look.All, (variant, look) => new Series(variant.Variant.Name, variant.Curve, variant.Midpoint, look))]);
        double training = Math.Log10(result.Settings.Sigma);
        bool isShown = training >= figure.FirstDecade && training <= figure.LastDecade;
        return figure with { TrainingSigma = isShown ? result.Settings.Sigma : null,
            BandText = result.Settings.Seeds > 1 ? "trainings" : "repeats" };
    }

    /// <summary>Curves of any kind, on a common axis.</summary>
    public static Figure Of(string title, ImmutableArray<Series> series)
    {
        double[] decades = [.. series.SelectMany(one => one.Points).Select(point => Math.Log10(point.Sigma))];
        // levels are floats: 0.01 is not 10^−2 to the last bit
        int first = (int)Math.Floor(decades.Min() + 1e-6), last = (int)Math.Ceiling(decades.Max() - 1e-6);
        return new Figure(title, series, first, Math.Max(last, first + 1), series[0].Curve.Chance, null);
    }

    public static string TitleOf(NetworkChoice network) => Catalogue.Of(network).Title;

    public static string TitleOf(DataChoice data) => data switch
    {
        DataChoice.Mnist => "MNIST",
        DataChoice.Cifar10 => "CIFAR-10",
        DataChoice.Keywords => "keywords",
        DataChoice.ColorDigits => "digits in colours",
        _ => "digits",
    };
}

/// <summary>A curve and how it looks.</summary>
/// <param name="Name">What a legend calls it.</param>
/// <param name="Curve">The curve.</param>
/// <param name="Midpoint">Its midpoint, null where it has none.</param>
/// <param name="Look">Colour and line.</param>
internal sealed record Series(string Name, RobustnessCurve Curve, MidpointFit? Midpoint, Look Look)
{
    public ImmutableArray<RobustnessPoint> Points => Curve.Points;

    /// <summary>The µ that a legend shows.</summary>
    public string MidpointText => Midpoint is { } fit ? $"µ = {Numbers.Midpoint(fit)}" : "no midpoint";

    /// <summary>The accuracy half-way down the fit, where the curve's marker is, at µ.</summary>
    public double HalfWay => Midpoint!.At(Midpoint.Mu);

    /// <summary>A curve by itself.</summary>
    public static Series Of(RobustnessCurve curve, Look look) =>
        new(curve.Name, curve, curve.TryGetMidpoint(out MidpointFit? fit, out _) ? fit : null, look);
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

    /// <summary>Looks of curves that are no ways to train: the four, then others.</summary>
    public static ImmutableArray<Look> Many { get; } =
    [
        .. All.Select(look => look with { Dashed = false }),
        new("amber", "#a87900", "#e6b84a", Dashed: false),
        new("violet", "#6f42c1", "#b392f0", Dashed: false),
        new("teal", "#117a8b", "#4dc4d6", Dashed: false),
        new("gray", "#57606a", "#afb8c1", Dashed: false),
    ];

    /// <summary>A look for each of many curves: colours first, then dashes.</summary>
    public static Look At(int index) =>
        index < Many.Length ? Many[index] : Many[index % Many.Length] with { Key = Many[index % Many.Length].Key + "2", Dashed = true };
}
