using System.Globalization;
using NoiseGen.Sweeps.Cells;
using NoiseGen.Sweeps.Running;

namespace NoiseGen.Sweeps.Tests;

/// <summary>Keys of cells, the form of their results, and how these are merged.</summary>
public sealed class CellTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cells").FullName;

    private string Cells => Path.Combine(_folder, "grid.cells");

    private string Merged => Path.Combine(_folder, "grid.csv");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_key_is_made_of_the_values_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
        try
        {
            Assert.Equal("sigma=0.5,name=a%20b%2Fc%C3%A4,on=true", new SweepCell(("sigma", 0.5f), ("name", "a b/cä"), ("on", true)).Key);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("", "The key is ''; allowed are 1 to 180 of the characters")]
    [InlineData(".hidden", "The key is '.hidden'")]
    [InlineData("-option", "The key is '-option'")]
    [InlineData("a/b", "The key is 'a/b'")]
    [InlineData("a b", "The key is 'a b'")]
    public void A_key_that_cannot_be_a_file_is_refused(string key, string message) =>
        Assert.Contains(
            message, Assert.Throws<ArgumentException>(() => SweepCell.Named(key, ("seed", 1))).Message, StringComparison.Ordinal);

    [Fact]
    public void Values_that_cannot_be_are_refused()
    {
        static string Refusal(Action wrong) => Assert.Throws<ArgumentException>(wrong).Message;
        Assert.Contains("There are no values", Refusal(() => _ = new SweepCell()), StringComparison.Ordinal);
        Assert.Contains(
            "The name 'seed' is a duplicate", Refusal(() => _ = new SweepCell(("seed", 1), ("seed", 2))), StringComparison.Ordinal);
        Assert.Contains("'a,b' cannot be the name", Refusal(() => _ = new SweepRow(("a,b", 1))), StringComparison.Ordinal);
        Assert.Contains("has 205 characters; at most 180 are allowed. Name the cell",
            Refusal(() => _ = new SweepCell(("name", new string('x', 200)))), StringComparison.Ordinal);
        SweepCell cell = new(("sigma", 0.5f), ("seed", 1));
        Assert.Equal(0.5f, cell.Value<float>("sigma"));
        Assert.Contains("'sigma' of the cell sigma=0.5,seed=1 is a Single, not a Double", Refusal(() => cell.Value<double>("sigma")),
            StringComparison.Ordinal);
        Assert.Contains("has no value 'scale'; it has sigma, seed", Refusal(() => cell.Value<float>("scale")), StringComparison.Ordinal);
        Assert.Contains("There are no cells", Refusal(() => _ = new Sweep("s", [], _ => [])), StringComparison.Ordinal);
        Assert.Contains("Two cells have the key 'seed=1'", Refusal(() => _ = new Sweep("s", [new(("seed", 1)), new(("seed", 1))], _ => [])),
            StringComparison.Ordinal);
        Assert.Contains("values differ: seed, and sigma",
            Refusal(() => _ = new Sweep("s", [new(("seed", 1)), new(("sigma", 1))], _ => [])), StringComparison.Ordinal);
    }

    [Fact]
    public void Results_have_all_digits_and_no_commas_of_their_own()
    {
        SweepCell cell = new(("sigma", 0.1f), ("seed", 1));
        string text = ResultsText.Of(cell, [new(("accuracy", 1.0 / 3), ("midpoint", null), ("why", "It falls, \"slowly\"")),
            new(("accuracy", double.NaN), ("midpoint", 2f), ("why", "word"))]);
        Assert.Equal("sigma,seed,accuracy,midpoint,why\n0.1,1,0.3333333333333333,,\"It falls, \"\"slowly\"\"\"\n0.1,1,,2,word\n", text);
        Assert.Throws<InvalidOperationException>(() => ResultsText.Of(cell, []));
        Assert.Throws<InvalidOperationException>(() => ResultsText.Of(cell, [new(("accuracy", 1)), new(("loss", 1))]));
        Assert.Throws<InvalidOperationException>(() => ResultsText.Of(cell, [new(("seed", 1))]));
    }

    [Fact]
    public void Results_come_together_in_the_order_of_the_grid()
    {
        CellFolder folder = CellFolder.Open(Cells);
        SweepCell[] cells = [.. new[] { 3, 1, 2, 10 }.Select(seed => new SweepCell(("seed", seed)))];
        foreach (SweepCell cell in cells.Reverse()) folder.Finish(cell, ResultsText.Of(cell, [new(("accuracy", 1))]));
        ResultsText.Merge(folder, cells, Merged);
        Assert.Equal("seed,accuracy\n3,1\n1,1\n2,1\n10,1\n", File.ReadAllText(Merged));
        ResultsText.Merge(folder, [cells[2]], Merged); // those of another grid follow
        Assert.Equal("seed,accuracy\n2,1\n1,1\n10,1\n3,1\n", File.ReadAllText(Merged));

        File.WriteAllText(folder.ResultsOf(cells[0]), "seed,accuracy\n3");
        Assert.Contains("seed=3.csv is truncated", Assert.Throws<IOException>(() => ResultsText.Merge(folder, cells, Merged)).Message,
            StringComparison.Ordinal);
        File.WriteAllText(folder.ResultsOf(cells[0]), "seed,loss\n3,1\n");
        Assert.Contains("has the columns 'seed,accuracy', and",
            Assert.Throws<IOException>(() => ResultsText.Merge(folder, cells, Merged)).Message, StringComparison.Ordinal);
    }

    /// <summary>A half-written file of a killed process is removed when its cell is resumed.</summary>
    [Fact]
    public void What_a_kill_left_is_removed()
    {
        CellFolder folder = CellFolder.Open(Cells);
        SweepCell cell = new(("seed", 1));
        string left = Path.Combine(Cells, ".seed=1.csv.0123456789ab-7.tmp"), other = Path.Combine(Cells, ".seed=11.csv.0123456789ab-7.tmp");
        File.WriteAllText(left, "half");
        File.WriteAllText(other, "half");
        folder.Tidy(cell);
        Assert.Equal((false, true), (File.Exists(left), File.Exists(other)));
    }

    [Theory]
    [InlineData(1, 0, 10, 8, 1, 0)] // all processors
    [InlineData(4, 0, 10, 8, 4, 2)]
    [InlineData(4, 1, 10, 8, 4, 1)]
    [InlineData(4, 0, 2, 8, 2, 4)] // no more than there are cells
    [InlineData(16, 0, 100, 8, 16, 1)]
    [InlineData(0, 0, 100, 8, 8, 1)] // both are chosen: cells before threads
    [InlineData(0, 0, 3, 8, 3, 2)]
    [InlineData(0, 0, 1, 16, 1, 4)] // a step gains nothing from more than four
    [InlineData(0, 2, 100, 8, 4, 2)]
    public void A_machine_is_shared(int jobs, int threads, int cells, int processors, int expectedJobs, int expectedThreads) =>
        Assert.Equal(new WorkShare(expectedJobs, expectedThreads), WorkShare.Of(jobs, threads, cells, processors));
}
