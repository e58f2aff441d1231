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

    /// <summary>What the whiskers show; empty where there are none.</summary>
    public string ErrorsText { get; init; } = "";

    /// <summary>Why midpoints are missing, where that is known.</summary>
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
            [.. result.Variants.Zip(Look.All, (variant, look) => GroupOf(variant, look))])
        {
            ErrorsText = result.Settings.Seeds > 1
                ? "A whisker is ± the spread of µ over the trainings, a sample standard deviation."
                : "A whisker is ± the standard error of the fit of µ.",
            Notes = [
                .. result.Variants.SelectMany(variant => variant.Sites.Select(site => ReasonOf(variant.Variant, site))).OfType<string>()],
        };

    /// <summary>The sites of networks from files; null where they were not measured.</summary>
    public static SiteFigure? Of(Settings settings, ImmutableArray<MeasuredFile> measured) => !settings.Sites ? null : new SiteFigure(
        TitleOf(settings),
        [.. measured[0].Sites.Select(site => site.Name)],
        [.. measured.Select(
            (one, i) => GroupOf(
                new VariantResult(new Variant(one.Name, false, false), new([]), one.Curve, "") { Sites = one.Sites }, Look.At(i)))])
    {
        ErrorsText = "A whisker is ± the standard error of the fit of µ.",
    };

    /// <summary>The sites of an experiment's networks, as the geometric means over the seeds.</summary>
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
                [.. network.GroupBy(row => row["site"]).Select(site => GeometricMean([.. site.Select(row => row["midpoint"])]))])
            {
                Errors = [.. network.GroupBy(row => row["site"]).Select(site => ErrorOf([.. site]))],
            })])
        {
            ErrorsText = rows.Select(row => row["seed"]).Distinct().Count() > 1
                ? "A whisker is ± the spread of µ over the seeds, a sample standard deviation."
                : "A whisker is ± the standard error of the fit of µ.",
        };
    }

    /// <summary>Writes the picture's numbers, and where repeated executions would help most.</summary>
    public void WriteTables(HtmlPage page)
    {
        page.Table(
            ["site", .. Groups.Select(group => group.Name)],
            [.. Sites.Select((site, i) => (ImmutableArray<string>)[site, .. Groups.Select(group => group.TextOf(i))])]);
        if (ErrorsText.Length > 0) page.Note(ErrorsText);
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

    private static SiteGroup GroupOf(VariantResult variant, Look look)
    {
        (double Mu, double Error)?[] sites = [.. variant.Sites.Select((curve, i) => MidpointOf(variant, curve, i))];
        return new SiteGroup(
            variant.Variant.Name, look, variant.Midpoint?.Mu,
            [.. sites.Select(site => site?.Mu)]) { Errors = [.. sites.Select(site => site?.Error)] };
    }

    // A site that has none in one of several trainings has none here.
    private static (double Mu, double Error)? MidpointOf(VariantResult variant, RobustnessCurve curve, int site)
    {
        if (variant.Trainings.IsEmpty) return curve.TryGetMidpoint(out MidpointFit? fit, out _) ? (fit.Mu, fit.StandardError) : null;
        double[] midpoints = variant.SiteMidpoints(site);
        return midpoints.Length == variant.Trainings.Length ? (Spread.GeometricMean(midpoints), Spread.Deviation(midpoints)) : null;
    }

    private static string? ReasonOf(Variant variant, RobustnessCurve site) =>
        site.TryGetMidpoint(out _, out string? reason) ? null : $"{variant.Name}, {site.Name}: {reason}";

    private static double? ErrorOf(ImmutableArray<IReadOnlyDictionary<string, string>> rows) =>
        rows.Any(row => row["midpoint"].Length == 0) ? null
        : rows.Length > 1 ? Spread.Deviation([.. rows.Select(row => Value(row["midpoint"]))])
        : Value(rows[0]["midpoint_standard_error"]);

    private static double Value(string number) => double.Parse(number, CultureInfo.InvariantCulture);

    // Midpoints are compared by their ratios. A site that has none with one seed's network has none here.
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
    /// <summary>The ± of each µ; null where there is none.</summary>
    public ImmutableArray<double?> Errors { get; init; } = [.. Midpoints.Select(_ => (double?)null)];

    /// <summary>µ of a site as tables show it.</summary>
    public string TextOf(int site) => Midpoints[site] is not { } mu ? "–"
        : Errors[site] is { } error ? Numbers.WithError(mu, error)
        : Numbers.Sigma(mu);

    /// <summary>Executions of each site.</summary>
    /// <param name="executions">Executions per site if all had the same number.</param>
    public ImmutableArray<int> Plan(int executions) => Robustness.PlanRepetitions([.. Tolerated], executions * Midpoints.Length);

    /// <summary>µ·√R of the least robust site.</summary>
    /// <param name="executions">As for <see cref="Plan"/>.</param>
    public double Least(int executions) => Tolerated.Zip(Plan(executions), (mu, repetitions) => mu * Math.Sqrt(repetitions)).Min();

    private IEnumerable<double> Tolerated => Midpoints.Select(mu => mu ?? double.PositiveInfinity);
}
