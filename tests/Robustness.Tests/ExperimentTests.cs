using Harden;
using Harden.Experiments;

namespace NoiseGen.Tests;

/// <summary>The papers' experiments, on little data: the grid, the results file, and going on where a run stopped.</summary>
public sealed class ExperimentTests : IDisposable
{
    private static readonly Settings Small = SyntheticJob.Settings with { Epochs = 3, Batch = 32, Repeats = 1, LearningRate = 4e-3f };

    private static readonly DataSplit Data = Digits.Create(seed: 3, train: 320, test: 60);

    private readonly string _folder = Directory.CreateTempSubdirectory("noisegen").FullName;

    private string File => Path.Combine(_folder, "results.csv");

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

    private string Failed => Path.Combine(_folder, "failed.csv");

    private int Run(string experiment, CancellationToken cancellation = default, Action<int>? after = null) =>
        Run(experiment, Grid(experiment), cancellation, after);

    private int Run(string experiment, ExperimentSettings grid, CancellationToken cancellation = default, Action<int>? after = null)
    {
        int cells = 0;
        (ResultsFile results, FailedCells failures) = (new(File, Small, experiment), new(Failed, Small, experiment));
        new ExperimentRun(Small, grid, Data, results, failures, (_, done, _) => { cells++; after?.Invoke(done); }, cancellation)
        {
            Unfinished = Unfinished.Open(Path.Combine(_folder, "unfinished"), Small),
        }.Run();
        return cells;
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
        Assert.Equal(cells, string.Join(", ", grid.Where(cell => cell.Seed == 5).Select(cell => FormattableString.Invariant($"{cell.Variant} {cell.Sigma} {cell.Bits} {cell.Scale}"))));
    }

    [Fact]
    public void A_run_goes_on_where_it_stopped_and_ends_with_the_same_file()
    {
        Run("noisy-training");
        string whole = System.IO.File.ReadAllText(File);
        Assert.Equal(1 + 6, whole.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        System.IO.File.Delete(File);

        using var source = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Run("noisy-training", source.Token, done => { if (done == 2) source.Cancel(); }));
        string[] rows = System.IO.File.ReadAllLines(File);
        Assert.Equal(1 + 2, rows.Length);

        // What is there is not measured again.
        string[] kept = rows[1].Split(',');
        kept[Array.IndexOf(rows[0].Split(','), "noise_free")] = "0.0625"; // which no network of so few images comes to by itself
        System.IO.File.WriteAllLines(File, [rows[0], string.Join(',', kept), rows[2]]);
        Assert.Equal(6, Run("noisy-training"));
        Assert.Equal(string.Join(',', kept), System.IO.File.ReadAllLines(File)[1]);
        Assert.Equal(whole.Split('\n').Skip(2), System.IO.File.ReadAllText(File).Split('\n').Skip(2));
        Assert.Equal([File], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Walking_noise_has_a_row_for_each_site_and_variance_aware_training_differs()
    {
        Run("walking-noise");
        var results = new ResultsFile(File, Small, "walking-noise");
        Assert.Equal(6 * 12, results.Rows.Count());
        Assert.Contains(results.Rows, row => row["site"] == "Conv1.Pool");

        System.IO.File.Delete(File);
        Run("variance-aware");
        var rows = new ResultsFile(File, Small, "variance-aware").Rows.Where(row => row["training_sigma"] == "0.2" && row["seed"] == "1").ToArray();
        Assert.Equal(["noisy", "variance-aware"], rows.Select(row => row["variant"]));
        Assert.All(rows, row => Assert.NotEqual("", row["under_spread"]));
        Assert.NotEqual(rows[0]["noise_free"] + rows[0]["under_spread"], rows[1]["noise_free"] + rows[1]["under_spread"]);
    }

    [Fact]
    public void Learned_and_constant_scales_have_rows_of_their_own()
    {
        Run("qat-scales");
        var rows = new ResultsFile(File, Small, "qat-scales").Rows.Where(row => row["seed"] == "1").ToArray();
        Assert.Equal(["0 0", "4 learned", "4 1", "8 learned", "8 1"], rows.Select(row => $"{row["bits"]} {row["scale"]}"));
        Assert.Equal(rows.Length, rows.Select(row => row["noise_free"] + row["midpoint"]).Distinct().Count());
        Assert.Equal(10, Run("qat-scales"));
    }

    [Fact]
    public void A_curve_of_networks_at_their_own_noise_has_a_midpoint()
    {
        var results = new ResultsFile(File, Small, "noisy-training");
        Assert.Null(ExperimentTable.MidpointAtOwnNoise(results, Data.Test));
        void Add(string variant, float sigma, double noiseFree, double own) =>
            results.Add(new Cell(variant, sigma, 0, 0f, 1), [new Measurement(new Cell(variant, sigma, 0, 0f, 1), Measurement.AllSites, noiseFree, own, own, null, "It was not swept.")]);

        // The golden curve of a midpoint of 0.25, k = 2.5, between 65 % and chance.
        Add(Cell.Clean, 0f, 0.65, double.NaN);
        foreach (float sigma in new[] { 0.05f, 0.1f, 0.2f, 0.4f, 0.8f, 1.6f }) Add(Cell.Noisy, sigma, 0.6, 0.1 + 0.55 / (1 + Math.Pow(sigma / 0.25, 2.5)));
        Assert.Equal("µ = 0.25", ExperimentTable.MidpointAtOwnNoise(results, Data.Test));

        // Two of three images are right by chance once in 36 times.
        Assert.StartsWith("no midpoint with seed 1: The noise-free accuracy", ExperimentTable.MidpointAtOwnNoise(results, Data.Test.Take(3)));
    }

    /// <summary>A mean of some of the seeds says so.</summary>
    [Fact]
    public void A_cell_whose_seeds_have_no_midpoint_is_told_of()
    {
        var results = new ResultsFile(File, Small, "noisy-training");
        for (ulong seed = 1; seed <= 3; seed++)
        {
            var cell = new Cell(Cell.Noisy, 0.5f, 0, 0f, seed);
            results.Add(cell, [new Measurement(cell, Measurement.AllSites, 0.6, 0.5, 0.5, seed == 2 ? null : new MidpointFit(0.25, 0.01, 2, 0.6, 0.1, 0.01, 0.25), seed == 2 ? "It never falls half-way, or so." : null)]);
        }

        using var text = new StringWriter();
        var console = Spectre.Console.AnsiConsole.Create(new() { Out = new Spectre.Console.AnsiConsoleOutput(text), Ansi = Spectre.Console.AnsiSupport.No });
        console.Profile.Width = 200;
        console.Write(ExperimentTable.Of(results));
        Assert.Contains("0.25 (2 of 3)", text.ToString());
    }

    [Fact]
    public void Another_file_is_not_overwritten()
    {
        System.IO.File.WriteAllText(File, "my notes");
        string message = Assert.Throws<ResultsFileException>(() => Run("noisy-training")).Message;
        Assert.Contains("no results file", message, StringComparison.Ordinal);
        Assert.Equal("my notes", System.IO.File.ReadAllText(File));
    }

    /// <summary>
    /// σ = 1e38 is infinite noise: both seeds' networks fail, the others are trained, and no later run tries those again unasked.
    /// </summary>
    [Fact]
    public void A_cell_that_diverges_fails_and_the_others_go_on()
    {
        ExperimentSettings grid = Grid("noisy-training", first: 1e38f);
        Assert.Equal(6, Run("noisy-training", grid));
        Assert.Equal(["0", "0.8", "0", "0.8"], new ResultsFile(File, Small, "noisy-training").Rows.Select(row => row["training_sigma"]));
        var failures = new FailedCells(Failed, Small, "noisy-training");
        string?[] reasons = [.. Cell.Of(grid, Small.Seed).Select(failures.ReasonOf)];
        Assert.Equal([false, true, false, false, true, false], reasons.Select(reason => reason is not null));
        Assert.StartsWith("The loss became ", reasons[1], StringComparison.Ordinal);
        Assert.Contains(" at step 1 (epoch 1 of 3, batch 1 of 10)", reasons[1], StringComparison.Ordinal);
        Assert.Equal(4, Directory.GetFiles(Path.Combine(_folder, "unfinished"), "*.safetensors").Length); // of those that did not fail

        (string results, string failed) = (System.IO.File.ReadAllText(File), System.IO.File.ReadAllText(Failed));
        Assert.Equal(6, Run("noisy-training", grid));
        Assert.Equal((results, failed), (System.IO.File.ReadAllText(File), System.IO.File.ReadAllText(Failed)));
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
