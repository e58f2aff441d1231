namespace NoiseGen.Tests;

/// <summary>The built program once a run has ended: it is not overwritten, its networks are measured again, and it is compared.</summary>
public sealed class RunAgainTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("harden").FullName;

    private string First => Path.Combine(_folder, "first");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_finished_run_is_kept_measured_and_compared()
    {
        string[] train = ["--network", "mlp", "--epochs", "1", "--repeats", "1", "--batch", "256", "--out", First];
        (int code, string output, string error) = HardenProgram.Run(train);
        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("MLP on digits: four ways, 1 epoch each.", output);
        byte[] results = File.ReadAllBytes(Path.Combine(First, "results.csv"));

        (code, _, error) = HardenProgram.Run([.. train, "--seed", "2"]);
        Assert.Equal(2, code);
        Assert.Contains("has a finished run (report.html). Choose another folder with --out, or replace it with --force.", error);
        Assert.Equal(results, File.ReadAllBytes(Path.Combine(First, "results.csv")));

        Evaluate();
        Compare();

        (code, _, error) = HardenProgram.Run([.. train, "--seed", "2", "--force"]);
        Assert.Equal((0, ""), (code, error));
        Assert.NotEqual(results, File.ReadAllBytes(Path.Combine(First, "results.csv")));
    }

    // The same noise by the same seed: the accuracies of the run, without a training; of the quantized network as well.
    private void Evaluate()
    {
        string files = Path.Combine(_folder, "files");
        (int code, string output, string error) = HardenProgram.Run(
        [
            "--network", "mlp", "--repeats", "1", "--batch", "256", "--out", files,
            "--evaluate", Path.Combine(First, "noisy.safetensors"), Path.Combine(First, "quantized.safetensors"),
        ]);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("evaluation.html", output);
        Assert.Equal(Curve(Path.Combine(First, "results.csv"), "noisy"), Curve(Path.Combine(files, "evaluation.csv"), "noisy"));
        Assert.Equal(Curve(Path.Combine(First, "results.csv"), "quantized"), Curve(Path.Combine(files, "evaluation.csv"), "quantized"));
        Assert.Contains("<svg class=\"curves\"", File.ReadAllText(Path.Combine(files, "evaluation.html")));

        (code, _, error) = HardenProgram.Run(
            ["--network", "lenet5", "--out", Path.Combine(_folder, "other"), "--evaluate", Path.Combine(First, "noisy.safetensors")]);
        Assert.Equal(1, code);
        Assert.Contains("noisy.safetensors", error);
    }

    private void Compare()
    {
        string both = Path.Combine(_folder, "both");
        (int code, string output, string error) = HardenProgram.Run(["--compare", First, Path.Combine(_folder, "files"), "--out", both]);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("comparison.html", output);
        string html = File.ReadAllText(Path.Combine(both, "comparison.html"));
        foreach (string curve in new[] { "first: clean", "first: quantized and noisy", "files: noisy", "files: quantized" })
            Assert.Contains($">{curve}</text>", html);

        (code, _, error) = HardenProgram.Run(["--compare", _folder, "--out", Path.Combine(_folder, "none")]);
        Assert.Equal(2, code);
        Assert.Contains("found neither results.csv nor evaluation.csv", error);
        File.WriteAllText(
            Path.Combine(_folder, "bad.csv"), File.ReadLines(Path.Combine(First, "results.csv")).First()
                + "\nmlp,digits,clean,false,0,1,x,0.5,,1,,,\n");
        (code, _, error) = HardenProgram.Run(["--compare", Path.Combine(_folder, "bad.csv"), "--out", Path.Combine(_folder, "none")]);
        Assert.Equal(2, code);
        Assert.Contains("bad.csv, line 2", error);
    }

    private static string[] Curve(string file, string variant)
    {
        string[][] rows = [.. File.ReadLines(file).Select(line => line.Split(','))];
        (int name, int sigma, int mean) = (
            Array.IndexOf(rows[0], "variant"), Array.IndexOf(rows[0], "sigma"), Array.IndexOf(rows[0], "accuracy_mean"));
        string[] curve = [.. rows.Where(row => row[name] == variant).Select(row => $"{row[sigma]} {row[mean]}")];
        Assert.Equal(18, curve.Length);
        return curve;
    }
}
