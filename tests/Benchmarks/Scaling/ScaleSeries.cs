using System.Diagnostics;
using NoiseGen.Benchmarks.Contest;
using NoiseGen.Benchmarks.Networks;

namespace NoiseGen.Benchmarks.Scaling;

/// <summary>Training steps that differ in one thing: the batch, the width, or the depth.</summary>
/// <param name="Name">What is varied.</param>
/// <param name="Sizes">What is measured, one after the other.</param>
internal sealed record ScaleSeries(string Name, IReadOnlyList<ScaleSize> Sizes)
{
    private const int UsualBatch = 128;

    private static readonly int[] s_batches = [16, 32, 64, 128, 256, 512, 1024];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ScaleSeries> All { get; } =
    [
        new("lenet5", [.. s_batches.Select(batch => ScaleSize.Of<LeNet5Clean>("LeNet-5", batch))]),
        new("resnet18", [.. s_batches.Select(batch => ScaleSize.Of<ResNet18Clean>("ResNet-18", batch))]),
        new("width",
        [
            ScaleSize.Of<Mlp3x128>("MLP 3 × 128", UsualBatch), ScaleSize.Of<Mlp3x256>("MLP 3 × 256", UsualBatch),
            ScaleSize.Of<Mlp3x512>("MLP 3 × 512", UsualBatch), ScaleSize.Of<Mlp3x1024>("MLP 3 × 1024", UsualBatch),
        ]),
        new("depth",
        [
            ScaleSize.Of<Mlp1x256>("MLP 1 × 256", UsualBatch), ScaleSize.Of<Mlp2x256>("MLP 2 × 256", UsualBatch),
            ScaleSize.Of<Mlp3x256>("MLP 3 × 256", UsualBatch),
            ScaleSize.Of<Mlp4x256>("MLP 4 × 256", UsualBatch), ScaleSize.Of<Mlp5x256>("MLP 5 × 256", UsualBatch),
            ScaleSize.Of<Mlp6x256>("MLP 6 × 256", UsualBatch),
        ]),
    ];

    /// <summary>Measures all sizes.</summary>
    public IEnumerable<ScalePoint> Measure() => Sizes.Select(size => size.Measure(Name));
}

/// <summary>A network and a batch.</summary>
/// <param name="Network">Name in tables.</param>
/// <param name="Input">Shape of an image.</param>
/// <param name="Batch">Images a step.</param>
/// <param name="Create">Makes the network for a batch and a number of threads.</param>
internal sealed record ScaleSize(string Network, Shape Input, int Batch, Func<int, int, NeuralNetwork> Create)
{
    private const int FewestRounds = 5;
    private const int MostRounds = 100;
    private static readonly TimeSpan s_enough = TimeSpan.FromSeconds(8);

    public static ScaleSize Of<TNetwork>(string name, int batch)
        where TNetwork : NeuralNetwork, INetwork<TNetwork> =>
        new(name, TNetwork.Describe().Input, batch, (size, threads) => TNetwork.Create(1, size, threads));

    /// <summary>Times one thread and two in turns.</summary>
    public ScalePoint Measure(string series)
    {
        Workload workload = Workload.Synthetic(Input, Batch, threads: 2);
        using NeuralNetwork one = Create(Batch, 1), two = Create(Batch, 2);
        Action oneStep = StepOf(one, workload), twoSteps = StepOf(two, workload);
        Repeat.WarmUp(oneStep);
        Repeat.WarmUp(twoSteps);
        List<double> ones = [], twos = [];
        long start = Stopwatch.GetTimestamp();
        for (int round = 0; round < MostRounds && (round < FewestRounds || Stopwatch.GetElapsedTime(start) < s_enough); round++)
        {
            ones.AddRange(Repeat.Time(oneStep, 1));
            twos.AddRange(Repeat.Time(twoSteps, 1));
        }

        return PointOf(series, Timing.Of(ones), Timing.Of(twos));
    }

    private ScalePoint PointOf(string series, Timing one, Timing two) => new(
        series, Network, Batch, one.Median, two.Median, Batch / two.Median * 1e3, Math.Max(one.Spread, two.Spread));

    private static Action StepOf(NeuralNetwork network, Workload workload)
    {
        var adam = new Adam(Training.LearningRate);
        return () => network.TrainStep(workload.Images, workload.Labels, adam);
    }
}
