using System.Globalization;

namespace NoiseGen.Tests.Properties;

/// <summary>Another network of this name and shape.</summary>
internal static partial class Coarse
{
    [Network(1, 28, 28)]
    [Noise<Combined>]
    [Quantize(Bits = 4, Scale = 0.05f)]
    internal sealed partial class Resumed
    {
        [Conv2d(4, 5, Stride = 2), BatchNorm, Relu, MaxPool(2)] public partial Stage Conv { get; }
        [Dense(16), Relu, Dropout(0.25f)] public partial Stage Hidden { get; }
        [Dense(10)] public partial Stage Logits { get; }
    }
}

/// <summary>The same network, all convolutions of which are direct.</summary>
internal static partial class Direct
{
    [Network(1, 28, 28, Winograd = false)]
    [Noise<Combined>]
    [Quantize(Bits = 8, Scale = 0.05f)]
    internal sealed partial class Resumed
    {
        [Conv2d(4, 5, Stride = 2), BatchNorm, Relu, MaxPool(2)] public partial Stage Conv { get; }
        [Dense(16), Relu, Dropout(0.25f)] public partial Stage Hidden { get; }
        [Dense(10)] public partial Stage Logits { get; }
    }
}

/// <summary>The same network, whose weights are held by memory cells.</summary>
internal static partial class OnChips
{
    [Network(1, 28, 28)]
    [Noise<Combined>]
    [Quantize(Bits = 8, Scale = 0.05f)]
    [Device<Pcm>]
    internal sealed partial class Resumed
    {
        [Conv2d(4, 5, Stride = 2), BatchNorm, Relu, MaxPool(2)] public partial Stage Conv { get; }
        [Dense(16), Relu, Dropout(0.25f)] public partial Stage Hidden { get; }
        [Dense(10)] public partial Stage Logits { get; }
    }

    /// <summary>Trains on chips with some cells stuck.</summary>
    public static NeuralNetwork Create(float stuckOff) =>
        new Resumed(seed: 7, batchSize: 64, threads: 1) { TrainsOnChips = true, StuckOff = stuckOff };
}

/// <summary>
/// A run continues from a checkpoint only with the settings with which it began: each setting that differs is refused by its name.
/// </summary>
public sealed class SettingsTests : IDisposable
{
    private static readonly Dictionary<string, Change> s_changes = new()
    {
        ["optimizer"] = new(run => run.Optimizer = new AdamW(1e-3f), "optimizer Adam; this one has AdamW"),
        ["learning rate"] = new(run => run.Optimizer = new Adam(0.25f), "learning rate 0.001; this one has 0.25"),
        ["beta1"] = new(run => run.Optimizer = new Adam(1e-3f) { Beta1 = 0.75 }, "beta1 0.9; this one has 0.75"),
        ["beta2"] = new(run => run.Optimizer = new Adam(1e-3f) { Beta2 = 0.5 }, "beta2 0.999; this one has 0.5"),
        ["epsilon"] = new(run => run.Optimizer = new Adam(1e-3f) { Epsilon = 0.125f }, "epsilon 1E-08; this one has 0.125"),
        ["weight decay of Adam"] = new(run => run.Optimizer = new Adam(1e-3f) { WeightDecay = 0.5f }, "weight decay 0; this one has 0.5"),
        ["weight decay of AdamW"] = new(run => run.Optimizer = new AdamW(1e-3f) { WeightDecay = 0.5f },
            "weight decay 0.01; this one has 0.5") { From = run => run.Optimizer = new AdamW(1e-3f) },
        ["weight decay of SGD"] = Sgd(new(1e-3f) { Momentum = 0.9f, WeightDecay = 0.5f }, "weight decay 0; this one has 0.5"),
        ["no momentum"] = Sgd(new(1e-3f), "momentum 0.9; this one has 0."),
        ["momentum"] = Sgd(new(1e-3f) { Momentum = 0.5f }, "momentum 0.9; this one has 0.5"),
        ["Nesterov"] = Sgd(new(1e-3f) { Momentum = 0.9f, Nesterov = true }, "nesterov off; this one has on"),
        ["learning rate schedule"] = new(
            run => run.Rates = LearningRateSchedule.Cosine(0.5f), "learning rate schedule constant; this one has cosine by epoch to 0.5"),
        ["cosine by step"] = new(run => run.Rates = LearningRateSchedule.CosineByStep(),
            "learning rate schedule cosine by epoch to 0; this one has cosine by step to 0")
        {
            From = run => run.Rates = LearningRateSchedule.Cosine(),
        },
        ["steps of the rate"] = new(run => run.Rates = LearningRateSchedule.Step(3, 0.5f), "this one has times 0.5 every 3 epochs"),
        ["warm-up"] = new(
            run => run.Rates = LearningRateSchedule.WarmUp(2, LearningRateSchedule.Cosine()),
            "this one has warm-up by epoch from 0.1 over 2 epochs, then cosine by epoch to 0"),
        ["epochs"] = new(run => run.Epochs = 4, "epochs 5; this one has 4"),
        ["batches"] = new(run => run.Source = Images(batch: 16), "batches 10; this one has 20"),
        ["batch size"] = new(run => run.Source = Images(batch: 33), "batch size 32; this one has 33"),
        ["images"] = new(run => run.Source = Images(count: 319), "images 320; this one has 319"),
        ["order"] = new(run => run.Source = Images(shuffle: false), "order shuffled by seed 5; this one has as stored"),
        ["last batch"] = new(run => run.Source = Images(batch: 33, dropLast: true), "batches 10; this one has 9")
            { From = run => run.Source = Images(batch: 33) },
        ["seed of the order"] = new(run => run.Source = Images(seed: 6), "order shuffled by seed 5; this one has shuffled by seed 6"),
        ["augmentation"] = new(
            run => run.Source = Images(augmentation: new() { CropPadding = 2, HorizontalFlip = true }),
            "augmentation none; this one has crop padding 2, horizontal flip, seed 5"),
        ["normalization"] = new(run => run.Source = Images(normalization: new([0.5f], [0.25f])),
            "normalization mean 0, std 1; this one has mean 0.5, std 0.25"),
        ["sigma"] = new(run => run.Noise = NoiseSchedule.Constant(0.25f), "noise schedule constant 0.5; this one has constant 0.25"),
        ["ramp"] = new(run => run.Noise = NoiseSchedule.Ramp(0.5f, 3), "this one has ramp to 0.5 over 3 epochs"),
        ["ramp of a fifth"] = new(run => run.Noise = NoiseSchedule.Ramp(0.5f), "this one has ramp to 0.5 over a fifth of the epochs"),
        ["overshoot"] = new(run => run.Noise = NoiseSchedule.Overshoot(0.5f), "this one has overshoot to 0.5"),
        ["variance-aware"] = new(
            run => run.Noise = NoiseSchedule.VarianceAware(0.5f, 0.25f, seed: 7),
            "this one has variance-aware 0.5, deviation 0.25, mean 1, seed 7"),
        ["sigma per image"] = new(
            run => run.Noise = NoiseSchedule.Constant(0.5f).With(ImageSigma.Normal(1f, 0.25f)),
            "this one has constant 0.5, for each image normal, mean 1, deviation 0.25"),
        ["map"] = new(run => run.Noise = NoiseSchedule.Constant(0.5f).Mapped(Factors), "this one has constant 0.5, mapped by 0.5 1"),
        ["distillation"] = new(
            run => run.Distillation = new(new Resumed(seed: 1, batchSize: 64, threads: 1)) { Temperature = 2f },
            "distillation none; this one has from Resumed, share 0.5, temperature 2"),
        ["network"] = new(
            run => run.Network = () => new LeNet5Digits(seed: 7, batchSize: 64, threads: 1), "network Resumed; this one has LeNet5Digits"),
        ["declaration"] = new(
            run => run.Network = () => new Coarse.Resumed(seed: 7, batchSize: 64, threads: 1),
            "stage Conv Conv2d 5×5/2, BatchNorm, ReLU, MaxPool 2×2; 8-bit weights per channel, 8-bit activations; reads the input; "
            + "epsilon 1E-05, momentum 0.1; scale 0.05; this one has "
            + "Conv2d 5×5/2, BatchNorm, ReLU, MaxPool 2×2; 4-bit weights per channel, 4-bit activations; reads the input; "
            + "epsilon 1E-05, momentum 0.1; scale 0.05"),
        ["Winograd"] = new(run => run.Network = () => new Direct.Resumed(seed: 7, batchSize: 64, threads: 1),
            "Winograd allowed; this one has not allowed"),
        ["stuck cells"] = new(
            run => run.Network = () => OnChips.Create(stuckOff: 0.25f),
            "chips programming noise × 1, stuck off 0, stuck on 0; this one has programming noise × 1, stuck off 0.25, stuck on 0")
        {
            From = run => run.Network = () => OnChips.Create(stuckOff: 0f),
        },
        ["seed"] = new(run => run.Network = () => new Resumed(seed: 8, batchSize: 64, threads: 1), "seed 7; this one has 8"),
        ["weight limit"] = new(run => run.Prepare = network => network.WeightLimit = 1f, "weight limit none; this one has 1"),
        ["quantizer's scale"] = new(run => run.Prepare = network => network.Conv.Quantizer.Scale = 0.5f, "scale 0.05; this one has Conv2d"),
        ["bits of activations"] = new(run => run.Prepare = network => network.Conv.Quantizer.Bits = 4,
            "8-bit weights per channel, 8-bit activations; reads the input; epsilon 1E-05, momentum 0.1; scale 0.05; "
                + "this one has Conv2d 5×5/2, BatchNorm, ReLU, MaxPool 2×2; 8-bit weights per channel, 4-bit activations"),
        ["bits of weights"] = new(run => run.Prepare = network => network.Conv.WeightQuantizer.Bits = 0,
            "this one has Conv2d 5×5/2, BatchNorm, ReLU, MaxPool 2×2; unrounded weights per channel, 8-bit activations"),
        ["dropout"] = new(run => run.Prepare = network => network.Hidden.DropoutRate = 0.5f, "drops 0.25; this one has"),
        ["weight noise"] =
            new(run => run.Prepare = network => network.Hidden.WeightNoise.TrainSigma = 0.125f, "drops 0.25; weight noise 0.125."),
        ["repetitions"] = new(run => run.Prepare = network => network.Noise["Input"].Repetitions = 4,
            "noise Input Combined, additive share 0.5; this one has Combined, additive share 0.5, 4 repetitions"),
        ["device"] = new(run => run.Prepare = network => network.Noise["Conv.Pool"].Device = 3,
            "noise Conv.Pool Combined, additive share 0.5; this one has Combined, additive share 0.5, device 3"),
        ["pattern's scope"] = new(
            run => run.Prepare =
                network => (network.Noise["Conv.Pool"].Device, network.Noise["Conv.Pool"].PatternScope) = (3, PatternScope.Channel),
            "noise Conv.Pool Combined, additive share 0.5; this one has Combined, additive share 0.5, device 3, by channel"),
        ["additive share"] =
            new(run => run.Prepare = network => network.Noise["Input"].AdditiveShare = 0.75f, "this one has Combined, additive share 0.75"),
        ["division by size"] =
            new(run => run.Prepare = network => network.Noise["Input"].NormalizesToInputSize = true, "normalized to the input's size"),
        ["sigma of a site"] = new(
            run => (run.Noise, run.Prepare) = (NoiseSchedule.None, network => network.Noise["Input"].TrainSigma = 0.25f),
            "noise Input Combined, sigma 0, additive share 0.5; this one has Combined, sigma 0.25")
        {
            From = run => run.Noise = NoiseSchedule.None,
        },
        ["sigma of a site for each image"] = new(
            run => (run.Noise, run.Prepare) =
                (NoiseSchedule.None.With(ImageSigma.Normal(1f, 1f)), network => network.Noise.SetTrainSigma(0.25f)),
            "noise Input Combined, sigma 0, additive share 0.5; this one has Combined, sigma 0.25")
        {
            From = run => run.Noise = NoiseSchedule.None.With(ImageSigma.Normal(1f, 1f)),
        },
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("noisegen").FullName;

    public static TheoryData<string> Names => [.. s_changes.Keys];

    private static float[] Factors => [.. Enumerable.Range(0, 8).Select(site => site == 0 ? 0.5f : 1f)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void AChangedSettingIsRefusedByName(string name)
    {
        Change change = s_changes[name];
        Assert.Throws<OperationCanceledException>(() => Begin(change.From));

        string message = Assert.Throws<CheckpointException>(() => Begin(change.To)).Message;

        Assert.Contains(change.Message, message, StringComparison.Ordinal);
        Assert.Throws<OperationCanceledException>(() => Begin(change.From)); // the file is as it was
    }

    /// <summary>Neither threads nor culture are settings.</summary>
    [Fact]
    public void EqualSettingsAreAccepted()
    {
        static void Everything(Run run)
        {
            run.Optimizer = new AdamW(0.0015f) { Beta2 = 0.98, Epsilon = 1e-7f };
            run.Rates = LearningRateSchedule.WarmUpByStep(1.5, LearningRateSchedule.Step(2, 0.3f));
            run.Noise = NoiseSchedule.Ramp(0.7f, 2).With(ImageSigma.HalfNormal(1.1f, 0.1f)).Mapped(Factors);
            run.Source = Images(augmentation: new() { CropPadding = 1 }, normalization: new([0.1307f], [0.3081f]));
            run.Prepare =
                network => (network.WeightLimit, network.Hidden.WeightNoise.TrainSigma, network.Noise["Input"].Device) = (1.5f, 0.01f, 2);
        }

        CultureInfo culture = CultureInfo.CurrentCulture, comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        Assert.Throws<OperationCanceledException>(() => Begin(Everything));
        try
        {
            CultureInfo.CurrentCulture = comma;
            Assert.Throws<OperationCanceledException>(() => Begin(run =>
            {
                Everything(run);
                run.Network = () => new Resumed(seed: 7, batchSize: 64, threads: 3);
            }));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    // A run that is cancelled before its first step has written where it begins.
    private void Begin(Action<Run> change)
    {
        Run run = new();
        change(run);
        using NeuralNetwork network = run.Network();
        if (network is Resumed resumed) run.Prepare(resumed);
        var trainer = new Trainer(network, run.Optimizer)
        {
            Noise = run.Noise, LearningRate = run.Rates, Distillation = run.Distillation,
            Checkpoint = Path.Combine(_folder, "run.safetensors"),
        };
        using NeuralNetwork? teacher = run.Distillation?.Teacher;
        trainer.Run(run.Source, run.Epochs, new CancellationToken(canceled: true));
    }

    private static BatchLoader Images(
        int count = 320, int batch = 32, bool shuffle = true, ulong seed = 5, Augmentation? augmentation = null,
        Normalization? normalization = null, bool dropLast = false)
    {
        ImageDataset digits = Digits.Create(seed: 3, train: count, test: 10).Train;
        var normalized = new ImageDataset(digits.Name, digits.Shape, digits.Classes, digits.Pixels.ToArray(), digits.Labels.ToArray())
            { Normalization = normalization ?? digits.Normalization };
        return new(normalized, batch)
            { Shuffle = shuffle, Seed = seed, Augmentation = augmentation ?? Augmentation.None, DropLast = dropLast };
    }

    private static Change Sgd(Sgd optimizer, string message) =>
        new(run => run.Optimizer = optimizer, message) { From = run => run.Optimizer = new Sgd(1e-3f) { Momentum = 0.9f } };

    /// <summary>What is changed, and what the refusal says.</summary>
    private sealed record Change(Action<Run> To, string Message)
    {
        public Action<Run> From { get; init; } = _ => { };
    }

    private sealed class Run
    {
        public Func<NeuralNetwork> Network { get; set; } = () => new Resumed(seed: 7, batchSize: 64, threads: 1);

        public Action<Resumed> Prepare { get; set; } = _ => { };

        public Optimizer Optimizer { get; set; } = new Adam(1e-3f);

        public LearningRateSchedule Rates { get; set; } = LearningRateSchedule.Constant;

        public NoiseSchedule Noise { get; set; } = NoiseSchedule.Constant(0.5f);

        public Distillation? Distillation { get; set; }

        public BatchSource Source { get; set; } = Images();

        public int Epochs { get; set; } = 5;
    }
}
