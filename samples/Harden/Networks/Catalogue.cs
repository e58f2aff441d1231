using System.Collections.Immutable;
using NoiseGen;

namespace Harden;

/// <summary>An available network.</summary>
/// <param name="Network">The network.</param>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Title">Its name in reports.</param>
/// <param name="LearningRate">Adam's default learning rate.</param>
/// <param name="Papers">How the papers' authors train it; if they have no such network, how they train the most similar one.</param>
/// <param name="Classes">Its classes, one per image shape.</param>
internal sealed record CatalogueEntry(
    NetworkChoice Network, string Name, string Title, float LearningRate, Protocol Papers, ImmutableArray<SampleNetwork> Classes)
{
    /// <summary>How its parameters are initialized; null means like PyTorch's layers.</summary>
    public Action<NeuralNetwork>? Start { get; init; }

    /// <summary>The data sets that it can be trained on.</summary>
    public IEnumerable<DataChoice> Data => Enum.GetValues<DataChoice>().Where(data => Find(data) is not null);

    /// <summary>Its class for a data set that it can be trained on.</summary>
    public SampleNetwork For(DataChoice data) =>
        Find(data) ?? throw new ArgumentOutOfRangeException(nameof(data), data, $"{Name} does not take these images.");

    /// <summary>A new network.</summary>
    /// <param name="seed">Seeds parameters and noise.</param>
    /// <param name="rounding">The settings of its quantizers.</param>
    public NeuralNetwork Create(Settings settings, ulong seed, Rounding rounding)
    {
        NeuralNetwork network = For(settings.Data).Create(seed, settings.Batch, settings.Threads);
        Start?.Invoke(network);
        rounding.Apply(network);
        return network;
    }

    private SampleNetwork? Find(DataChoice data) =>
        Classes.FirstOrDefault(one => one.Fits(DataSets.ShapeOf(data), DataSets.ClassesOf(data)));
}

/// <summary>The available networks.</summary>
internal static class Catalogue
{
    private static readonly Protocol s_mlp = new(1e-3f, 200, MnistEpochs: 100);

    private static readonly Protocol s_resnet =
        new(1e-2f, 500) { Bits = [8], Scales = [Rounding.Learned, 0.5f, 1f, 2f, 3f, 4f, 64f, 128f, 256f] };

    private static readonly ImmutableArray<int> s_vggBits = [4, 8, 16];

    private static readonly ImmutableArray<float> s_vggScales = [Rounding.Learned, 0.5f, 1f, 2f, 3f, 4f, 8f];

    // The learning rates, for the few epochs that are usual here, were found by trial.
    public static ImmutableArray<CatalogueEntry> All { get; } =
    [
        new(NetworkChoice.LeNet5, "lenet5", "LeNet-5", 4e-3f, new(1e-3f, 500), Classes<LeNet5Gray, LeNet5Color>()),
        new(NetworkChoice.LeNet5MaxPool, "lenet5-max", "LeNet-5 with max pools", 4e-3f, new(1e-3f, 300),
            Classes<LeNet5MaxPoolGray, LeNet5MaxPoolColor>()),
        new(NetworkChoice.LeNet5BatchNorm, "lenet5-bn", "LeNet-5 with max pools and batch norm", 4e-3f, new(1e-3f, 300),
            Classes<LeNet5BatchNormGray, LeNet5BatchNormColor>()),
        new(NetworkChoice.LeNet5Qat, "lenet5-qat", "LeNet-5 as it is trained with quantizers", 4e-3f, new(1e-3f, 500),
            Classes<LeNet5QatGray, LeNet5QatColor>()),
        new(NetworkChoice.Mlp, "mlp", "MLP", 4e-3f, s_mlp, Classes<MlpGray, MlpColor>()),
        new(NetworkChoice.Tfc, "tfc", "TFC without batch norm", 4e-3f, s_mlp, Classes<TfcGray, TfcColor>()),
        new(NetworkChoice.TfcBatchNorm, "tfc-bn", "TFC", 4e-3f, s_mlp, Classes<TfcBatchNormGray, TfcBatchNormColor>()),
        new(NetworkChoice.CnnS, "cnn-s", "CNN-S", 2e-3f, new(5e-4f, 150) { Batch = 512 }, [SampleNetwork.Of<CnnS>()]),
        new(NetworkChoice.Vgg11, "vgg11", "VGG11", 1e-4f, new(1e-3f, 500) { Bits = s_vggBits, Scales = s_vggScales },
            [SampleNetwork.Of<Vgg11>()]),
        new(NetworkChoice.Vgg11BatchNorm, "vgg11-bn", "VGG11 with batch norm", 1e-3f,
            new(1e-3f, 300) { Bits = s_vggBits, Scales = s_vggScales }, [SampleNetwork.Of<Vgg11BatchNorm>()]),
        new(NetworkChoice.Vgg11Qat, "vgg11-qat", "VGG11 as it is trained with quantizers", 1e-4f,
            new(1e-4f, 500) { Bits = s_vggBits, Scales = s_vggScales }, [SampleNetwork.Of<Vgg11Qat>()])
        {
            Start = Starts.NormalWithSmallDenseWeights,
        },
        new(NetworkChoice.ResNet18, "resnet18", "ResNet-18", 1e-3f, s_resnet, [SampleNetwork.Of<ResNet18>()]),
        new(NetworkChoice.ResNet18Qat, "resnet18-qat", "ResNet-18 as it is trained with quantizers", 1e-3f, s_resnet,
            [SampleNetwork.Of<ResNet18Qat>()]),
        new(NetworkChoice.DenseNet121, "densenet121", "DenseNet121", 1e-3f, new(0.1f, 300), [SampleNetwork.Of<DenseNet121>()])
            { Start = Starts.NormalConvolutions },
        new(NetworkChoice.DenseNet, "densenet", "DenseNet", 1e-3f, new(1e-3f, 300), [SampleNetwork.Of<DenseNet>()]),
    ];

    public static CatalogueEntry Of(NetworkChoice network) => All.Single(entry => entry.Network == network);

    private static ImmutableArray<SampleNetwork> Classes<TGray, TColor>()
        where TGray : NeuralNetwork, INetwork<TGray>
        where TColor : NeuralNetwork, INetwork<TColor> => [SampleNetwork.Of<TGray>(), SampleNetwork.Of<TColor>()];
}
