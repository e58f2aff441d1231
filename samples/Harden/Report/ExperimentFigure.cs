using System.Collections.Immutable;
using System.Globalization;
using Harden.Experiments;

namespace Harden.Report;

/// <summary>
/// µ of an experiment's networks over what its grid changes: the strength of the training noise,
/// or the scale of the quantizers.
/// </summary>
/// <param name="XTitle">What the axis shows.</param>
/// <param name="Series">A line for each kind of network.</param>
/// <param name="Clean">µ of the networks trained clean, for comparison; null where there is none.</param>
internal sealed record ExperimentFigure(string Title, string XTitle, ImmutableArray<ExperimentSeries> Series, double? Clean)
{
    public const string YTitle = "midpoint noise level µ";

    /// <summary>What the error bars show.</summary>
    public string ErrorsText { get; init; } = "";

    /// <summary>The points of a experiment's results; null where there are none to draw.</summary>
    public static ExperimentFigure? Of(Settings settings, ExperimentChoice experiment, ResultsFile results)
    {
        bool isOfScales = experiment == ExperimentChoice.QatScales;
        var rows = results.Rows.Where(row => row["midpoint"].Length > 0).ToArray();
        var trained = rows.Where(row => row["variant"] != Cell.Clean && row["scale"] != CommandLine.LearnedScale)
            .GroupBy(row => isOfScales ? $"{row["bits"]} bits" : row["variant"]).ToArray();
        if (trained.Length == 0) return null;
        double[] clean = [.. rows.Where(row => row["variant"] == Cell.Clean).Select(row => Number(row["midpoint"]))];
        return new ExperimentFigure(
            $"{Figure.TitleOf(settings.Network)} on {Figure.TitleOf(settings.Data)}: {TitleOf(experiment)}",
            isOfScales ? "scale c of the activation quantizers" : "noise σ in training",
            [.. trained.Select(
                (kind, i) => new ExperimentSeries(
                    kind.Key, Look.Many[i % Look.Many.Length],
                    [.. kind.GroupBy(row => Number(row[isOfScales ? "scale" : "training_sigma"])).Select(Point)
                        .OrderBy(point => point.X)]))],
            clean.Length > 0 ? Spread.GeometricMean(clean) : null)
        {
            ErrorsText = rows.Select(row => row["seed"]).Distinct().Count() > 1
                ? "Points are geometric means over the seeds, bars ± the spread of µ over them, a sample standard deviation."
                : "Bars are ± the standard error of the fit of µ.",
        };
    }

    /// <summary>What an experiment is about.</summary>
    public static string TitleOf(ExperimentChoice experiment) => experiment switch
    {
        ExperimentChoice.NoisyTraining => "training with noise",
        ExperimentChoice.QatScales => "quantized training",
        ExperimentChoice.VarianceAware => "variance-aware training",
        _ => "Walking Noise",
    };

    /// <summary>The first and last power of ten of the horizontal axis.</summary>
    public (int First, int Last) XDecades => Decades(Series.SelectMany(series => series.Points).Select(point => point.X));

    /// <summary>Likewise of the vertical one.</summary>
    public (int First, int Last) YDecades =>
        Decades(Series.SelectMany(series => series.Points).Select(point => point.Mu).Concat(Clean is { } mu ? [mu] : []));

    private static (int, int) Decades(IEnumerable<double> values)
    {
        double[] logarithms = [.. values.Select(Math.Log10)];
        int first = (int)Math.Floor(logarithms.Min() + 1e-6);
        return (first, Math.Max(first + 1, (int)Math.Ceiling(logarithms.Max() - 1e-6)));
    }

    private static ExperimentPoint Point(IGrouping<double, IReadOnlyDictionary<string, string>> rows)
    {
        double[] midpoints = [.. rows.Select(row => Number(row["midpoint"]))];
        double error = midpoints.Length > 1 ? Spread.Deviation(midpoints) : Number(rows.Single()["midpoint_standard_error"]);
        return new ExperimentPoint(rows.Key, Spread.GeometricMean(midpoints), error);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>A line of an <see cref="ExperimentFigure"/>.</summary>
internal sealed record ExperimentSeries(string Name, Look Look, ImmutableArray<ExperimentPoint> Points);

/// <summary>A point of it.</summary>
internal readonly record struct ExperimentPoint(double X, double Mu, double Error);
