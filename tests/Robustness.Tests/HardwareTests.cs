using Harden;

namespace NoiseGen.Tests;

[Network(1, 28, 28)]
[Device<Pcm>]
internal sealed partial class DigitsOnChip
{
    [Conv2d(6, 5), Relu, MaxPool(4)] public partial Stage Conv { get; }
    [Dense(32), Relu] public partial Stage Hidden { get; }
    [Dense(10)] public partial Stage Logits { get; }
}

/// <summary>Accuracy of chips over their age and their stuck cells.</summary>
public sealed class HardwareTests : IDisposable
{
    private static readonly DataSplit s_digits = Digits.Create(seed: 3, train: 2000, test: 500);

    private readonly string _folder = Directory.CreateTempSubdirectory("noisegen").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void CompensationKeepsWhatDriftTakes()
    {
        using DigitsOnChip network = Trained();
        var test = new BatchLoader(s_digits.Test, 100);
        (network.Chip, network.Age, network.Compensation) = (77, TimeSpan.FromHours(1), DriftCompensation.Global);
        double hour = Accuracy(network, test, chip: 0);

        HardwareCurve curve = Hardware.OverTime(network, test, [TimeSpan.Zero, TimeSpan.FromHours(1), TimeSpan.FromDays(3650)], chips: 3);

        Assert.Equal((77u, TimeSpan.FromHours(1), DriftCompensation.Global), (network.Chip, network.Age, network.Compensation));
        Assert.Equal(["compensated", "compensated", "compensated", "uncompensated", "uncompensated", "uncompensated"],
            curve.Select(point => point.Series));
        Assert.Equal([0, 3600, 3650 * 86400.0], curve.Take(3).Select(point => point.Value));
        Assert.InRange(hour, curve[1].Worst, 1);
        network.Chip = null;
        Assert.Equal(network.Evaluate(test).Accuracy, curve.Ideal);
        Assert.True(curve.Ideal > 0.8, $"{curve}");
        Assert.Equal(curve[0] with { Series = "uncompensated" }, curve[3]); // nothing has drifted
        Assert.True(curve[2].Mean > curve[5].Mean, $"{curve}");
        Assert.All(curve, point => Assert.True(point.Worst <= point.Mean && point.StandardDeviation >= 0));
    }

    [Fact]
    public void StuckCellsAreMeasuredApart()
    {
        using DigitsOnChip network = Trained();
        var test = new BatchLoader(s_digits.Test, 100);
        (network.StuckOff, network.StuckOn) = (0.25f, 0.5f);

        HardwareCurve curve = Hardware.OverStuckCells(network, test, [0f, 0.01f, 1f], chips: 2);

        Assert.Equal((0.25f, 0.5f), (network.StuckOff, network.StuckOn));
        Assert.Null(network.Chip);
        Assert.Equal(curve[0] with { Series = "stuck on" }, curve[3]);
        Assert.InRange(curve[2].Mean, 0, 0.3); // every weight is 0: one class for all
        Assert.Equal(0, curve[2].StandardDeviation);
        Assert.True(curve[4].Mean < curve[1].Mean, $"cells that are stuck on disturb more:\n{curve}");
    }

    [Fact]
    public void ACurveIsATableAndAFile()
    {
        var curve = new HardwareCurve(
            "net", "age in seconds", 2, 0.75, [new("compensated", 3600, 0.5, 0.125, 0.375)]);
        Assert.Equal(
            "net, 75.0 % with ideal weights; 2 chips\n     series  age in seconds       accuracy  worst chip\n"
                + "compensated            3600  50.0 % ± 12.5      37.5 %\n", curve.ToString());
        string path = Path.Combine(_folder, "curve.csv");
        curve.WriteCsv(path);
        Assert.Equal(
            "name,series,value,chips,accuracy_mean,accuracy_standard_deviation,accuracy_worst\n"
                + "net,ideal,,2,0.75,,\nnet,compensated,3600,2,0.5,0.125,0.375\n", File.ReadAllText(path));
    }

    [Fact]
    public void MistakesAreNamed()
    {
        using DigitsOnChip network = DigitsOnChip.Create(seed: 1, batchSize: 100, threads: 1);
        using MlpGray digital = MlpGray.Create(seed: 1, batchSize: 100, threads: 1);
        var test = new BatchLoader(s_digits.Test, 100);
        Assert.Contains("give at least one age", Assert.Throws<ArgumentException>(() => Hardware.OverTime(network, test, [])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Hardware.OverTime(network, test, [TimeSpan.Zero], chips: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Hardware.OverStuckCells(network, test, [1.5f]));
        Assert.Contains(
            "has no memory devices",
            Assert.Throws<InvalidOperationException>(() => Hardware.OverTime(digital, test, [TimeSpan.Zero])).Message);
    }

    private static DigitsOnChip Trained()
    {
        DigitsOnChip network = DigitsOnChip.Create(seed: 1, batchSize: 100, threads: 2);
        new Trainer(network, new Adam(2e-3f)).Run(new BatchLoader(s_digits.Train, 100), epochs: 4);
        return network;
    }

    private static double Accuracy(DigitsOnChip network, BatchSource test, uint chip)
    {
        uint? before = network.Chip;
        network.Chip = chip;
        double accuracy = network.Evaluate(test, chip).Accuracy;
        network.Chip = before;
        return accuracy;
    }
}
