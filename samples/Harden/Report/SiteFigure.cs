using System.Collections.Immutable;
using System.Globalization;
using Harden.Experiments;
using NoiseGen;

namespace Harden.Report;

/// <summary>µ of each noise site alone, per trained network.</summary>
/// <param name="Sites">The sites, in execution order.</param>
/// <param name="Groups">The networks.</param>
internal sealed record SiteFigure(string Title, ImmutableArray<string> Sites, ImmutableArray<SiteGroup> Groups)
{
    public const string XTitle = "midpoint noise level µ of the site alone";

    /// <summary>Why midpoints are missing, if known.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    // The executions per site if all sites have the same number.
    private const int Executions = 4;

    /// <summary>The first power of ten of the axis.</summary>
    public int FirstDecade => (int)Math.Floor(Math.Log10(Midpoints.Append(0.1).Min()) + 1e-6);

    /// <summary>The last power of ten of the axis.</summary>
    public int LastDecade => Math.Max(FirstDecade + 1, (int)Math.Ceiling(Math.Log10(Midpoints.Append(10).Max()) - 1e-6));

    private IEnumerable<double> Midpoints => Groups.SelectMany(group => group.Midpoints.Append(group.AllSites)).OfType<double>();

    /// <summary>The sites of a job's networks; null if they were not measured.</summary>
    public static SiteFigure? Of(JobResult result) => result.Variants.Any(variant => variant.Sites.IsEmpty)
        ? null
        : new SiteFigure(
            TitleOf(result.Settings),
            [.. result.Variants[0].Sites.Select(site => site.Name)],
            [.. result.Variants.Zip(Look.All,
                (variant, look) => new SiteGroup(variant.Variant.Name, look, variant.Midpoint?.Mu, [.. variant.Sites.Select(MidpointOf)]))])
        {
            Notes =
                [.. result.Variants.SelectMany(variant => variant.Sites.Select(site => ReasonOf(variant.Variant, site))).OfType<string>()],
        };

    /// <summary>The sites of an experiment's networks, as geometric means over the seeds.</summary>
    public static SiteFigure Of(Settings settings, ResultsFile results)
    {
        var rows = results.Rows.ToArray();
        return new SiteFigure(
            TitleOf(settings),
            [.. rows.Select(row => row["site"]).Distinct()],
            [.. rows.GroupBy(row => (Variant: row["variant"], Sigma: row["training_sigma"])).Select(network => new SiteGroup(
                network.Key.Variant == Cell.Clean ? "clean" : $"σ = {network.Key.Sigma}",
                network.Key.Variant == Cell.Clean ? Look.All[0] : Look.All[2],
                null,
                [.. network.GroupBy(row => row["site"]).Select(site => GeometricMean([.. site.Select(row => row["midpoint"])]))]))]);
    }

    /// <summary>Writes the picture's numbers, and where repeated executions would help most.</summary>
    public void WriteTables(HtmlPage page)
    {
        page.Table(
            ["site", .. Groups.Select(group => group.Name)],
            [.. Sites.Select((site, i) =>
                (ImmutableArray<string>)[site, .. Groups.Select(group => group.Midpoints[i] is { } mu ? Numbers.Sigma(mu) : "–")])]);
        foreach (string note in Notes) page.Note(note);
        page.Table(
            "Plan of repetitions",
            $"How often to execute the operation before each site, with averaging, for a budget of {Executions * Sites.Length} "
            + $"executions, {Executions} per site on average. They are spent one by one at the least robust site. "
            + "R executions count as µ·√R (the multi-execution of arXiv 2212.10430); a site without a midpoint never fails. "
            + "The last row is µ·√R of the least robust site, with and without the plan.",
            ["site", .. Groups.Select(group => group.Name)],
            [
                .. Sites.Select((site, i) => (ImmutableArray<string>)[site, .. Groups.Select(group => $"{group.Plan(Executions)[i]}")]),
                ["least µ·√R", .. Groups.Select(LeastText)],
            ]);
    }

    private static string LeastText(SiteGroup group) =>
        double.IsFinite(group.Least(1)) ? $"{Numbers.Sigma(group.Least(Executions))} ({Numbers.Sigma(group.Least(1))})" : "–";

    private static string TitleOf(Settings settings) =>
        $"{Figure.TitleOf(settings.Network)} on {Figure.TitleOf(settings.Data)}: robustness by site";

    private static double? MidpointOf(RobustnessCurve curve) => curve.TryGetMidpoint(out MidpointFit? fit, out _) ? fit.Mu : null;

    private static string? ReasonOf(Variant variant, RobustnessCurve site) =>
        site.TryGetMidpoint(out _, out string? reason) ? null : $"{variant.Name}, {site.Name}: {reason}";

    // Midpoints are compared by ratio. A site without a midpoint for one seed has none here.
    private static double? GeometricMean(ImmutableArray<string> midpoints) => midpoints.Contains("")
        ? null
        : Math.Exp(midpoints.Average(mu => Math.Log(double.Parse(mu, CultureInfo.InvariantCulture))));
}

/// <summary>The sites of one network.</summary>
/// <param name="Name">How it was trained.</param>
/// <param name="Look">Its colour.</param>
/// <param name="AllSites">µ with noise at all sites; null if unknown.</param>
/// <param name="Midpoints">µ of each site; null if it has none.</param>
internal sealed record SiteGroup(string Name, Look Look, double? AllSites, ImmutableArray<double?> Midpoints)
{
    /// <summary>Executions of each site.</summary>
    /// <param name="executions">Executions per site if all had the same number.</param>
    public ImmutableArray<int> Plan(int executions) => Robustness.PlanRepetitions([.. Tolerated], executions * Midpoints.Length);

    /// <summary>µ·√R of the least robust site.</summary>
    /// <param name="executions">As for <see cref="Plan"/>.</param>
    public double Least(int executions) => Tolerated.Zip(Plan(executions), (mu, repetitions) => mu * Math.Sqrt(repetitions)).Min();

    private IEnumerable<double> Tolerated => Midpoints.Select(mu => mu ?? double.PositiveInfinity);
}
