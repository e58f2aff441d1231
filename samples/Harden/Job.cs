using System.Collections.Immutable;
using System.Diagnostics;
using NoiseGen;

namespace Harden;

/// <summary>Is told how a job gets on.</summary>
internal interface IJobProgress
{
    /// <summary>A training step is done.</summary>
    void Trained(Variant variant, TrainingProgress progress);

    /// <summary>An evaluation of the sweep is done.</summary>
    void Swept(Variant variant, SweepProgress progress);

    /// <summary>One way to train is done.</summary>
    void Finished(VariantResult result);
}

/// <summary>Trains the network four ways and sweeps the noise of its evaluation.</summary>
internal sealed class Job(Settings settings, DataSplit data, IJobProgress progress, CancellationToken cancellation)
{
    /// <summary>Is given each network once it is trained; null, as at first, where none is kept.</summary>
    public Action<Variant, NeuralNetwork>? Keep { get; init; }

    /// <summary>Keeps where each training stands; null, as at first, where none is kept.</summary>
    public Unfinished? Unfinished { get; init; }

    /// <summary>Reads or draws the data that settings ask for.</summary>
    /// <exception cref="DataFileException">A file is missing or broken.</exception>
    public static DataSplit Load(Settings settings) => settings.Data switch
    {
        DataChoice.Mnist => Mnist.Load(settings.DataFolder!),
        DataChoice.Cifar10 => Cifar10.Load(settings.DataFolder!),
        DataChoice.Keywords => Keywords.Create(settings.Seed, train: 12_000, test: 2_400),
        _ => Digits.Create(settings.Seed, train: 8_000, test: 2_000),
    };

    public JobResult Run() => (settings.Network, data.Train.Shape.Channels) switch
    {
        (NetworkChoice.LeNet5, 1) => Run<LeNet5Gray, LeNet5GrayQuantized>(),
        (NetworkChoice.LeNet5, _) => Run<LeNet5Color, LeNet5ColorQuantized>(),
        (NetworkChoice.LeNet5MaxPool, 1) => Run<LeNet5MaxPoolGray, LeNet5MaxPoolGrayQuantized>(),
        (NetworkChoice.LeNet5MaxPool, _) => Run<LeNet5MaxPoolColor, LeNet5MaxPoolColorQuantized>(),
        (NetworkChoice.LeNet5BatchNorm, 1) => Run<LeNet5BatchNormGray, LeNet5BatchNormGrayQuantized>(),
        (NetworkChoice.LeNet5BatchNorm, _) => Run<LeNet5BatchNormColor, LeNet5BatchNormColorQuantized>(),
        (NetworkChoice.CnnS, _) => Run<CnnS, CnnSQuantized>(),
        (NetworkChoice.Vgg11, _) => Run<Vgg11, Vgg11Quantized>(),
        (NetworkChoice.Vgg11BatchNorm, _) => Run<Vgg11BatchNorm, Vgg11BatchNormQuantized>(),
        (NetworkChoice.DenseNet, _) => Run<DenseNet, DenseNetQuantized>(),
        (NetworkChoice.ResNet18, _) => Run<ResNet18, ResNet18Quantized>(),
        (_, 1) => Run<MlpGray, MlpGrayQuantized>(),
        _ => Run<MlpColor, MlpColorQuantized>(),
    };

    private JobResult Run<TFloat, TQuantized>()
        where TFloat : NeuralNetwork, INetwork<TFloat>
        where TQuantized : NeuralNetwork, INetwork<TQuantized>
    {
        var clock = Stopwatch.StartNew();
        ImmutableArray<VariantResult> variants = [.. Variant.All.Select(variant => variant.Quantized ? Harden<TQuantized>(variant) : Harden<TFloat>(variant))];
        return new JobResult(settings, data.Train.Count, data.Test.Count, variants, clock.Elapsed);
    }

    private VariantResult Harden<TNetwork>(Variant variant)
        where TNetwork : NeuralNetwork, INetwork<TNetwork>
    {
        using TNetwork network = TNetwork.Create(settings.Seed, settings.Batch, settings.Threads);
        foreach (Stage stage in network.Stages)
            if (stage.Description.ActivationQuantizer is not null) stage.Quantizer.Scale = settings.Scale;

        TrainingHistory history = Train(network, variant);
        Keep?.Invoke(variant, network);
        var test = new BatchLoader(data.Test, settings.Batch);
        RobustnessCurve curve = Robustness.Sweep(network, test, SigmaGrid.Default, settings.Repeats, Swept, cancellation);
        var result = new VariantResult(variant, history, curve with { Name = variant.Name }, network.Summary())
        {
            Sites = settings.Sites ? Robustness.WalkingNoise(network, test, SigmaGrid.Default, settings.Repeats, Swept, cancellation) : [],
        };
        progress.Finished(result);
        return result;

        void Swept(SweepProgress step) => progress.Swept(variant, step);
    }

    private TrainingHistory Train(NeuralNetwork network, Variant variant)
    {
        Trainer trainer = Training.Of(network, settings, NoiseSchedule.Constant(variant.Noisy ? settings.Sigma : 0f));
        trainer.Progress = step => progress.Trained(variant, step);
        trainer.Warn = null; // the results' notes have it
        Unfinished?.Keep(variant.Name, trainer);
        return trainer.Run(Training.Batches(settings, data.Train, settings.Seed), settings.Epochs, cancellation);
    }
}
