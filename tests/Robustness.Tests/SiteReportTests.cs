using System.Globalization;
using System.Xml.Linq;
using Harden;
using Harden.Experiments;
using Harden.Report;

namespace NoiseGen.Tests;

/// <summary>The sites' part of the report: picture, tables, plan of repetitions and CSV file.</summary>
public sealed class SiteReportTests : IDisposable
{
    private static readonly JobResult Result = SyntheticJob.WithSites;

    private readonly string _folder = Directory.CreateTempSubdirectory("noisegen").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Bars_are_as_long_as_the_logarithm_of_their_midpoints()
    {
        var figure = SiteFigure.Of(Result)!;
        Assert.Equal(["Input", "Conv1.Linear", "Logits.Linear"], figure.Sites.ToArray());
        Assert.Equal((-1, 1), (figure.FirstDecade, figure.LastDecade)); // from 0.27 to 4 · 1.42
        XNamespace svg = "http://www.w3.org/2000/svg";
        XElement picture = XDocument.Parse(SitesSvg.Of(figure)).Root!;
        XElement[] bars = [
            .. picture.Elements(svg + "rect").Where(bar => ((string)bar.Attribute("class")!).StartsWith("bar ", StringComparison.Ordinal))];
        Assert.Equal(12, bars.Length);
        const double Panel = (916 - 150 - 3 * 40) / 4.0; // wide, for two decades
        double[] widths = [.. bars.Select(bar => Number((string)bar.Attribute("width")!))];
        for (int i = 0; i < 12; i += 3)
        {
            double mu = figure.Groups[i / 3].Midpoints[0]!.Value;
            Assert.Equal(Panel * (Math.Log10(mu) + 1) / 2, widths[i], 0.06);
            Assert.Equal(Panel * Math.Log10(4) / 2, widths[i + 1] - widths[i], 0.5);
            Assert.Equal(Panel, widths[i + 2], 0.06);
            Assert.Equal("bar none", (string?)bars[i + 2].Attribute("class"));
        }

        double[] lines =
            [.. picture.Elements(svg + "path").Where(path => ((string)path.Attribute("class")!).StartsWith("all", StringComparison.Ordinal))
            .Select(path => Number(((string)path.Attribute("d")!)[1..].Split(' ')[0]))];
        Assert.Equal(
            Result.Variants.Select((variant, i) => 150 + i * (Panel + 40) + Panel * (Math.Log10(variant.Midpoint!.Mu) + 1) / 2), lines,
            (a, b) => Math.Abs(a - b) < 0.06);
    }

    /// <summary>From µ minus its error to µ plus it, where there is an error.</summary>
    [Fact]
    public void Whiskers_are_as_long_as_the_errors()
    {
        var figure = SiteFigure.Of(Result)!;
        double mu = figure.Groups[0].Midpoints[0]!.Value;
        figure = figure with { Groups = [figure.Groups[0] with { Errors = [mu / 2, null, null] }] };
        XNamespace svg = "http://www.w3.org/2000/svg";
        XElement whisker = XDocument.Parse(SitesSvg.Of(figure)).Root!.Elements(svg + "path")
            .Single(path => (string?)path.Attribute("class") == "whisker");
        string line = (string)whisker.Attribute("d")!;
        double Place(double value) =>
            150 + (916 - 150) * (Math.Log10(value) - figure.FirstDecade) / (figure.LastDecade - figure.FirstDecade);
        Assert.Equal(Place(mu / 2), Number(line[1..].Split(' ')[0]), 0.06);
        Assert.Equal(Place(1.5 * mu), Number(line.Split('H')[1].Split('m')[0]), 0.06);
    }

    [Fact]
    public void The_plan_is_the_librarys()
    {
        var group = SiteFigure.Of(Result)!.Groups[0];
        double[] midpoints = [group.Midpoints[0]!.Value, group.Midpoints[1]!.Value, double.PositiveInfinity];
        Assert.Equal(Robustness.PlanRepetitions(midpoints, 12), group.Plan(4).AsEnumerable());
        Assert.Equal([10, 1, 1], group.Plan(4).ToArray()); // √10 is less than 4
        Assert.Equal(midpoints[0] * Math.Sqrt(10), group.Least(4), 1e-9);
        Assert.Equal(midpoints[0], group.Least(1), 1e-9);
        string html = HtmlReport.Of(Result, "");
        Assert.Contains("<tr><th scope=\"row\">Input</th><td>10</td><td>10</td><td>10</td><td>10</td></tr>", html);
        Assert.Contains("for a budget of 12 executions, 4 per site", html);
        Assert.Contains($"<td>{Numbers.Sigma(midpoints[0] * Math.Sqrt(10))} ({Numbers.Sigma(midpoints[0])})</td>", html);
    }

    [Fact]
    public void Without_sites_there_is_no_such_part()
    {
        Assert.Null(SiteFigure.Of(SyntheticJob.Result));
        Assert.DoesNotContain("Robustness by site", HtmlReport.Of(SyntheticJob.Result, ""));
        Assert.Contains("Robustness by site", HtmlReport.Of(Result, ""));
    }

    [Fact]
    public void Csv_has_every_point_of_every_site()
    {
        string[][] rows = CsvRows.Of(SitesCsv.Of(Result));
        Assert.Equal(1 + 4 * 3 * 17, rows.Length);
        Assert.All(rows, row => Assert.Equal(rows[0].Length, row.Length));
        RobustnessCurve site = Result.Variants[2].Sites[1];
        string[][] own = [.. rows.Where(row => row[2] == "noisy" && row[6] == "Conv1.Linear")];
        Assert.Equal(site.Points.Select(point => (point.Sigma, point.Mean)), own.Select(row => ((float)Number(row[7]), Number(row[8]))));
        Assert.All(own, row => Assert.Equal((0.5, site.Midpoint.Mu), (Number(row[4]), Number(row[11]))));
        Assert.All(rows.Where(row => row[6] == "Logits.Linear"), row => Assert.Equal(("", ""), (row[11], row[12])));
        Assert.All(rows.Where(row => row[6] == "Logits.Linear"), row => Assert.StartsWith("The accuracy never falls below", row[13]));
    }

    [Fact]
    public void A_site_without_a_midpoint_has_its_reason_in_the_report()
    {
        Assert.Equal(4, SiteFigure.Of(Result)!.Notes.Length);
        Assert.Contains("quantized and noisy, Logits.Linear: The accuracy never falls below", HtmlReport.Of(Result, ""));
        Assert.Contains(">no midpoint</text>", SitesSvg.Of(SiteFigure.Of(Result)!));
    }

    /// <summary>Nothing fails: the budget is spread, and there is no least robust site.</summary>
    [Fact]
    public void Without_any_midpoint_every_site_has_the_same_plan()
    {
        var figure = SiteFigure.Of(Result)!;
        SiteGroup none = figure.Groups[0] with { Midpoints = [null, null, null] };
        Assert.Equal([4, 4, 4], none.Plan(4).ToArray());
        var page = new HtmlPage("sites");
        (figure with { Groups = [none] }).WriteTables(page);
        Assert.DoesNotContain("Infinity", page.End());
    }

    [Fact]
    public void The_folder_receives_them()
    {
        string[] lines = [.. ReportFolder.Open(_folder).Write(Result)];
        Assert.Contains("sites.svg, sites.csv", lines[1]);
        Assert.Contains(File.ReadAllText(Path.Combine(_folder, "sites.svg")), File.ReadAllText(Path.Combine(_folder, "report.html")));
        Assert.Equal(SitesCsv.Of(Result), File.ReadAllText(Path.Combine(_folder, "sites.csv")));
    }

    [Fact]
    public void They_do_not_depend_on_the_culture()
    {
        Assert.Equal(SitesSvg.Of(SiteFigure.Of(Result)!), CommaCulture.Run(() => SitesSvg.Of(SiteFigure.Of(Result)!)));
        Assert.Equal(SitesCsv.Of(Result), CommaCulture.Run(() => SitesCsv.Of(Result)));
        Assert.Equal(HtmlReport.Of(Result, ""), CommaCulture.Run(() => HtmlReport.Of(Result, "")));
    }

    /// <summary>Of an experiment: a panel for each network, with the geometric mean over its seeds; none where one seed has none.</summary>
    [Fact]
    public void An_experiment_has_a_page()
    {
        Settings settings = SyntheticJob.Settings;
        var folder = ReportFolder.Open(_folder);
        List<Measurement> measurements = [];
        foreach ((ulong seed, double factor) in new[] { (1ul, 1.0), (2ul, 4.0) })
        {
            foreach ((string variant, float sigma) in new[] { (Cell.Clean, 0f), (Cell.Noisy, 0.5f) })
            {
                var cell = new Cell(variant, sigma, 0, 0f, seed);
                measurements.AddRange([Of(cell, "Input", 0.1 * factor), Of(cell, "Logits.Linear", seed == 1 ? 1 : 1e6)]);
            }
        }

        File.WriteAllText(Path.Combine(_folder, "walking-noise.csv"), ResultsLines.Of(new RunKey(settings, "walking-noise"), measurements));
        ResultsFile results = folder.Results(settings, "walking-noise");
        string line = folder.Write(
            settings, ExperimentChoice.WalkingNoise, results, missing: 3, ExperimentTable.Of(results, []), null,
            Provenance.Of([], TimeSpan.Zero)).First();

        var figure = SiteFigure.Of(settings, results);
        Assert.Equal(["clean", "σ = 0.5"], figure.Groups.Select(group => group.Name));
        Assert.All(figure.Groups, group => Assert.Equal(0.2, group.Midpoints[0]!.Value, 1e-3));
        Assert.All(figure.Groups, group => Assert.Null(group.Midpoints[1]));
        Assert.Contains("walking-noise.html", line);
        string html = File.ReadAllText(Path.Combine(_folder, "walking-noise.html"));
        Assert.Contains(File.ReadAllText(Path.Combine(_folder, "walking-noise.svg")), html);
        Assert.Contains("3 cells are missing", html);
        Assert.Contains("2 seeds; µ is the geometric mean over them", System.Net.WebUtility.HtmlDecode(html));

        static Measurement Of(Cell cell, string site, double mu)
        {
            var curve = new RobustnessCurve(site, 10, 0.98, 1,
                [.. SigmaGrid.Default.Select(sigma => new RobustnessPoint(sigma, Curves.Logistic(sigma, 0.98, 0.1, mu, 2.4), 0))]);
            return new(cell, site, 0.98, double.NaN, double.NaN,
                curve.TryGetMidpoint(out MidpointFit? fit, out string? reason) ? fit : null, reason);
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
