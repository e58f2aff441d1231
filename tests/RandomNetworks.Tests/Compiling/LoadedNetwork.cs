using NoiseGen.Tests.Agreement;
using NoiseGen.Tests.Declared;

namespace NoiseGen.Tests.RandomNetworks.Compiling;

/// <summary>A compiled network, ready to be made.</summary>
internal sealed class LoadedNetwork(string name, NetworkFactory factory)
{
    /// <summary>The network beside the oracle's interpretation of its description.</summary>
    /// <param name="setBits">Changes quantizers' bits.</param>
    public Twin Twin(int batchSize, Action<NeuralNetwork> setBits)
    {
        DeclaredNetworks.Current = factory;
        return new(name, batchSize, setBits: setBits);
    }

    /// <summary>A class that the generator completed.</summary>
    public static LoadedNetwork Of(Type network) => new(
        network.Name,
        typeof(LoadedNetwork).GetMethod(nameof(FactoryOf))!.MakeGenericMethod(network).CreateDelegate<Func<NetworkFactory>>()());

    public static NetworkFactory FactoryOf<TNetwork>()
        where TNetwork : NeuralNetwork, INetwork<TNetwork> => TNetwork.Create;
}
