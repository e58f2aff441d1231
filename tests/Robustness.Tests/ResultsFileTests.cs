using Harden;
using Harden.Experiments;

namespace NoiseGen.Tests;

/// <summary>
/// A file of results is believed only where every line is as the program writes it; a last line that is cut off is computed again, and
/// nothing that is right is lost.
/// </summary>
public sealed class ResultsFileTests : IDisposable
{
    private const string Header =
        "experiment,network,data,epochs,batch,learning_rate,schedule,repeats,variant,training_sigma,bits,scale,seed,site,"
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
        { ",0.02", "", "found 19 fields; allowed are 20, one per column." },
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
        { ",noisy,0.2,", ",noisy,0,", "training_sigma 0, bits 0 and scale 0; allowed is only a training_sigma above 0." },
        { ",noisy,0.2,", ",clean,0.2,", "found 'clean' with training_sigma 0.2, bits 0 and scale 0; allowed is 0 for all" },
        { ",noisy,0.2,0,0,", ",quantized,0,8,0,", "bits 8 and scale 0; allowed is training_sigma 0, with bits and a scale." },
        { ",noisy,0.2,", ",clean,0,", "found a duplicate of line 2; allowed is one row." },
        { ",noisy,0.2,", ",clean,0.0,", "found a duplicate of line 2" }, // the same number, written otherwise
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
    [InlineData("bits,scale", "scale,bits", ", line 1: found columns in a different order, or with a duplicate;")]
    [InlineData("bits,scale", "bits,scale,bits", ", line 1: found columns in a different order, or with a duplicate;")]
    public void Other_columns_are_named(string right, string wrong, string message) =>
        AssertRefused(string.Join('\n', Header.Replace(right, wrong, StringComparison.Ordinal), Clean, ""), $"{Target}{message}", "");

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        File.WriteAllBytes(Target, [.. System.Text.Encoding.UTF8.GetBytes($"{Header}\n{Clean}\n"), 0xC3, 0x28, (byte)'\n']);
        string message = Assert.Throws<ResultsFileException>(() => Open(Target)).Message;
        Assert.StartsWith($"{Target}, line 3: found bytes that are not UTF-8", message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_other_programs_do_to_text_changes_nothing()
    {
        File.WriteAllText(Target, $"\uFEFF{Header}\r\n{Clean}\r\n{Noisy.Replace(",0.2,", ",0.20,", StringComparison.Ordinal)}\r\n");
        ResultsFile results = Open(Target);
        Assert.Equal(["0.5", "0.5"], results.Rows.Select(row => row["noise_free"]));
        Assert.Null(results.Notice);
    }

    /// <summary>
    /// What an earlier version wrote, cut off anywhere, becomes the files of the cells that are whole in it; the others are as if they had
    /// not been computed.
    /// </summary>
    [Theory]
    [InlineData("noisy-training", "all")]
    [InlineData("walking-noise", "Input,Conv1.Linear,Logits.Linear")]
    public void Whole_cells_of_an_earlier_version_are_carried_over(string experiment, string sites)
    {
        string[] names = sites.Split(',');
        string target = Path.Combine(_folder, $"{experiment}.csv"), cells = Path.Combine(_folder, $"{experiment}.cells");
        string whole = ResultsLines.Of(new RunKey(Small, experiment),
            new Cell[] { new(Cell.Clean, 0f, 0, 0f, 1), new(Cell.Noisy, 0.2f, 0, 0f, 1), new(Cell.Noisy, 0.2f, 0, 0f, 12) }
            .SelectMany(cell => names.Select(
                site => new Measurement(cell, site, 0.5 + cell.Seed / 64.0, cell.Sigma, double.NaN, null, "It was not swept, or so."))));
        for (int length = 1; length <= whole.Length; length += length % 7 + 1)
        {
            File.WriteAllText(target, whole[..length]);
            CarriedOver.Take(_folder, Small, experiment);

            int finished = Math.Max(0, (whole[..length].Count(letter => letter == '\n') - 1) / names.Length);
            // A single cell of several rows may be one that was cut off between two of them.
            int expected = names.Length > 1 && finished == 1 ? 0 : finished;
            string[] files = Directory.GetFiles(cells);
            Assert.Equal(expected, files.Length);
            Assert.All(files, file => Assert.Contains(File.ReadAllText(file)[(Header.Length + 1)..], whole, StringComparison.Ordinal));
            Assert.All(files, file => Assert.Equal(1 + names.Length, File.ReadAllLines(file).Length));
            Directory.Delete(cells, recursive: true);
        }
    }

    [Fact]
    public void Only_the_first_time_an_earlier_version_is_carried_over()
    {
        string target = Path.Combine(_folder, "noisy-training.csv"), cells = Path.Combine(_folder, "noisy-training.cells");
        File.WriteAllText(target, $"{Header}\n{Clean}\n{Noisy}\n");
        CarriedOver.Take(_folder, Small, "noisy-training");
        string noisy = Directory.GetFiles(cells).Single(file => Path.GetFileName(file).Contains("noisy-sigma", StringComparison.Ordinal));
        Assert.Equal($"{Header}\n{Noisy}\n", File.ReadAllText(noisy));
        File.Delete(noisy);
        CarriedOver.Take(_folder, Small, "noisy-training");
        Assert.False(File.Exists(noisy)); // whoever removes a cell's file wants it computed again
    }

    /// <summary>The results that are published were written by this program: all of them are right, and become cells.</summary>
    [Theory]
    [InlineData("noisy-training")]
    [InlineData("qat-scales")]
    [InlineData("walking-noise")]
    [InlineData("variance-aware")]
    public void The_published_results_are_carried_over(string experiment)
    {
        string published = Path.Combine(_folder, $"{experiment}.csv");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "results", $"{experiment}.csv"), published);
        Assert.Null(new ResultsFile(published, Small, experiment).Notice);
        CarriedOver.Take(_folder, Small, experiment);
        IEnumerable<string> rows =
            Directory.GetFiles(Path.Combine(_folder, $"{experiment}.cells")).SelectMany(file => File.ReadLines(file).Skip(1));
        Assert.Equal(File.ReadLines(published).Skip(1).Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    private static ResultsFile Open(string path) => new(path, Small, "noisy-training");

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
