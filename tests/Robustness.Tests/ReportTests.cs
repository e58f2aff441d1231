using System.Globalization;
using System.Xml.Linq;
using Harden;
using Harden.Report;

namespace NoiseGen.Tests;

public class ReportTests
{
    private static readonly JobResult Result = SyntheticJob.Result;

    private static readonly JobResult WithoutMidpoint =
        Result with { Variants = Result.Variants.SetItem(2, SyntheticJob.Finished(Variant.All[2], mu: 1e6, plateau: 0.9)) };

    [Fact]
    public void Csv_has_every_number_exactly()
    {
        string[][] rows = CsvRows.Of(CsvReport.Of(Result));
        int Column(string name) => Array.IndexOf(rows[0], name);
        Assert.Equal(1 + 4 * 18, rows.Length);
        Assert.All(rows, row => Assert.Equal(rows[0].Length, row.Length));
        for (int variant = 0; variant < 4; variant++)
        {
            VariantResult expected = Result.Variants[variant];
            string[][] own = rows[(1 + variant * 18)..(19 + variant * 18)];
            Assert.All(own, row => Assert.Equal(
                ("lenet5", "digits", expected.Variant.Name), (row[Column("network")], row[Column("data")], row[Column("variant")])));
            Assert.All(own, row => Assert.Equal((expected.Variant.Quantized, expected.Variant.Noisy
                ? 0.5 : 0), (bool.Parse(row[Column("quantized")]), Number(row[Column("training_sigma")]))));
            Assert.All(own, row => Assert.Equal((expected.Midpoint!.Mu, expected.Midpoint.StandardError), (Number(row[Column("midpoint")]),
                Number(row[Column("midpoint_standard_error")]))));
            Assert.All(own, row => Assert.Equal("", row[Column("no_midpoint")]));
            Assert.Equal((0, expected.Curve.NoiseFreeAccuracy), (Number(own[0][Column("sigma")]), Number(own[0][Column("accuracy_mean")])));
            Assert.Equal(
                expected.Curve.Points.Select(point => (point.Sigma, point.Mean, point.StandardDeviation)),
                own.Skip(1).Select(row => ((float)Number(row[Column("sigma")]), Number(row[Column("accuracy_mean")]),
                    Number(row[Column("accuracy_standard_deviation")]))));
        }
    }

    [Fact]
    public void A_missing_midpoint_has_its_reason_in_the_csv()
    {
        string[][] rows = CsvRows.Of(CsvReport.Of(WithoutMidpoint));
        Assert.Equal(["midpoint", "midpoint_standard_error", "no_midpoint"], rows[0][^3..]);
        string reason = WithoutMidpoint.Variants[2].NoMidpoint!;
        Assert.Contains(", half-way", reason);
        Assert.All(rows.Where(row => row[2] == "noisy"), row => Assert.Equal(["", "", reason], row[^3..]));
    }

    /// <summary>13.8 % of ten classes, by 1,024 images: one level of the sweep decides what would be fitted.</summary>
    [Fact]
    public void A_network_that_has_learned_nothing_has_a_reason_and_no_number()
    {
        double[] accuracies =
            [0.138, 0.119, 0.095, 0.096, 0.101, 0.100, 0.098, 0.102, 0.1, 0.101, 0.099, 0.100, 0.1, 0.101, 0.099, 0.1, 0.1];
        RobustnessCurve curve = Curves.Of(SigmaGrid.Default.Zip(accuracies), noiseFree: 0.138) with { Images = 1024 };
        VariantResult learned = Result.Variants[2], nothing = new(learned.Variant, learned.History, curve, learned.NetworkSummary);
        JobResult result = Result with { Variants = Result.Variants.SetItem(2, nothing) };

        Assert.StartsWith("noisy: The accuracy falls too steeply", ResultTable.Of(result).Notes[0]);
        Assert.Equal("–", ResultTable.Of(result).Rows[2][7]);
        foreach (string text in new[] { CsvReport.Of(result), HtmlReport.Of(result, "") })
        {
            Assert.Contains("The accuracy falls too steeply", text);
            Assert.DoesNotContain("Infinity", text);
            Assert.DoesNotContain("∞", text);
            Assert.DoesNotContain("NaN", text);
        }
    }

    /// <summary>One realisation has no deviation.</summary>
    [Fact]
    public void A_single_repeat_has_no_deviation_in_the_csv()
    {
        VariantResult once = Result.Variants[0] with { Curve = Result.Variants[0].Curve with { Repeats = 1 } };
        string[][] rows = CsvRows.Of(CsvReport.Of(Result with { Variants = [once] }));
        int column = Array.IndexOf(rows[0], "accuracy_standard_deviation");
        Assert.All(rows.Skip(1), row => Assert.Equal("", row[column]));
    }

    [Fact]
    public void Reports_do_not_depend_on_the_culture()
    {
        Assert.Equal(CsvReport.Of(Result), CommaCulture.Run(() => CsvReport.Of(Result)));
        Assert.Equal(CurvesSvg.Of(Figure.Of(Result)), CommaCulture.Run(() => CurvesSvg.Of(Figure.Of(Result))));
        Assert.Equal(HtmlReport.Of(Result, ""), CommaCulture.Run(() => HtmlReport.Of(Result, "")));
    }

    [Fact]
    public void Html_shows_results_settings_and_networks()
    {
        string html = HtmlReport.Of(Result, CurvesSvg.Of(Figure.Of(Result)));
        foreach (VariantResult variant in Result.Variants)
        {
            Assert.Contains(variant.Variant.Name, html);
            Assert.Contains(Cell(Numbers.Midpoint(variant.Midpoint!)), html);
            Assert.Contains(Cell(Numbers.Percent(variant.Curve.NoiseFreeAccuracy)), html);
        }

        Assert.Contains("samples/Harden -- --network lenet5 --data digits --epochs 3 --sigma 0.5 --scale 0.05 --seed 1", html);
        Assert.Contains("with &lt;quantizers&gt;", html);
        Assert.Contains("without &lt;quantizers&gt;", html);
        Assert.Contains("0.750, 75.0 %", html);
        Assert.Contains("8,000 training and 2,000 test images", html);

        static string Cell(string text) => $"<td>{System.Net.WebUtility.HtmlEncode(text)}</td>";
    }

    [Fact]
    public void Html_needs_nothing_from_elsewhere()
    {
        string html = HtmlReport.Of(Result, CurvesSvg.Of(Figure.Of(Result)));
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("<link", html);
        Assert.DoesNotContain("src=", html);
        Assert.DoesNotContain("url(", html);
        Assert.DoesNotContain("http", html.Replace("http://www.w3.org/2000/svg", ""));
    }

    [Fact]
    public void Html_says_why_a_midpoint_is_missing()
    {
        string html = HtmlReport.Of(WithoutMidpoint, "");
        Assert.Contains("never falls below", html);
        Assert.DoesNotContain("NaN", html);
    }

    [Fact]
    public void Svg_is_wellformed_and_places_points_on_a_log_axis()
    {
        XNamespace svg = "http://www.w3.org/2000/svg";
        XElement picture = XDocument.Parse(CurvesSvg.Of(Figure.Of(Result))).Root!;
        XElement curve = picture.Elements(svg + "polyline").Single(line => (string?)line.Attribute("class") == "curve clean");
        double[][] points = [.. ((string)curve.Attribute("points")!).Split(' ').Select(pair => pair.Split(',').Select(Number).ToArray())];
        Assert.Equal(17, points.Length);
        // four to a decade, 624 units for four decades
        Assert.All(points.Zip(points.Skip(1)), pair => Assert.Equal(39, pair.Second[0] - pair.First[0], 0.11));
        // 100 % stands at 48 and 0 % at 416.
        Assert.All(points.Zip(Result.Variants[0].Curve.Points), pair => Assert.Equal(416 - 368 * pair.Second.Mean, pair.First[1], 0.06));
        double[] midpoints = [.. picture.Elements(svg + "circle").Where(circle => ((string)circle.Attribute("class")!)
            .StartsWith("midpoint") && (string?)circle.Attribute("r") == "6.5").Select(circle => Number((string)circle.Attribute("cx")!))];
        Assert.Equal(Result.Variants.Select(variant => 66 + 156 * (Math.Log10(variant.Midpoint!.Mu) + 2)), midpoints,
            (a, b) => Math.Abs(a - b) < 0.06);
    }

    [Fact]
    public void Gain_is_the_ratio_of_midpoints_with_both_errors()
    {
        Assert.Null(Result.GainOf(Result.Variants[0]));
        Assert.Null(WithoutMidpoint.GainOf(WithoutMidpoint.Variants[2]));
        (MidpointFit clean, MidpointFit noisy) = (Result.Variants[0].Midpoint!, Result.Variants[2].Midpoint!);
        (double ratio, double error) = Result.GainOf(Result.Variants[2])!.Value;
        Assert.Equal(noisy.Mu / clean.Mu, ratio, 1e-12);
        double relative = Math.Sqrt(Math.Pow(noisy.StandardError / noisy.Mu, 2) + Math.Pow(clean.StandardError / clean.Mu, 2));
        Assert.Equal(ratio * relative, error, 1e-12);
    }

    [Theory]
    [InlineData(0.2534, 0.0042, "0.253 ± 0.004")]
    [InlineData(2.5, 0.31, "2.5 ± 0.3")]
    [InlineData(41.7, 3.2, "42 ± 3")]
    [InlineData(0.25, 0, "0.2500 ± 0.0000")]
    public void Values_are_written_as_exactly_as_their_error_allows(double value, double error, string text) =>
        Assert.Equal(text, Numbers.WithError(value, error));

    [Fact]
    public void Result_table_has_a_row_for_each_variant()
    {
        var table = ResultTable.Of(WithoutMidpoint);
        Assert.Equal(
            ["trained", "no noise", "σ = 0.1", "σ = 0.316", "σ = 1", "σ = 3.16", "σ = 10", "midpoint µ", "gain"], table.Columns.ToArray());
        Assert.Equal(Variant.All.Select(variant => variant.Name), table.Rows.Select(row => row[0]));
        Assert.Equal(("–", "–"), (table.Rows[2][7], table.Rows[2][8]));
        Assert.StartsWith("noisy: The accuracy never falls below", table.Notes[0]);
        Assert.StartsWith("± of µ is the standard error of the fit", table.Notes[1]);
    }

    [Fact]
    public void Folder_receives_the_whole_report()
    {
        string root = Directory.CreateTempSubdirectory("harden").FullName, path = Path.Combine(root, "new", "deep");
        string[] lines = [.. ReportFolder.Open(path).Write(Result)];
        Assert.Contains(Path.Combine(path, "report.html"), lines[0]);
        string[] files = [.. Directory.GetFiles(path).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];
        Assert.Equal(["curves.png", "curves.svg", "report.html", "results.csv"], files);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(Path.Combine(path, "curves.png"))[..4]);
        Assert.Contains(File.ReadAllText(Path.Combine(path, "curves.svg")), File.ReadAllText(Path.Combine(path, "report.html")));
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_named()
    {
        string file = Path.GetTempFileName();
        var exception = Assert.Throws<IOException>(() => ReportFolder.Open(Path.Combine(file, "below")));
        Assert.Contains(file, exception.Message);
        Assert.Contains("--out", exception.Message);
        File.Delete(file);
    }

    [Theory]
    [InlineData(200, 5)]
    [InlineData(113, 3)]
    [InlineData(80, 1)]
    [InlineData(60, 0)]
    public void A_narrow_terminal_gets_fewer_levels_and_no_folded_line(int width, int levels)
    {
        var table = ResultTable.Of(Result, width);
        Assert.Equal(levels, table.Columns.Count(column => column.StartsWith("σ = ", StringComparison.Ordinal)));
        if (levels == 0) return;
        using var text = new StringWriter();
        var console = Spectre.Console.AnsiConsole.Create(
            new() { Out = new Spectre.Console.AnsiConsoleOutput(text), Ansi = Spectre.Console.AnsiSupport.No });
        console.Profile.Width = width;
        console.Write(table.ToConsole());
        string[] lines = text.ToString().TrimEnd().Split('\n');
        Assert.Equal(8, lines.Length); // a row is a line
        Assert.All(lines, line => Assert.InRange(line.TrimEnd().Length, 1, width));
    }

    [Fact]
    public void Html_says_where_it_comes_from_and_links_to_what_is_beside_it()
    {
        var provenance = new Provenance(
            new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.FromHours(2)), "1.2.3", "abcdef0123", ".NET 10", "a <processor>",
            "Harden --seed 7", TimeSpan.FromSeconds(75));
        string html = HtmlReport.Of(Result with { Provenance = provenance }, "", ["curves.svg", "a b.csv"]);
        Assert.Contains("2026-05-04 03:02 +02:00 · NoiseGen 1.2.3, commit abcdef0123 · .NET 10 · a &lt;processor&gt; · took 1:15", html);
        Assert.Contains("<pre>Harden --seed 7</pre>", html);
        Assert.Contains("<a href=\"curves.svg\">curves.svg</a>, <a href=\"a%20b.csv\">a b.csv</a>", html);
        Assert.Contains("<svg class=\"learning\"", html);
    }

    [Fact]
    public void This_builds_provenance_is_known()
    {
        var provenance = Provenance.Of(["--out", "a b"], TimeSpan.Zero);
        Assert.Equal("Harden --out \"a b\"", provenance.Command);
        Assert.Matches(@"^\d+\.\d+", provenance.Version);
        Assert.Contains(".NET 10", provenance.Framework);
        Assert.Contains("thread", provenance.Processor);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
