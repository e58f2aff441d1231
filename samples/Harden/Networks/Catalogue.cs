using System.Collections.Immutable;

namespace Harden;

/// <summary>A network that can be chosen.</summary>
/// <param name="Network">Which.</param>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Title">What reports call it.</param>
/// <param name="LearningRate">Adam's learning rate unless another is asked for.</param>
/// <param name="Data">The data whose shape and classes it is declared for.</param>
internal sealed record CatalogueEntry(NetworkChoice Network, string Name, string Title, float LearningRate, ImmutableArray<DataChoice> Data);

/// <summary>The networks that can be chosen.</summary>
internal static class Catalogue
{
    private static readonly ImmutableArray<DataChoice> s_small = [DataChoice.Digits, DataChoice.Mnist, DataChoice.Cifar10];
    private static readonly ImmutableArray<DataChoice> s_colour = [DataChoice.Cifar10];

    // Learning rates: arXiv 2501.14531 trains VGG11 with 1e-4; the others were found by trying, for the few epochs that are usual here.
    public static ImmutableArray<CatalogueEntry> All { get; } =
    [
        new(NetworkChoice.LeNet5, "lenet5", "LeNet-5", 4e-3f, s_small),
        new(NetworkChoice.LeNet5MaxPool, "lenet5-max", "LeNet-5 with max pools", 4e-3f, s_small),
        new(NetworkChoice.LeNet5BatchNorm, "lenet5-bn", "LeNet-5 with max pools and batch norm", 4e-3f, s_small),
        new(NetworkChoice.Mlp, "mlp", "MLP", 4e-3f, s_small),
        new(NetworkChoice.CnnS, "cnn-s", "CNN-S", 2e-3f, [DataChoice.Keywords]),
        new(NetworkChoice.Vgg11, "vgg11", "VGG11", 1e-4f, s_colour),
        new(NetworkChoice.Vgg11BatchNorm, "vgg11-bn", "VGG11 with batch norm", 1e-3f, s_colour),
        new(NetworkChoice.ResNet18, "resnet18", "ResNet-18", 1e-3f, s_colour),
        new(NetworkChoice.DenseNet, "densenet", "DenseNet", 1e-3f, s_colour),
    ];

    public static CatalogueEntry Of(NetworkChoice network) => All.Single(entry => entry.Network == network);
}
