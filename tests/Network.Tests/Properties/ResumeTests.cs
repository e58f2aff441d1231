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

/// <summary>A run that was interrupted, cancelled or killed ends with the same bits as one that was not.</summary>
public sealed class ResumeTests : IDisposable
{
    private const int Epochs = 5;
    private const int Stop = 19; // SIGSTOP

    private readonly string _folder = Directory.CreateTempSubdirectory("noisegen").FullName;

    private string File => Path.Combine(_folder, "run.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Trains to the end, from the checkpoint if there is one.</summary>
    /// <returns>A digest of the parameters, the statistics and the reports of the epochs.</returns>
    public static string Train(
        string? checkpoint, Optimizer optimizer, Action<TrainingProgress>? progress = null, CancellationToken cancellation = default,
        TimeSpan? every = null)
    {
        using var network = new Resumed(seed: 7, batchSize: 32, threads: 2);
        BatchLoader batches = new(Digits.Create(seed: 3, train: 320, test: 10).Train, 32) { Shuffle = true, Seed = 5 };
        var trainer = new Trainer(network, optimizer)
        {
            Noise = NoiseSchedule.Ramp(0.1f, rampEpochs: 2).With(ImageSigma.HalfNormal(1f, 0.1f)),
            LearningRate = LearningRateSchedule.Cosine(),
            Checkpoint = checkpoint,
            CheckpointEvery = every ?? Timeout.InfiniteTimeSpan,
            Progress = progress,
        };
        TrainingHistory history = trainer.Run(batches, Epochs, cancellation);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Parameter parameter in network.Parameters) hash.AppendData(MemoryMarshal.AsBytes(parameter.Values));
        foreach (Statistic statistic in network.Statistics) hash.AppendData(MemoryMarshal.AsBytes(statistic.Values));
        foreach (EpochResult epoch in history.Epochs)
        {
            hash.AppendData(BitConverter.GetBytes(epoch.Loss));
            hash.AppendData(BitConverter.GetBytes(epoch.Accuracy));
            hash.AppendData(BitConverter.GetBytes(epoch.LearningRate));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    public static TheoryData<string> Optimizers => ["adam", "adamw", "momentum"];

    public static Optimizer Make(string name) => name switch
    {
        "adam" => new Adam(1e-3f),
        "adamw" => new AdamW(1e-3f),
        _ => new Sgd(0.01f) { Momentum = 0.9f },
    };

    /// <summary>Cancelled repeatedly, at random steps: no step is taken twice.</summary>
    [Theory]
    [MemberData(nameof(Optimizers))]
    public void ACancelledRunGoesOnFromThatStep(string optimizer)
    {
        string expected = Train(null, Make(optimizer));
        Assert.Equal(expected, Train(Path.Combine(_folder, "other.safetensors"), Make(optimizer)));
        var random = new Random(4);
        List<(int, int)> taken = [];
        string? actual = null;
        for (int runs = 1; actual is null; runs++)
        {
            Assert.InRange(runs, 1, 50);
            using var source = new CancellationTokenSource();
            int left = random.Next(1, 9);
            void Count(TrainingProgress step)
            {
                taken.Add((step.Epoch, step.Batch));
                if (--left == 0) source.Cancel();
            }

            try
            {
                actual = Train(File, Make(optimizer), Count, source.Token);
            }
            catch (OperationCanceledException)
            {
            }
        }

        Assert.Equal(expected, actual);
        Assert.Equal(Enumerable.Range(0, Epochs * 10).Select(step => (1 + step / 10, 1 + step % 10)), taken);

        // It has ended: nothing is left to train.
        Assert.Equal(expected, Train(File, Make(optimizer), _ => Assert.Fail("A step was taken.")));
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void AKilledRunGoesOn(string optimizer)
    {
        string expected = Train(null, Make(optimizer));
        var random = new Random(1);
        int within = 0;
        for (int killed = 0; killed < 20;)
        {
            using Process child = Child.Start(new Dictionary<string, string>(), Child.Training, optimizer, File);
            // Mostly at work, sometimes while it starts.
            string? first = random.Next(5) > 0 ? child.StandardOutput.ReadLine() : null;
            if (child.WaitForExit(random.Next(20, 400)))
            {
                // A new run, for more moments at which it can be killed.
                Assert.Equal(expected, $"{first}\n{child.StandardOutput.ReadToEnd()}".Trim().Split('\n')[^1].Trim());
                System.IO.File.Delete(File);
                continue;
            }

            child.Kill();
            child.WaitForExit();
            killed++;
            if (!System.IO.File.Exists(File)) continue;
            using var network = new Resumed(seed: 7, batchSize: 32, threads: 1);
            network.Load(File);
            if (network.Step % 10 > 0) within++;
        }

        Assert.InRange(within, 3, 20); // within an epoch
        Assert.Equal(expected, Child.Run(new Dictionary<string, string>(), Child.Training, optimizer, File)[^1]);
        Assert.Equal([File], Directory.GetFiles(_folder));
    }

    /// <summary>A run of another process keeps its place until it ends, however it ends.</summary>
    [LinuxFact]
    public void ARunOfAnotherProcessIsNotDisturbed()
    {
        string expected = Train(null, Make("adam"));
        using Process child = Child.Start(new Dictionary<string, string>(), Child.Training, "adam", File);
        Assert.NotNull(child.StandardOutput.ReadLine()); // its first step
        Assert.Equal(0, Signal(child.Id, Stop));         // it stands still, however long this takes

        string refusal = Assert.ThrowsAny<IOException>(() => Train(File, Make("adam"), _ => Assert.Fail("A step was taken."))).Message;
        child.Kill();
        child.WaitForExit();

        Assert.StartsWith($"{File}: another run keeps its place there", refusal, StringComparison.Ordinal);
        Assert.Equal(expected, Train(File, Make("adam")));
        Assert.Equal([File], Directory.GetFiles(_folder));
    }

    /// <summary>The cost of a crash: the steps since the latest write, which a limit on the time between writes keeps few.</summary>
    [Fact]
    public void ARunThatFailedGoesOnFromItsLatestCheckpoint()
    {
        string expected = Train(null, Make("adam"));
        void Fail(TrainingProgress step)
        {
            if ((step.Epoch, step.Batch) == (3, 6)) throw new InvalidDataException("Out of luck.");
        }

        Assert.Throws<InvalidDataException>(() => Train(File, Make("adam"), Fail, every: TimeSpan.Zero));
        List<(int, int)> taken = [];
        Assert.Equal(expected, Train(File, Make("adam"), step => taken.Add((step.Epoch, step.Batch))));
        Assert.Equal((3, 6), taken[0]);
        Assert.Equal(25, taken.Count);
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(double.MinValue)]
    public void ATimeBetweenCheckpointsThatCannotBeIsRefused(double milliseconds)
    {
        using var network = new Resumed(seed: 7, batchSize: 32, threads: 1);
        var trainer = new Trainer(network, Make("adam"));
        TimeSpan time = milliseconds == double.MinValue ? TimeSpan.MinValue : TimeSpan.FromMilliseconds(milliseconds);
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.CheckpointEvery = time);
        Assert.Equal(TimeSpan.FromMinutes(5), trainer.CheckpointEvery);
    }

    /// <summary>An optimizer that took steps before the run resumes as well as a new one.</summary>
    [Fact]
    public void ASecondTrainingGoesOnInAnotherProcess()
    {
        static float[] Train(string? checkpoint, bool isCancelled)
        {
            using var network = new Resumed(seed: 7, batchSize: 32, threads: 1);
            var batches = new BatchLoader(Digits.Create(seed: 3, train: 320, test: 10).Train, 32);
            var trainer = new Trainer(network, Make("adam"));
            if (checkpoint is null || isCancelled) trainer.Run(batches, 2);
            trainer.Checkpoint = checkpoint;
            using var source = new CancellationTokenSource();
            if (isCancelled) trainer.Progress = step => { if (step is { Epoch: 2, Batch: 4 }) source.Cancel(); };
            if (isCancelled) Assert.Throws<OperationCanceledException>(() => trainer.Run(batches, 2, source.Token));
            else trainer.Run(batches, 2);
            return [.. network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
        }

        float[] expected = Train(null, isCancelled: false);
        Train(File, isCancelled: true);
        Assert.Equal(expected, Train(File, isCancelled: false));
    }

    [Fact]
    public void AnotherTrainingsCheckpointIsRefused()
    {
        Train(File, Make("adam"));
        string optimizer = Assert.Throws<CheckpointException>(() => Train(File, new AdamW(1e-3f))).Message;
        Assert.Contains("optimizer Adam; this one has AdamW", optimizer, StringComparison.Ordinal);
        Assert.Contains("learning rate 0.001", Assert.Throws<CheckpointException>(() => Train(File, new Adam(1e-2f))).Message,
            StringComparison.Ordinal);

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
        foreach ((Resumed mine, Optimizer optimizer) in new (Resumed, Optimizer)[] { (network, new AdamW(1e-3f)),
            (other, new Adam(1e-3f)) })
        {
            float[] before = [.. mine.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
            var trainer = new Trainer(mine, optimizer) { Checkpoint = File };
            Assert.Throws<CheckpointException>(
                () => trainer.Run(new BatchLoader(Digits.Create(seed: 3, train: 320, test: 10).Train, 32), Epochs));
            Assert.Equal(before, mine.Parameters.SelectMany(parameter => parameter.Values.ToArray()));
            Assert.Equal(0u, mine.Step);
        }
    }

    /// <summary>The same objects can resume, too, although they have taken steps after the checkpoint.</summary>
    [Theory]
    [MemberData(nameof(Optimizers))]
    public void ACancelledTrainerGoesOn(string optimizer)
    {
        float[] Parameters(Func<Trainer, BatchLoader, TrainingHistory> run, string checkpoint)
        {
            using var network = new Resumed(seed: 7, batchSize: 32, threads: 1);
            run(new Trainer(network, Make(optimizer)) { Checkpoint = checkpoint },
                new BatchLoader(Digits.Create(seed: 3, train: 320, test: 10).Train, 32));
            return [.. network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
        }

        float[] cancelled = Parameters(
            (trainer, batches) =>
            {
                using var source = new CancellationTokenSource();
                trainer.Progress = step => { if (step.Epoch == 2 && step.Batch == 6) source.Cancel(); };
                Assert.Throws<OperationCanceledException>(() => trainer.Run(batches, Epochs, source.Token));
                return trainer.Run(batches, Epochs);
            },
            File);

        Assert.Equal(Parameters((trainer, batches) => trainer.Run(batches, Epochs), Path.Combine(_folder, "whole.safetensors")), cancelled);
    }

    [Fact]
    public void AFolderThatCannotBeWrittenToIsFoundBeforeTheFirstStep() => Assert.ThrowsAny<IOException>(
        () => Train(Path.Combine(_folder, "missing", "run.safetensors"), Make("adam"), _ => Assert.Fail("A step was taken.")));

    /// <summary>A run that is refused before its first step leaves no file that would refuse the corrected one.</summary>
    [Fact]
    public void ARefusedRunLeavesNoCheckpoint()
    {
        using var network = new Resumed(seed: 1, batchSize: 16, threads: 1);
        var trainer = new Trainer(network, Make("adam")) { Checkpoint = File };

        Assert.Throws<ArgumentException>(
            "batches", () => trainer.Run(new BatchLoader(Digits.Create(seed: 3, train: 40, test: 10).Train, 32), 1));

        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public void ATrainingsCheckpointOpensAsANetworks()
    {
        Train(File, Make("adam"));
        using var network = new Resumed(seed: 1, batchSize: 32, threads: 1);
        network.Load(File);
        Assert.Equal(50u, network.Step);
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int process, int signal);
}
