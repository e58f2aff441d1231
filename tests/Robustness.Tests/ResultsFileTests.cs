using Harden;
using Harden.Experiments;

namespace NoiseGen.Tests;

/// <summary>
/// A file of results is believed only where every line is as the program writes it; a last line that is cut off is computed again, and
/// nothing that is right is lost.
/// </summary>
public sealed class ResultsFileTests : IDisposable
{
    private const string Header = "experiment,network,data,epochs,batch,learning_rate,schedule,repeats,variant,training_sigma,bits,scale,seed,site,"
        + "noise_free,at_training_sigma,under_spread,midpoint,midpoint_standard_error,no_midpoint";

    private const string About = "noisy-training,lenet5,digits,3,32,0.004,cosine by epoch,1";
    private const string Clean = $"{About},clean,0,0,0,1,all,0.5,,,,,\"It, in short, never falls.\"";
    private const string Noisy = $"{About},noisy,0.2,0,0,1,all,0.5,0.4,0.3,0.75,0.02,";

    private static readonly Settings Small = SyntheticJob.Settings with { Epochs = 3, Batch = 32, Repeats = 1, LearningRate = 4e-3f };

    private readonly string _folder = Directory.CreateTempSubdirectory("noisegen").FullName;

    private string Target => Path.Combine(_folder, "results.csv");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string, string, string> WrongFields => new()
    {
        { ",0.5,0.4", ",7.5,0.4", "found '7.5' as noise_free; allowed is a number from 0 to 1." },
        { ",0.5,0.4", ",abc,0.4", "found 'abc' as noise_free; allowed is a number from 0 to 1." },
        { ",0.5,0.4", ",NaN,0.4", "found 'NaN' as noise_free" },
        { ",0.5,0.4", ",-0.1,0.4", "found '-0.1' as noise_free" },
        { ",0.5,0.4", ",,0.4", "found '' as noise_free" },
        { ",0.4,0.3", ",1.01,0.3", "found '1.01' as at_training_sigma; allowed is a number from 0 to 1, or nothing." },
        { ",0.4,0.3", ",0.4,x", "found 'x' as under_spread" },
        { ",0.75,", ",0,", "found '0' as midpoint; allowed is a number above 0, or nothing." },
        { ",0.75,", ",Infinity,", "found 'Infinity' as midpoint" },
        { ",0.02", ",-1", "found '-1' as midpoint_standard_error; allowed is a number, at least 0, or nothing." },
        { ",0.02", ",Infinity", "found 'Infinity' as midpoint_standard_error" },
        { ",0.02", ",NaN", "found 'NaN' as midpoint_standard_error" },
        { ",0.02", "", "found 19 fields; allowed are 20, one for each column." },
        { ",0.02,", ",0.02,,", "found ',' as no_midpoint; allowed is a text in quotation marks, or nothing." },
        { ",0.02,", ",0.02,because", "found 'because' as no_midpoint" },
        { ",0.02,", ",0.02,\"a \" b\"", "found '\"a \" b\"' as no_midpoint" },
        { ",cosine by epoch,", ",cosine,", "found 'cosine' as schedule; allowed is one of cosine by epoch, cosine by step." },
        { Noisy, "", "found 1 fields" },
        { "noisy-training,", "walking-noise,", "found the experiment 'walking-noise'; allowed in this file is noisy-training." },
        { "noisy-training,", "Noisy-training,", "found 'Noisy-training' as experiment; allowed is one of noisy-training, qat-scales," },
        { ",lenet5,", ",vgg,", "found 'vgg' as network; allowed is one of lenet5, lenet5-max" },
        { ",digits,", ",imagenet,", "found 'imagenet' as data" },
        { ",3,32,", ",0,32,", "found '0' as epochs; allowed is a whole number from 1 to 2147483647." },
        { ",3,32,", ",3,32.5,", "found '32.5' as batch" },
        { ",0.004,", ",-0.004,", "found '-0.004' as learning_rate; allowed is a number above 0." },
        { ",noisy,", ",loud,", "found 'loud' as variant; allowed is one of clean, noisy, quantized, variance-aware." },
        { ",noisy,0.2,0,", ",noisy,0.2,5,", "found '5' as bits; allowed is one of 0, 4, 8, 16." },
        { ",noisy,0.2,0,0,", ",noisy,0.2,0,taught,", "found 'taught' as scale; allowed is 'learned', or a number, at least 0." },
        { ",0,1,all,", ",0,-1,all,", "found '-1' as seed; allowed is a whole number from 0 to 18446744073709551615." },
        { ",all,", ",Input,", "found the site 'Input'; allowed is all." },
        { ",all,", ",,", "found '' as site" },
        { ",noisy,0.2,", ",noisy,0,", "training_sigma 0, bits 0 and scale 0; allowed is a training_sigma above 0 alone." },
        { ",noisy,0.2,", ",clean,0.2,", "found 'clean' with training_sigma 0.2, bits 0 and scale 0; allowed is 0 for all" },
        { ",noisy,0.2,0,0,", ",quantized,0,8,0,", "bits 8 and scale 0; allowed is training_sigma 0, with bits and a scale." },
        { ",noisy,0.2,", ",clean,0,", "found the row of line 2 once more; allowed is one row." },
        { ",noisy,0.2,", ",clean,0.0,", "found the row of line 2 once more" }, // the same number, written otherwise
    };

    [Theory]
    [MemberData(nameof(WrongFields))]
    public void A_wrong_field_is_named_with_its_line_and_what_is_allowed(string right, string wrong, string message)
    {
        Assert.Contains(right, Noisy, StringComparison.Ordinal);
        string content = string.Join('\n', Header, Clean, Noisy.Replace(right, wrong, StringComparison.Ordinal), "");
        AssertRefused(content, $"{Target}, line 3: found ", message);
    }

    [Theory]
    [InlineData(",midpoint_standard_error", "", ", line 1: found columns without midpoint_standard_error; allowed is 'experiment,network,")]
    [InlineData(",site,", ",site,colour,", ", line 1: found columns with colour, which no results file has;")]
    [InlineData("bits,scale", "scale,bits", ", line 1: found columns in another order, or one of them twice;")]
    [InlineData("bits,scale", "bits,scale,bits", ", line 1: found columns in another order, or one of them twice;")]
    public void Other_columns_are_named(string right, string wrong, string message) =>
        AssertRefused(string.Join('\n', Header.Replace(right, wrong, StringComparison.Ordinal), Clean, ""), $"{Target}{message}", "");

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        File.WriteAllBytes(Target, [.. System.Text.Encoding.UTF8.GetBytes($"{Header}\n{Clean}\n"), 0xC3, 0x28, (byte)'\n']);
        string message = Assert.Throws<ResultsFileException>(() => Open(Target)).Message;
        Assert.StartsWith($"{Target}, line 3: found bytes that are no text", message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_other_programs_do_to_text_changes_nothing()
    {
        File.WriteAllText(Target, $"\uFEFF{Header}\r\n{Clean}\r\n{Noisy.Replace(",0.2,", ",0.20,", StringComparison.Ordinal)}\r\n");
        ResultsFile results = Open(Target);
        Assert.True(Has(results, new Cell(Cell.Noisy, 0.2f, 0, 0f, 1)));
        Assert.Equal(["0.5", "0.5"], results.Rows.Select(row => row["noise_free"]));
        Assert.Null(results.Notice);
    }

    /// <summary>
    /// Cut off anywhere, the file is as if the cells from there on had not been computed, and ends with the same bytes when they are.
    /// </summary>
    [Theory]
    [InlineData("noisy-training", "all")]
    [InlineData("walking-noise", "Input,Conv1.Linear,Logits.Linear")]
    public void A_cut_off_file_is_completed(string experiment, string sites)
    {
        string[] names = sites.Split(',');
        Cell[] cells = [new(Cell.Clean, 0f, 0, 0f, 1), new(Cell.Noisy, 0.2f, 0, 0f, 1), new(Cell.Noisy, 0.2f, 0, 0f, 12)];
        Complete(new ResultsFile(Target, Small, experiment));
        byte[] whole = File.ReadAllBytes(Target);
        int computed = 0;
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(Target, whole[..length]);
            var results = new ResultsFile(Target, Small, experiment);
            int lines = whole.AsSpan(0, length).Count((byte)'\n');
            int finished = cells.Count(cell => results.Has(cell, names));
            Assert.Equal(Math.Max(0, (lines - 1) / names.Length), finished);
            Assert.Equal(length > 0 && whole[length - 1] != '\n', results.Notice is not null);
            if (length % 29 != 0) continue; // what is written is brought to disk, which takes its time
            Complete(results);
            Assert.Equal(whole, File.ReadAllBytes(Target));
            computed++;
        }

        Assert.True(computed > 10);

        void Complete(ResultsFile results)
        {
            foreach (Cell cell in cells.Where(cell => !results.Has(cell, names)))
                results.Add(cell, names.Select(site => new Measurement(cell, site, 0.5 + cell.Seed / 64.0, cell.Sigma, double.NaN, null, "It was not swept, or so.")));
        }
    }

    [Fact]
    public void A_cell_with_a_site_that_it_has_not_is_refused()
    {
        string row = Clean.Replace(",all,", ",Inptu,", StringComparison.Ordinal).Replace("noisy-", "walking-", StringComparison.Ordinal);
        File.WriteAllText(Target, $"{Header}\n{row.Replace("-training", "-noise", StringComparison.Ordinal)}\n");
        var results = new ResultsFile(Target, Small, "walking-noise");
        var cell = new Cell(Cell.Clean, 0f, 0, 0f, 1);
        string message = Assert.Throws<ResultsFileException>(() => results.Has(cell, ["Input", "Conv1.Linear"])).Message;
        Assert.Contains("line 2: found the site 'Inptu'; allowed is one of Input, Conv1.Linear.", message, StringComparison.Ordinal);
    }

    /// <summary>The results that are published were written by this program: all of them are right.</summary>
    [Theory]
    [InlineData("noisy-training")]
    [InlineData("qat-scales")]
    [InlineData("walking-noise")]
    [InlineData("variance-aware")]
    public void The_published_results_are_read_and_written_as_they_are(string experiment)
    {
        string published = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "results", $"{experiment}.csv"));
        File.WriteAllText(Target, published);
        var results = new ResultsFile(Target, Small, experiment);
        Assert.Null(results.Notice);
        results.Add(new Cell(Cell.Clean, 0f, 0, 0f, 1), []);
        Assert.Equal(published, File.ReadAllText(Target));
    }

    [Fact]
    public void Cells_that_failed_come_back_with_their_reasons()
    {
        Cell first = new(Cell.Noisy, 1e38f, 0, 0f, 1), second = new(Cell.Quantized, 0f, 8, Cell.Learned, 2);
        var failures = new FailedCells(Target, Small, "noisy-training");
        failures.Add(first, "The loss, \"NaN\",\nis no number.");
        failures.Add(second, "Why not?");
        string[] lines = File.ReadAllLines(Target);
        Assert.Equal($"{About},noisy,1E+38,0,0,1,\"The loss, \"\"NaN\"\", is no number.\"", lines[1]);

        failures = new FailedCells(Target, Small, "noisy-training");
        Assert.Equal(("The loss, \"NaN\", is no number.", "Why not?"), (failures.ReasonOf(first), failures.ReasonOf(second)));
        Assert.Null(failures.ReasonOf(first with { Seed = 3 }));
        failures.Remove(first);
        Assert.Null(new FailedCells(Target, Small, "noisy-training").ReasonOf(first));
        failures.Remove(second);
        Assert.False(File.Exists(Target));

        File.WriteAllText(Target, $"{lines[0]}\n{lines[1]}\n{lines[2][..^3]}"); // a kill
        failures = new FailedCells(Target, Small, "noisy-training");
        Assert.Equal((true, false), (failures.ReasonOf(first) is not null, failures.ReasonOf(second) is not null));
    }

    [Theory]
    [InlineData("\"why\"", "why", "found 'why' as reason; allowed is a text in quotation marks.")]
    [InlineData("\"why\"", "\"w\"hy\"", "as reason; allowed is a text in quotation marks.")]
    [InlineData("\"why\"", "\"\"", "as reason")]
    [InlineData(",\"why\"", "", "found '' as reason")]
    [InlineData(",noisy,", ",loud,", "found 'loud' as variant")]
    [InlineData("noisy-training", "qat-scales", "found the experiment 'qat-scales'")]
    [InlineData(",1,\"why\"", ",1,\"why\"\nLINE", "line 3: found a cell once more")]
    public void A_wrong_line_of_failed_cells_is_refused(string right, string wrong, string message)
    {
        var failures = new FailedCells(Target, Small, "noisy-training");
        failures.Add(new Cell(Cell.Noisy, 1e38f, 0, 0f, 1), "why");
        string[] lines = File.ReadAllLines(Target);
        string line = lines[1].Replace(right, wrong, StringComparison.Ordinal).Replace("LINE", lines[1], StringComparison.Ordinal);
        File.WriteAllText(Target, $"{lines[0]}\n{line}\n");
        var refusal = Assert.Throws<ResultsFileException>(() => new FailedCells(Target, Small, "noisy-training"));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    private static ResultsFile Open(string path) => new(path, Small, "noisy-training");

    private static bool Has(ResultsFile results, Cell cell) => results.Has(cell, [Measurement.AllSites]);

    private void AssertRefused(string content, string start, string message)
    {
        File.WriteAllText(Target, content);
        string refusal = Assert.Throws<ResultsFileException>(() => Open(Target)).Message;
        Assert.StartsWith(start, refusal, StringComparison.Ordinal);
        Assert.Contains(message, refusal, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder));
    }
}
