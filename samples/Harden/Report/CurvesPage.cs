using System.Collections.Immutable;
using NoiseGen;

namespace Harden.Report;

/// <summary>A page about curves that are no four ways to train: of networks in files, or of earlier runs.</summary>
internal static class CurvesPage
{
    /// <param name="lead">What is shown, in a sentence or two.</param>
    /// <param name="figure">The curves.</param>
    /// <param name="picture">The curves, an svg element.</param>
    /// <param name="sites">Each site alone; null where that was not measured.</param>
    /// <param name="files">Names of the files beside it.</param>
    /// <param name="provenance">Where it comes from.</param>
    public static string Of(
        string title, string lead, Figure figure, string picture, SiteFigure? sites, IReadOnlyList<string> files, Provenance provenance)
    {
        var page = new HtmlPage(title);
        page.Lead(lead);
        page.Figure(picture);
        page.Files(files);
        page.Provenance(provenance);
        page.Table(
            "Midpoint noise levels",
            "µ is where half of the advantage over chance is lost; its ± is the standard error of the fit.",
            ["network", "no noise", "midpoint µ", "k"],
            [.. figure.Series.Select(Row)]);
        foreach (Series series in figure.Series)
        {
            if (!series.Curve.TryGetMidpoint(out _, out string? reason)) page.Note($"{series.Name}: {reason}");
        }

        if (sites is not null)
        {
            page.Heading(
                "Robustness by site",
                "The midpoint noise level µ of each noise site when it alone is noisy, in execution order. The dashed line is µ with "
                    + "noise at all sites.");
            page.Figure(SitesSvg.Of(sites));
            sites.WriteTables(page);
        }

        WriteLevels(page, figure);
        return page.End();
    }

    private static ImmutableArray<string> Row(Series series) =>
    [
        series.Name, Numbers.Percent(series.Curve.NoiseFreeAccuracy),
        .. series.Midpoint is { } fit
            ? (string[])[Numbers.Midpoint(fit), FormattableString.Invariant($"{fit.Steepness:0.00}")]
            : ["–", "–"],
    ];

    // Runs may have been measured at levels of their own.
    private static void WriteLevels(HtmlPage page, Figure figure)
    {
        float[] levels = [.. figure.Series.SelectMany(series => series.Points).Select(point => point.Sigma).Distinct().Order()];
        page.Table(
            "Accuracy by noise level", "Mean and standard deviation over the repeats, or over several trainings, in percent.",
            ["σ", .. figure.Series.Select(series => series.Name)],
            [
                ["0", .. figure.Series.Select(series => Points(series.Curve.NoiseFreeAccuracy))],
                .. levels.Select(
                    level => (ImmutableArray<string>)[Numbers.Sigma(level), .. figure.Series.Select(series => Text(series, level))]),
            ]);
    }

    private static string Text(Series series, float level)
    {
        RobustnessPoint[] found = [.. series.Points.Where(point => point.Sigma == level)];
        if (found.Length == 0) return "–";
        return series.Curve.Repeats == 1 ? Points(found[0].Mean) : $"{Points(found[0].Mean)} ± {Points(found[0].StandardDeviation)}";
    }

    private static string Points(double fraction) => FormattableString.Invariant($"{fraction * 100:0.0}");
}
