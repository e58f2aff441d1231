using NoiseGen.Benchmarks.Contest;

namespace NoiseGen.Benchmarks.Networks;

/// <summary>Something that is done with a network's variants.</summary>
internal interface IVariantAction
{
    void Run<TNetwork>(Variant variant)
        where TNetwork : NeuralNetwork, INetwork<TNetwork>;
}

/// <summary>The networks that are measured, each in four variants.</summary>
internal static class BenchmarkNetworks
{
    public static string[] Names { get; } = ["lenet5", "mlp", "resnet18", "vgg11"];

    /// <summary>Shape of the images that a network takes.</summary>
    public static Shape InputOf(string network) => network == "mlp" ? new Shape(1, 28, 28) : new Shape(3, 32, 32);

    /// <summary>Does something with all variants of a network: with nothing and with everything first.</summary>
    public static void ForEachVariant(string network, IVariantAction action)
    {
        switch (network)
        {
            case "lenet5": ForEach<LeNet5Clean, LeNet5Noise, LeNet5Qat8, LeNet5Qat8Noise>(action); break;
            case "mlp": ForEach<MlpClean, MlpNoise, MlpQat8, MlpQat8Noise>(action); break;
            case "resnet18": ForEach<ResNet18Clean, ResNet18Noise, ResNet18Qat8, ResNet18Qat8Noise>(action); break;
            case "vgg11": ForEach<Vgg11Clean, Vgg11Noise, Vgg11Qat8, Vgg11Qat8Noise>(action); break;
            default: throw new ArgumentException($"'{network}' is none of {string.Join(", ", Names)}.", nameof(network));
        }
    }

    private static void ForEach<TClean, TNoise, TQat8, TBoth>(IVariantAction action)
        where TClean : NeuralNetwork, INetwork<TClean>
        where TNoise : NeuralNetwork, INetwork<TNoise>
        where TQat8 : NeuralNetwork, INetwork<TQat8>
        where TBoth : NeuralNetwork, INetwork<TBoth>
    {
        action.Run<TClean>(Variant.Clean);
        action.Run<TBoth>(Variant.Qat8Noisy);
        action.Run<TQat8>(Variant.Qat8);
        action.Run<TNoise>(Variant.Noisy);
    }

    /// <summary>One variant of a network.</summary>
    public static BenchmarkNetwork Find(string network, Variant variant)
    {
        var search = new Search(network, variant);
        ForEachVariant(network, search);
        return search.Found!;
    }

    private sealed class Search(string network, Variant wanted) : IVariantAction
    {
        public BenchmarkNetwork? Found { get; private set; }

        public void Run<TNetwork>(Variant variant)
            where TNetwork : NeuralNetwork, INetwork<TNetwork>
        {
            if (variant == wanted) Found = new BenchmarkNetwork(network, typeof(TNetwork), TNetwork.Describe(), TNetwork.Create);
        }
    }
}
