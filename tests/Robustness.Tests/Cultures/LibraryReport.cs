using Harden;

namespace NoiseGen.Tests.Cultures;

/// <summary>What the library writes and reads, for people and for itself.</summary>
internal static class LibraryReport
{
    private const int Epochs = 2;

    /// <summary>Everything in which a number or a name is turned into text.</summary>
    public static IEnumerable<string> Write(string folder)
    {
        string checkpoint = Path.Combine(folder, "run.safetensors");
        using MlpGray network = Quantized();
        yield return network.Summary();
        yield return $"{network.Description.Input}, {LearningRateSchedule.Cosine(0.25f)}, {LearningRateSchedule.Step(3, 0.5f)}";
        yield return $"{NoiseSchedule.Ramp(0.5f)}, {NoiseSchedule.Overshoot(1.25f)}, {ImageSigma.HalfNormal(1.5f, 0.25f)}";
        yield return $"{new Normalization([0.5f], [0.25f])}, {new Augmentation { CropPadding = 4 }}";
        yield return new RobustnessCurve("curve", 10, 0.98, 5, [.. SigmaGrid.Default.Select(Point)]).Midpoint.ToString();
        yield return Stop(network, checkpoint);
        network.Save(Path.Combine(folder, "network.safetensors"));
    }

    private static MlpGray Quantized()
    {
        var network = new MlpGray(seed: 3, batchSize: 64, threads: 1);
        new Rounding(Bits: 8, Scale: 1f).Apply(network);
        return network;
    }

    private static RobustnessPoint Point(float sigma) => new(sigma, Curves.Logistic(sigma, 0.98, 0.1, 0.5, 2.5), 0.01);

    /// <summary>Goes on from what a run has left under another culture.</summary>
    /// <returns>The parameters at its end.</returns>
    public static float[] GoOn(string? folder)
    {
        using MlpGray network = Quantized();
        Trainer(network, folder is null ? null : Path.Combine(folder, "run.safetensors")).Run(Batches(), Epochs);
        return [.. network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
    }

    private static string Stop(MlpGray network, string checkpoint)
    {
        using var source = new CancellationTokenSource();
        Trainer trainer = Trainer(network, checkpoint);
        trainer.Progress = step => { if (step is { Epoch: 2, Batch: 1 }) source.Cancel(); };
        try
        {
            trainer.Run(Batches(), Epochs, source.Token);
            return "not stopped";
        }
        catch (OperationCanceledException)
        {
            return "stopped";
        }
    }

    private static Trainer Trainer(NeuralNetwork network, string? checkpoint) => new(network, new Adam(1.5e-3f))
    {
        Noise = NoiseSchedule.Constant(0.25f).With(ImageSigma.HalfNormal(1.5f, 0.25f)),
        LearningRate = LearningRateSchedule.WarmUpByStep(0.5, LearningRateSchedule.CosineByStep(1e-5f)),
        Checkpoint = checkpoint,
    };

    private static BatchLoader Batches() => new(Digits.Create(seed: 2, train: 192, test: 1).Train, 64)
    {
        Shuffle = true,
        Augmentation = new Augmentation { CropPadding = 2 },
    };
}
