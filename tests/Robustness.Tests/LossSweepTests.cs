using Harden;

namespace NoiseGen.Tests;

/// <summary>Loss over σ, networks from files, levels in percent of a range, and what curves write.</summary>
public sealed class LossSweepTests : IDisposable
{
    private static readonly DataSplit s_digits = Digits.Create(seed: 3, train: 320, test: 100);

    private readonly string _folder = Directory.CreateTempSubdirectory("noisegen").FullName;

    private string At => Path.Combine(_folder, "curve.csv");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void TheLossIsMeasuredAtEveryLevel()
    {
        using MlpGray network = MlpGray.Create(seed: 1, batchSize: 50, threads: 2);
        network.Noise.SetEvaluationSigma(0.25f);
        float[] pixels = [.. s_digits.Test.Pixels.ToArray().Select(pixel => pixel / 255f)];
        float[] targets = [.. Enumerable.Range(0, 100 * 10).Select(i => i % 7 / 7f)];
        var test = new FloatBatches(new Shape(1, 28, 28), pixels, targets, 50);
        List<SweepProgress> steps = [];

        LossCurve curve = NoiseGen.Robustness.SweepLoss(network, test, [0.1f, 3f], repeats: 3, steps.Add);

        Assert.All(network.Noise, site => Assert.Equal(0.25f, site.EvaluationSigma));
        network.Noise.SetEvaluationSigma(0f);
        Assert.Equal(network.Evaluate(test).Loss, curve.NoiseFreeLoss);
        network.Noise.SetEvaluationSigma(3f);
        Assert.Contains(network.Evaluate(test, draw: 4).Loss, steps.Select(step => step.Loss)); // the first of the second level
        Assert.True(curve.Points[1].Mean > curve.Points[0].Mean && curve.Points[1].StandardDeviation > 0);
        Assert.Equal(7, steps.Count);
        Assert.All(steps, step => Assert.DoesNotContain("accuracy", step.ToString()));
        Assert.DoesNotContain("NaN", steps[0].ToString());
        Assert.Contains("targets in place of labels. SweepLoss",
            Assert.Throws<ArgumentException>(() => NoiseGen.Robustness.Sweep(network, test)).Message);
    }

    [Fact]
    public void ALossCurveIsATable()
    {
        var curve = new LossCurve("net", 0.5, 2, [new(0.1f, 1, 0.25), new(1f, 3, 0.5)]);
        curve.WriteCsv(At);
        Assert.Equal(
            "name,sigma,loss_mean,loss_standard_deviation,repeats\nnet,0,0.5,,1\nnet,0.1,1,0.25,2\nnet,1,3,0.5,2\n", File.ReadAllText(At));
        Assert.Equal("net: loss 0.5 without noise\n  σ      loss\n0.1  1 ± 0.25\n  1   3 ± 0.5\n", curve.ToString());
        Assert.Equal("net: loss 0.5 without noise\n   σ      loss\n10 %  1 ± 0.25\n",
            (curve with { Unit = SigmaUnit.Range, Points = [curve.Points[0]] }).ToString());
        // Four times 0.5 lies half-way between 1 and 3, and so at the root of 0.1 · 1.
        Assert.Equal(Math.Sqrt(0.1), curve.SigmaAt(4)!.Value, 1e-6);
        Assert.Null(curve.SigmaAt(100));
        Assert.Throws<ArgumentOutOfRangeException>(() => curve.SigmaAt(1));
    }

    [Fact]
    public void SavedWeightsAreMeasuredAsTheNetworkIs()
    {
        using MlpGray network = MlpGray.Create(seed: 7, batchSize: 64, threads: 1);
        new Trainer(network, new Adam(1e-3f)).Run(new BatchLoader(s_digits.Train, 64), 1);
        string one = Path.Combine(_folder, "one.safetensors"), two = Path.Combine(_folder, "two.safetensors");
        network.Save(one);
        using MlpGray other = MlpGray.Create(seed: 0, batchSize: 64, threads: 1);
        other.Save(two);
        var test = new BatchLoader(s_digits.Test, 64);

        RobustnessCurves curves = NoiseGen.Robustness.Sweep<MlpGray>([one, two], test, [0.5f, 2f], repeats: 2);

        Assert.Equal(["one", "two"], curves.Select(curve => curve.Name));
        using MlpGray loaded = MlpGray.Create(seed: 0, batchSize: 64, threads: 1); // noise is drawn by the seed
        loaded.Load(one);
        RobustnessCurve expected = NoiseGen.Robustness.Sweep(loaded, test, [0.5f, 2f], repeats: 2);
        Assert.Equal(expected.NoiseFreeAccuracy, curves["one"].NoiseFreeAccuracy);
        Assert.Equal(expected.Points.ToArray(), curves["one"].Points.ToArray());
        Assert.NotEqual(curves[0].NoiseFreeAccuracy, curves[1].NoiseFreeAccuracy);
        Assert.Equal(expected.NoiseFreeAccuracy, NoiseGen.Robustness.Sweep<MlpGray>(one, test, [1f], repeats: 1).NoiseFreeAccuracy);
        Assert.Throws<KeyNotFoundException>(() => curves["three"]);
        Assert.Throws<ArgumentException>(() => NoiseGen.Robustness.Sweep<MlpGray>([], test));
    }

    [Fact]
    public void CurvesWriteTheirMidpointsOrWhyThereIsNone()
    {
        RobustnessCurve good = Curves.Of(
            SigmaGrid.Default.Select(sigma => (sigma, Curves.Logistic(sigma, 0.9, 0.1, 0.5, 2.5))), noiseFree: 0.9) with { Name = "good" };
        RobustnessCurve flat = good with { Name = "flat, \"it\"", Points = [.. good.Points.Select(point => point with { Mean = 0.9 })] };
        var curves = new RobustnessCurves([good, flat]);
        curves.WriteCsv(At);
        string[] lines = File.ReadAllLines(At);
        Assert.Equal(1 + 2 * 18, lines.Length);
        Assert.StartsWith("good,0,0.9,,1,0.", lines[1]);
        Assert.StartsWith("\"flat, \"\"it\"\"\",0,0.9,,1,,,", lines[19]);
        string[] text = curves.ToString().Split('\n');
        Assert.Contains("0.5", text[1]);
        Assert.EndsWith("–", text[2]);
        Assert.StartsWith("flat, \"it\": The accuracy never falls", text[3]);
    }

    [Fact]
    public void LevelsOfARangeAreGivenInPercent()
    {
        Assert.Equal([0.01f, 0.02f, 0.5f], SigmaGrid.Percent(1, 2, 50).ToArray());
        Assert.Equal((1e-3f, 1f, 13), (SigmaGrid.PercentOfRange[0], SigmaGrid.PercentOfRange[^1], SigmaGrid.PercentOfRange.Length));
        Assert.Throws<ArgumentException>(() => SigmaGrid.Percent());
        Assert.Throws<ArgumentOutOfRangeException>(() => SigmaGrid.Percent(1, 0));
        RobustnessCurve curve = Curves.Of([(0.05f, 0.5)], noiseFree: 0.9) with { Unit = SigmaUnit.Range };
        Assert.Contains("5 %", curve.ToString().Split('\n')[^2]);
    }
}
