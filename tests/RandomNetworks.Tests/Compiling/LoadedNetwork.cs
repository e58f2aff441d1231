using NoiseGen.Tests.Agreement;
using NoiseGen.Tests.Declared;

namespace NoiseGen.Tests.RandomNetworks.Compiling;

/// <summary>A compiled network, ready to be made.</summary>
internal sealed class LoadedNetwork(string name, NetworkFactory factory)
{
    /// <summary>The network beside the oracle's interpretation of its description.</summary>
    public Twin Twin(int batchSize)
    {
        DeclaredNetworks.Current = factory;
        return new(name, batchSize);
    }

    /// <summary>A class that the generator completed.</summary>
    public static LoadedNetwork Of(Type network) => new(
        network.Name,
        typeof(LoadedNetwork).GetMethod(nameof(FactoryOf))!.MakeGenericMethod(network).CreateDelegate<Func<NetworkFactory>>()());

    public static NetworkFactory FactoryOf<TNetwork>()
        where TNetwork : NeuralNetwork, INetwork<TNetwork> => TNetwork.Create;
}
