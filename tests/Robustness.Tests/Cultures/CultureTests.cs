using System.Text.RegularExpressions;

namespace NoiseGen.Tests.Cultures;

/// <summary>
/// Files and printed numbers are the same under every culture: with a decimal comma (de-DE), with letters that change otherwise (tr-TR),
/// with a decimal and a minus sign of its own (fa-IR). And what was written under one is read under another.
/// </summary>
public sealed class CultureTests(CultureRun invariant) : IClassFixture<CultureRun>
{
    private static readonly string[] s_files =
        ["results.csv", "curves.svg", "clean.onnx", "quantized-and-noisy.onnx", "quantized-and-noisy.safetensors"];

    private static readonly string[] s_experiment = ["--experiment", "noisy-training", "--sigmas", "0.5"];

    [CultureTheory]
    [InlineData("de-DE", "0,5")]
    [InlineData("tr-TR", "0,5")]
    [InlineData("fa-IR", "0٫5")]
    public void TheLibraryWritesAndReadsTheSame(string culture, string half)
    {
        using var run = new CultureRun(culture);

        Assert.Equal([half, .. invariant.Library[1..]], run.Library);
        Assert.Contains("stopped", run.Library);
        Assert.Equal(invariant.Read("network.safetensors"), run.Read("network.safetensors"));
        Assert.Equal(LibraryReport.GoOn(null), LibraryReport.GoOn(run.Folder));
    }

    [CultureTheory]
    [InlineData("de-DE", "0,5")]
    [InlineData("fa-IR", "0٫5")]
    public void TheProgramWritesTheSameFilesAndNumbers(string culture, string half)
    {
        using var run = new CultureRun(culture);

        Assert.Equal(half, run.Program[0]);
        Assert.NotEmpty(Percentages(run.Program));
        Assert.Equal(Percentages(invariant.Program), Percentages(run.Program));
        foreach (string file in s_files) Assert.Equal(invariant.Read(file), run.Read(file));
    }

    /// <summary>Each of the three reads what the one before has written, and finds nothing left to do.</summary>
    [CultureTheory]
    [InlineData("de-DE", "fa-IR", "tr-TR")]
    public void AnExperimentGoesOnUnderAnotherCulture(params string[] cultures)
    {
        byte[]? before = null;
        string folder = Path.Combine(invariant.Folder, "experiment");
        foreach (string culture in cultures)
        {
            using var run = new CultureRun(culture);
            run.Run([CultureChild.Program, .. CultureRun.Training, .. s_experiment, "--out", folder]);
            byte[] results = File.ReadAllBytes(Directory.GetFiles(folder, "*.csv").Single());
            Assert.Equal(before ?? results, results);
            before = results;
        }
    }

    private static string[] Percentages(string[] output) =>
        [.. output.SelectMany(line => Regex.Matches(line, @"\S+ %").Select(match => match.Value))];
}
