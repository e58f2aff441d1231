using System.Collections.Immutable;
using System.Diagnostics;
using NoiseGen;

namespace Harden;

/// <summary>Receives a job's progress.</summary>
internal interface IJobProgress
{
    /// <summary>A training begins, or goes on.</summary>
    void Began(Variant variant, TrainingStart start);

    /// <summary>A training step is done.</summary>
    void Trained(Variant variant, TrainingProgress progress);

    /// <summary>An evaluation of the sweep is done.</summary>
    void Swept(Variant variant, SweepProgress progress);

    /// <summary>One variant is done.</summary>
    void Finished(VariantResult result);
}

/// <summary>A training that begins.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Index">Its place among those of its way, from 0.</param>
/// <param name="Count">How many its way has.</param>
/// <param name="Epochs">Epochs in all.</param>
/// <param name="EpochsDone">Epochs behind it, of an interrupted run; null where it begins anew.</param>
internal sealed record TrainingStart(ulong Seed, int Index, int Count, int Epochs, int? EpochsDone)
{
    /// <summary>Such as <c>resumed at epoch 3</c>; empty where it begins anew, the only one of its way.</summary>
    public override string ToString()
    {
        string seed = Count > 1 ? FormattableString.Invariant($"seed {Seed}, {Index + 1} of {Count}") : "";
        string resumed = EpochsDone is not { } done ? "" : done < Epochs
            ? FormattableString.Invariant($"resumed at epoch {done + 1}")
            : "was trained before";
        return string.Join(", ", new[] { seed, resumed }.Where(part => part.Length > 0));
    }
}

/// <summary>Trains the network four ways and sweeps the noise of its evaluation.</summary>
internal sealed class Job(Settings settings, DataSplit data, IJobProgress progress, CancellationToken cancellation)
{
    private const int Bits = 8;

    /// <summary>Is given each network once it is trained; null, as at first, where none is kept.</summary>
    public Action<Variant, ulong, NeuralNetwork>? Keep { get; init; }

    /// <summary>Keeps the state of each training; null (the default) means that none is kept.</summary>
    public Unfinished? Unfinished { get; init; }

    /// <summary>Reads or draws the data for the settings.</summary>
    /// <exception cref="DataFileException">A file is missing or broken.</exception>
    public static DataSplit Load(Settings settings) => settings.Data switch
    {
        DataChoice.Mnist => Mnist.Load(settings.DataFolder!),
        DataChoice.Cifar10 => Cifar10.Load(settings.DataFolder!),
        DataChoice.ColorDigits => ColorDigits.Create(settings.Seed, train: 4_000, test: 1_000),
        DataChoice.Keywords => Keywords.Create(settings.Seed, train: 12_000, test: 2_400),
        _ => Digits.Create(settings.Seed, train: 8_000, test: 2_000),
    };

    public JobResult Run()
    {
        var clock = Stopwatch.StartNew();
        ImmutableArray<VariantResult> variants = [.. Variant.All.Select(Harden)];
        return new JobResult(settings, data.Train.Count, data.Test.Count, variants, clock.Elapsed);
    }

    private VariantResult Harden(Variant variant)
    {
        Rounding rounding = variant.Quantized ? new Rounding(Bits, settings.Scale) : Rounding.None;
        var trainings = ImmutableArray.CreateBuilder<TrainedNetwork>();
        string summary = "";
        foreach (ulong seed in settings.AllSeeds)
        {
            using NeuralNetwork network = Catalogue.Of(settings.Network).Create(settings, seed, rounding);
            TrainingHistory history = Train(network, variant, seed, trainings.Count);
            Keep?.Invoke(variant, seed, network);
            trainings.Add(Measure(network, variant, seed, history));
            if (summary.Length == 0) summary = network.Summary();
        }

        var result = VariantResult.Of(variant, trainings.ToImmutable(), summary);
        progress.Finished(result);
        return result;
    }

    private TrainedNetwork Measure(NeuralNetwork network, Variant variant, ulong seed, TrainingHistory history)
    {
        var test = new BatchLoader(data.Test, settings.Batch);
        RobustnessCurve curve = Robustness.Sweep(network, test, SigmaGrid.Default, settings.Repeats, Swept, cancellation);
        return new TrainedNetwork(seed, history, curve with { Name = variant.Name })
        {
            Sites = settings.Sites
                ? [.. Robustness.WalkingNoise(network, test, SigmaGrid.Default, settings.Repeats, Swept, cancellation)] : [],
        };

        void Swept(SweepProgress step) => progress.Swept(variant, step);
    }

    private TrainingHistory Train(NeuralNetwork network, Variant variant, ulong seed, int index)
    {
        Trainer trainer = Training.Of(network, settings, NoiseSchedule.Constant(variant.Noisy ? settings.Sigma : 0f));
        trainer.Progress = step => progress.Trained(variant, step);
        trainer.Validation = new BatchLoader(data.Test, settings.Batch); // for the learning curves alone: nothing is chosen by it
        trainer.Warn = null; // the results' notes have it
        int? done = Unfinished?.Keep(NameOf(settings, variant, seed), trainer);
        progress.Began(variant, new TrainingStart(seed, index, settings.Seeds, settings.Epochs, done));
        return trainer.Run(Training.Batches(settings, data.Train, seed), settings.Epochs, cancellation);
    }

    /// <summary>What files call a training: its way, and where there are several its seed.</summary>
    public static string NameOf(Settings settings, Variant variant, ulong seed)
    {
        string name = variant.Name.Replace(' ', '-');
        return settings.Seeds == 1 ? name : FormattableString.Invariant($"{name}-seed{seed}");
    }
}
