using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace NoiseGen.Tests.Properties;

/// <summary>Everything that training draws: dropout, noise, quantizers, batch statistics.</summary>
[Network(1, 28, 28)]
[Noise<Combined>]
[Quantize(Bits = 8, Scale = 0.05f)]
internal sealed partial class Resumed
{
    [Conv2d(4, 5, Stride = 2), BatchNorm, Relu, MaxPool(2)] public partial Stage Conv { get; }
    [Dense(16), Relu, Dropout(0.25f)] public partial Stage Hidden { get; }
    [Dense(10)] public partial Stage Logits { get; }
}

/// <summary>A run that was interrupted, cancelled or killed, ends with the bits of one that was not.</summary>
public sealed class ResumeTests : IDisposable
{
    private const int Epochs = 5;

    private readonly string _folder = Directory.CreateTempSubdirectory("noisegen").FullName;

    private string File => Path.Combine(_folder, "run.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Trains to the end, from the checkpoint if there is one.</summary>
    /// <returns>A digest of the parameters, statistics and losses.</returns>
    public static string Train(string? checkpoint, Optimizer optimizer, Action<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var network = new Resumed(seed: 7, batchSize: 32, threads: 2);
        BatchLoader batches = new(Digits.Create(seed: 3, train: 320, test: 10).Train, 32) { Shuffle = true, Seed = 5 };
        var trainer = new Trainer(network, optimizer)
        {
            Noise = NoiseSchedule.Ramp(0.1f, rampEpochs: 2).With(ImageSigma.HalfNormal(1f, 0.1f)),
            LearningRate = LearningRateSchedule.Cosine(),
            Checkpoint = checkpoint,
            Progress = progress is null ? null : new Listener(progress),
        };
        TrainingHistory history = trainer.Run(batches, Epochs, cancellation);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Parameter parameter in network.Parameters) hash.AppendData(MemoryMarshal.AsBytes(parameter.Values));
        foreach (Statistic statistic in network.Statistics) hash.AppendData(MemoryMarshal.AsBytes(statistic.Values));
        foreach (EpochResult epoch in history.Epochs) hash.AppendData(BitConverter.GetBytes(epoch.Loss));
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    public static TheoryData<string> Optimizers => ["adam", "adamw", "momentum"];

    private static Optimizer Make(string name) => name switch
    {
        "adam" => new Adam(1e-3f),
        "adamw" => new AdamW(1e-3f),
        _ => new Sgd(0.01f) { Momentum = 0.9f },
    };

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void ACancelledRunGoesOn(string optimizer)
    {
        string expected = Train(null, Make(optimizer));
        Assert.Equal(expected, Train(Path.Combine(_folder, "other.safetensors"), Make(optimizer)));
        foreach (int epoch in new[] { 1, 2, 4 })
        {
            using var source = new CancellationTokenSource();
            Assert.Throws<OperationCanceledException>(() => Train(
                File, Make(optimizer), step => { if (step.Epoch == epoch && step.Batch == 7) source.Cancel(); }, source.Token));
        }

        Assert.Equal(expected, Train(File, Make(optimizer)));

        // It has ended: there is nothing left to train.
        Assert.Equal(expected, Train(File, Make(optimizer), _ => Assert.Fail("A step was taken.")));
    }

    [Fact]
    public void AKilledRunGoesOn()
    {
        string expected = Child.Run(new Dictionary<string, string>(), Child.Training, Path.Combine(_folder, "whole.safetensors"))[^1];
        var random = new Random(1);
        int killed = 0;
        for (; killed < 20; killed++)
        {
            using Process child = Child.Start(new Dictionary<string, string>(), Child.Training, File);
            if (child.WaitForExit(random.Next(200, 1000))) break;
            child.Kill();
            child.WaitForExit();
        }

        Assert.InRange(killed, 3, 20);
        Assert.Equal(expected, Child.Run(new Dictionary<string, string>(), Child.Training, File)[^1]);
        Assert.Equal(["run.safetensors", "whole.safetensors"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void AnotherTrainingsCheckpointIsRefused()
    {
        Train(File, Make("adam"));
        string optimizer = Assert.Throws<CheckpointException>(() => Train(File, new AdamW(1e-3f))).Message;
        Assert.Contains("optimizer Adam; this one has AdamW", optimizer, StringComparison.Ordinal);
        Assert.Contains("learning rate 0.001", Assert.Throws<CheckpointException>(() => Train(File, new Adam(1e-2f))).Message, StringComparison.Ordinal);

        using var network = new Resumed(seed: 7, batchSize: 32, threads: 1);
        network.Save(File);
        Assert.Throws<CheckpointException>(() => Train(File, Make("adam")));
    }

    [Fact]
    public void ARefusedCheckpointChangesNothing()
    {
        Train(File, Make("adam"));
        using var network = new Resumed(seed: 7, batchSize: 32, threads: 1);
        using var other = new Resumed(seed: 8, batchSize: 32, threads: 1);
        foreach ((Resumed mine, Optimizer optimizer) in new (Resumed, Optimizer)[] { (network, new AdamW(1e-3f)), (other, new Adam(1e-3f)) })
        {
            float[] before = [.. mine.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
            var trainer = new Trainer(mine, optimizer) { Checkpoint = File };
            Assert.Throws<CheckpointException>(() => trainer.Run(new BatchLoader(Digits.Create(seed: 3, train: 320, test: 10).Train, 32), Epochs));
            Assert.Equal(before, mine.Parameters.SelectMany(parameter => parameter.Values.ToArray()));
            Assert.Equal(0u, mine.Step);
        }
    }

    /// <summary>The same objects go on, too, though they have taken steps behind the checkpoint.</summary>
    [Theory]
    [MemberData(nameof(Optimizers))]
    public void ACancelledTrainerGoesOn(string optimizer)
    {
        float[] Parameters(Func<Trainer, BatchLoader, TrainingHistory> run, string checkpoint)
        {
            using var network = new Resumed(seed: 7, batchSize: 32, threads: 1);
            run(new Trainer(network, Make(optimizer)) { Checkpoint = checkpoint }, new BatchLoader(Digits.Create(seed: 3, train: 320, test: 10).Train, 32));
            return [.. network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
        }

        float[] cancelled = Parameters(
            (trainer, batches) =>
            {
                using var source = new CancellationTokenSource();
                trainer.Progress = new Listener(step => { if (step.Epoch == 2 && step.Batch == 6) source.Cancel(); });
                Assert.Throws<OperationCanceledException>(() => trainer.Run(batches, Epochs, source.Token));
                return trainer.Run(batches, Epochs);
            },
            File);

        Assert.Equal(Parameters((trainer, batches) => trainer.Run(batches, Epochs), Path.Combine(_folder, "whole.safetensors")), cancelled);
    }

    [Fact]
    public void AFolderThatCannotBeWrittenToIsFoundBeforeTheFirstStep() => Assert.ThrowsAny<IOException>(
        () => Train(Path.Combine(_folder, "missing", "run.safetensors"), Make("adam"), _ => Assert.Fail("A step was taken.")));

    [Fact]
    public void ATrainingsCheckpointOpensAsANetworks()
    {
        Train(File, Make("adam"));
        using var network = new Resumed(seed: 1, batchSize: 32, threads: 1);
        network.Load(File);
        Assert.Equal(50u, network.Step);
    }

    private sealed class Listener(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
