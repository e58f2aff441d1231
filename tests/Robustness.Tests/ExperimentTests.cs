using Harden;
using Harden.Experiments;
using Harden.Report;
using NoiseGen.Sweeps;
using Spectre.Console;

namespace NoiseGen.Tests;

/// <summary>The papers' experiments, on little data: the grid, the results file, and going on where a run stopped.</summary>
public sealed class ExperimentTests : IDisposable
{
    private static readonly Settings Small = SyntheticJob.Settings with { Epochs = 3, Batch = 32, Repeats = 1, LearningRate = 4e-3f };

    private static readonly DataSplit Data = Digits.Create(seed: 3, train: 320, test: 60);

    private readonly string _folder = Directory.CreateTempSubdirectory("noisegen").FullName;

    private string File => FileOf("noisy-training");

    private string Cells => Path.Combine(_folder, "noisy-training.cells");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static ExperimentSettings Grid(string experiment, float first = 0.2f) =>
        new(Choice(experiment), [first, 0.8f], [4, 8], [Cell.Learned, 1f], Seeds: 2);

    private static ExperimentChoice Choice(string experiment) => experiment switch
    {
        "qat-scales" => ExperimentChoice.QatScales,
        "walking-noise" => ExperimentChoice.WalkingNoise,
        "variance-aware" => ExperimentChoice.VarianceAware,
        _ => ExperimentChoice.NoisyTraining,
    };

    private string FileOf(string experiment) => Path.Combine(_folder, $"{experiment}.csv");

    private int Run(string experiment) => Run(Grid(experiment));

    private int Run(ExperimentSettings grid)
    {
        Settings settings = Small with { Output = _folder };
        using var interruption = new Interruption();
        return new ExperimentCommand(
            settings, grid, new SweepRequest { Output = _folder }, ReportFolder.Open(_folder), new(Data), AnsiConsole.Console,
            () => Provenance.Of([], TimeSpan.Zero)).Run(interruption);
    }

    [Theory]
    [InlineData("noisy-training", "clean 0 0 0, noisy 0.2 0 0, noisy 0.8 0 0")]
    [InlineData("walking-noise", "clean 0 0 0, noisy 0.2 0 0, noisy 0.8 0 0")]
    [InlineData("qat-scales", "clean 0 0 0, quantized 0 4 0, quantized 0 4 1, quantized 0 8 0, quantized 0 8 1")]
    [InlineData("variance-aware", "clean 0 0 0, noisy 0.2 0 0, variance-aware 0.2 0 0, noisy 0.8 0 0, variance-aware 0.8 0 0")]
    public void The_grid_is_the_papers(string experiment, string cells)
    {
        Cell[] grid = [.. Cell.Of(Grid(experiment), firstSeed: 4)];
        Assert.Equal([4ul, 5ul], grid.Select(cell => cell.Seed).Distinct());
        Assert.Equal(cells, string.Join(", ", grid.Where(cell => cell.Seed == 5)
            .Select(cell => FormattableString.Invariant($"{cell.Variant} {cell.Sigma} {cell.Bits} {cell.Scale}"))));
    }

    [Fact]
    public void A_run_goes_on_where_it_stopped_and_ends_with_the_same_file()
    {
        Assert.Equal(ExitCode.Success, Run("noisy-training"));
        string[] whole = System.IO.File.ReadAllLines(File);
        Assert.Equal(1 + 6, whole.Length);

        // What is there is not measured again.
        string first = Directory.GetFiles(Cells, "*clean-seed1.csv").Single();
        string kept = System.IO.File.ReadAllText(first).Replace(whole[1].Split(',')[14], "0.0625", StringComparison.Ordinal);
        foreach (string file in Directory.GetFiles(Cells, "*seed2.csv")) System.IO.File.Delete(file);
        System.IO.File.WriteAllText(first, kept);
        Assert.Equal(ExitCode.Success, Run("noisy-training"));
        string[] again = System.IO.File.ReadAllLines(File);
        Assert.Equal(kept.Split('\n')[1], again[1]);
        Assert.Equal(whole.Skip(2), again.Skip(2));
        Assert.Equal(
            [Cells, File, Path.ChangeExtension(File, "html")], Directory.GetFileSystemEntries(_folder).Order(StringComparer.Ordinal));
        Assert.Equal(6, Directory.GetFiles(Cells).Length);
    }

    /// <summary>A grid that grows keeps its cells, and the file has the grid's order.</summary>
    [Fact]
    public void A_grid_may_grow()
    {
        ExperimentSettings whole = Grid("noisy-training"), small = whole with { Sigmas = [0.8f], Seeds = 1 };
        Run(small);
        DateTime[] before = [.. Directory.GetFiles(Cells).Select(System.IO.File.GetLastWriteTimeUtc)];
        Run(whole);
        Assert.Equal(["0 1", "0.2 1", "0.8 1", "0 2", "0.2 2", "0.8 2"], System.IO.File.ReadLines(File).Skip(1)
            .Select(row => row.Split(',')).Select(row => $"{row[9]} {row[12]}"));
        Assert.All(before, time => Assert.Contains(time, Directory.GetFiles(Cells).Select(System.IO.File.GetLastWriteTimeUtc)));
    }

    [Fact]
    public void A_table_of_an_unfinished_grid_shows_what_is_missing()
    {
        ExperimentSettings whole = Grid("noisy-training"), small = whole with { Sigmas = [0.8f], Seeds = 1 };
        Run(small);
        var run = new RunKey(Small, "noisy-training");
        string text = Text(
            TableOf(new ResultsFile(File, Small, "noisy-training"), [.. Cell.Of(whole, Small.Seed).Select(run.SweepCellOf)]));
        Assert.Matches(@"noisy +│ +0.2 .* missing: seed 1, 2 ", text);
        Assert.Matches(@"noisy +│ +0.8 .* missing: seed 2 ", text);
        Assert.Contains("4 of 6 cells are missing.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Walking_noise_has_a_row_for_each_site_and_variance_aware_training_differs()
    {
        Run("walking-noise");
        var results = new ResultsFile(FileOf("walking-noise"), Small, "walking-noise");
        Assert.Equal(6 * 12, results.Rows.Count());
        Assert.Contains(results.Rows, row => row["site"] == "Conv1.Pool");

        Run("variance-aware");
        var rows = new ResultsFile(FileOf("variance-aware"), Small, "variance-aware").Rows.Where(row => row["training_sigma"] == "0.2"
            && row["seed"] == "1").ToArray();
        Assert.Equal(["noisy", "variance-aware"], rows.Select(row => row["variant"]));
        Assert.All(rows, row => Assert.NotEqual("", row["under_spread"]));
        Assert.NotEqual(rows[0]["noise_free"] + rows[0]["under_spread"], rows[1]["noise_free"] + rows[1]["under_spread"]);
    }

    [Fact]
    public void Learned_and_constant_scales_have_rows_of_their_own()
    {
        Run("qat-scales");
        var rows = new ResultsFile(FileOf("qat-scales"), Small, "qat-scales").Rows.Where(row => row["seed"] == "1").ToArray();
        Assert.Equal(["0 0", "4 learned", "4 1", "8 learned", "8 1"], rows.Select(row => $"{row["bits"]} {row["scale"]}"));
        Assert.Equal(rows.Length, rows.Select(row => row["noise_free"] + row["midpoint"]).Distinct().Count());
        Assert.Equal(ExitCode.Success, Run("qat-scales"));
    }

    [Fact]
    public void A_curve_of_networks_at_their_own_noise_has_a_midpoint()
    {
        Assert.Null(ExperimentTable.MidpointAtOwnNoise(new ResultsFile(File, Small, "noisy-training"), new(Data)));
        // The golden curve of a midpoint of 0.25, k = 2.5, between 65 % and chance.
        ResultsFile results = Written(
        [
            new(new(Cell.Clean, 0f, 0, 0f, 1), Measurement.AllSites, 0.65, double.NaN, double.NaN, null, "It was not swept."),
            .. new[] { 0.05f, 0.1f, 0.2f, 0.4f, 0.8f, 1.6f }
                .Select(sigma => (Sigma: sigma, Own: 0.1 + 0.55 / (1 + Math.Pow(sigma / 0.25, 2.5)))).Select(
                point => new Measurement(
                    new(Cell.Noisy, point.Sigma, 0, 0f, 1), Measurement.AllSites, 0.6, point.Own, point.Own, null, "It was not swept.")),
        ]);
        Assert.Equal("µ = 0.25", ExperimentTable.MidpointAtOwnNoise(results, new(Data)));

        // Two of three images are right by chance once in 36 times.
        Assert.StartsWith("no midpoint with seed 1: The noise-free accuracy",
            ExperimentTable.MidpointAtOwnNoise(results, new(Data with { Test = Data.Test.Take(3) })));
    }

    /// <summary>A mean of some of the seeds says so.</summary>
    [Fact]
    public void A_cell_whose_seeds_have_no_midpoint_is_told_of()
    {
        ResultsFile results = Written([.. new ulong[] { 1, 2, 3 }.Select(seed => new Measurement(
            new(Cell.Noisy, 0.5f, 0, 0f, seed), Measurement.AllSites, 0.6, 0.5, 0.5,
            seed == 2 ? null : new MidpointFit(0.25, 0.01, 2, 0.6, 0.1, 0.01, 0.25),
            seed == 2 ? "It never falls half-way, or so." : null))]);
        Assert.Contains("0.25 (2 of 3)", Text(TableOf(results, [])));
    }

    private static Spectre.Console.Table TableOf(ResultsFile results, IReadOnlyCollection<NoiseGen.Sweeps.SweepCell> grid) =>
        ExperimentTable.Of(results, grid).ToConsole();

    /// <summary>µ over the training noise, with its error, as a picture and a page.</summary>
    [Theory]
    [InlineData("noisy-training")]
    [InlineData("qat-scales")]
    [InlineData("variance-aware")]
    public void An_experiment_has_a_page_and_a_picture(string experiment)
    {
        bool isOfScales = experiment == "qat-scales";
        ResultsFile results = Written(experiment,
        [
            Point(new(Cell.Clean, 0f, 0, 0f, 1), 0.3, 0.02),
            .. isOfScales
                ? new[] { Point(new(Cell.Quantized, 0f, 4, 1f, 1), 0.4, 0.05), Point(new(Cell.Quantized, 0f, 8, 4f, 1), 0.2, 0.01),
                    Point(new(Cell.Quantized, 0f, 8, Cell.Learned, 1), 0.2, 0.01) }
                : [Point(new(Cell.Noisy, 0.2f, 0, 0f, 1), 0.4, 0.05), Point(new(Cell.Noisy, 0.8f, 0, 0f, 1), 1.6, 0.1)],
        ]);
        ExperimentFigure figure = ExperimentFigure.Of(Small, Grid(experiment).Choice, results)!;
        Assert.Equal(isOfScales ? ["4 bits", "8 bits"] : ["noisy"], figure.Series.Select(series => series.Name));
        Assert.Equal(
            (0.4, 0.05, 0.3), (figure.Series[0].Points[0].Mu, figure.Series[0].Points[0].Error, figure.Clean!.Value),
            (a, b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) + Math.Abs(a.Item3 - b.Item3) < 1e-9);

        string[] lines = [
            .. ReportFolder.Open(_folder).Write(
                Small, Grid(experiment).Choice, results, 2, ExperimentTable.Of(results, []), "µ = 0.5", Provenance.Of([], TimeSpan.Zero))];

        Assert.EndsWith($"{experiment}.html", lines[0]);
        Assert.Equal($"Beside: {experiment}.svg, {experiment}.csv", lines[1]);
        string html = System.IO.File.ReadAllText(Path.Combine(_folder, $"{experiment}.html")),
            svg = System.IO.File.ReadAllText(Path.Combine(_folder, $"{experiment}.svg"));
        Assert.Contains(svg, html);
        Assert.Contains("2 cells are missing", html);
        Assert.Contains("trained clean", svg);
        Assert.Contains($"href=\"{experiment}.csv\"", html);
        Assert.DoesNotContain("NaN", svg);
        // On logarithmic axes, of one decade from 0.1 to 1 upwards, or two.
        (double top, double bottom) = (48, 416);
        (int first, int last) = figure.YDecades;
        double y = bottom - (bottom - top) * (Math.Log10(0.4) - first) / (last - first);
        Assert.Contains(FormattableString.Invariant($"cy=\"{y:0.#}\""), svg);

        static Measurement Point(Cell cell, double mu, double error) =>
            new(cell, Measurement.AllSites, 0.9, 0.8, 0.7, new MidpointFit(mu, error, 2, 0.9, 0.1, 0.01, mu), null);
    }

    private ResultsFile Written(string experiment, Measurement[] measurements)
    {
        System.IO.File.WriteAllText(FileOf(experiment), ResultsLines.Of(new RunKey(Small, experiment), measurements));
        return new ResultsFile(FileOf(experiment), Small, experiment);
    }

    private ResultsFile Written(Measurement[] measurements)
    {
        System.IO.File.WriteAllText(File, ResultsLines.Of(new RunKey(Small, "noisy-training"), measurements));
        return new ResultsFile(File, Small, "noisy-training");
    }

    private static string Text(Table table)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.No });
        console.Profile.Width = 200;
        console.Write(table);
        return text.ToString();
    }

    [Fact]
    public void Another_file_is_not_overwritten()
    {
        System.IO.File.WriteAllText(File, "my notes");
        string message = Assert.Throws<ResultsFileException>(() => Run("noisy-training")).Message;
        Assert.Contains("not a results file", message, StringComparison.Ordinal);
        Assert.Equal("my notes", System.IO.File.ReadAllText(File));
    }

    /// <summary>
    /// σ = 1e38 is infinite noise: both seeds' networks fail, the others are trained, and no later run tries those again unasked.
    /// </summary>
    [Fact]
    public void A_cell_that_diverges_fails_and_the_others_go_on()
    {
        ExperimentSettings grid = Grid("noisy-training", first: 1e38f);
        Assert.Equal(ExitCode.Failure, Run(grid));
        Assert.Equal(["0", "0.8", "0", "0.8"], new ResultsFile(File, Small, "noisy-training").Rows.Select(row => row["training_sigma"]));
        string[] failed = Directory.GetFiles(Cells, "*sigma1E+38-seed?.failed");
        Assert.Equal(2, failed.Length);
        Assert.Equal(failed, Directory.GetFiles(Cells, "*.failed"));
        string reason = System.IO.File.ReadAllText(failed[0]);
        Assert.StartsWith("reason: The loss became ", reason, StringComparison.Ordinal);
        Assert.Contains(" at step 1 (epoch 1 of 3, batch 1 of 10)", reason, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(Cells, "unfinished-*"));

        string results = System.IO.File.ReadAllText(File);
        Assert.Equal(ExitCode.Failure, Run(grid));
        Assert.Equal((results, reason), (System.IO.File.ReadAllText(File), System.IO.File.ReadAllText(failed[0])));
    }

    [Fact]
    public void What_somebody_else_keeps_among_the_unfinished_stays()
    {
        string folder = Path.Combine(_folder, "unfinished"), notes = Path.Combine(folder, "notes.txt");
        var unfinished = Unfinished.Open(folder, Small);
        System.IO.File.WriteAllText(notes, "mine");
        System.IO.File.WriteAllText(Path.Combine(folder, "clean-0-0-0-1.safetensors"), "");
        unfinished.Remove();
        Assert.Equal([notes], Directory.GetFileSystemEntries(folder));

        System.IO.File.Delete(notes);
        Unfinished.Open(folder, Small).Remove();
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void The_last_seed_of_all_has_cells_too()
    {
        IEnumerable<Cell> cells = Cell.Of(Grid("noisy-training"), firstSeed: ulong.MaxValue);
        Assert.Equal([ulong.MaxValue, 0ul], cells.Select(cell => cell.Seed).Distinct());
    }
}
