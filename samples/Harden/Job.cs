using System.Collections.Immutable;
using System.Diagnostics;
using NoiseGen;

namespace Harden;

/// <summary>Receives a job's progress.</summary>
internal interface IJobProgress
{
    /// <summary>A training step is done.</summary>
    void Trained(Variant variant, TrainingProgress progress);

    /// <summary>An evaluation of the sweep is done.</summary>
    void Swept(Variant variant, SweepProgress progress);

    /// <summary>One variant is done.</summary>
    void Finished(VariantResult result);
}

/// <summary>Trains the network four ways and sweeps the noise of its evaluation.</summary>
internal sealed class Job(Settings settings, DataSplit data, IJobProgress progress, CancellationToken cancellation)
{
    private const int Bits = 8;

    /// <summary>Receives each trained network; null (the default) means that none is kept.</summary>
    public Action<Variant, NeuralNetwork>? Keep { get; init; }

    /// <summary>Keeps the state of each training; null (the default) means that none is kept.</summary>
    public Unfinished? Unfinished { get; init; }

    /// <summary>Reads or draws the data for the settings.</summary>
    /// <exception cref="DataFileException">A file is missing or broken.</exception>
    public static DataSplit Load(Settings settings) => settings.Data switch
    {
        DataChoice.Mnist => Mnist.Load(settings.DataFolder!),
        DataChoice.Cifar10 => Cifar10.Load(settings.DataFolder!),
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
        using NeuralNetwork network = Catalogue.Of(settings.Network).Create(settings, settings.Seed, rounding);
        TrainingHistory history = Train(network, variant);
        Keep?.Invoke(variant, network);
        var test = new BatchLoader(data.Test, settings.Batch);
        RobustnessCurve curve = Robustness.Sweep(network, test, SigmaGrid.Default, settings.Repeats, Swept, cancellation);
        var result = new VariantResult(variant, history, curve with { Name = variant.Name }, network.Summary())
        {
            Sites = settings.Sites
                ? [.. Robustness.WalkingNoise(network, test, SigmaGrid.Default, settings.Repeats, Swept, cancellation)] : [],
        };
        progress.Finished(result);
        return result;

        void Swept(SweepProgress step) => progress.Swept(variant, step);
    }

    private TrainingHistory Train(NeuralNetwork network, Variant variant)
    {
        Trainer trainer = Training.Of(network, settings, NoiseSchedule.Constant(variant.Noisy ? settings.Sigma : 0f));
        trainer.Progress = step => progress.Trained(variant, step);
        trainer.Warn = null; // it is in the results' notes
        Unfinished?.Keep(variant.Name, trainer);
        return trainer.Run(Training.Batches(settings, data.Train, settings.Seed), settings.Epochs, cancellation);
    }
}
