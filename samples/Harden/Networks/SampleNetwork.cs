using NoiseGen;

namespace Harden;

/// <summary>A generated class, as a value.</summary>
/// <param name="Description">Its declaration.</param>
/// <param name="Create">Creates a network: seed, batch size, threads.</param>
internal sealed record SampleNetwork(NetworkDescription Description, Func<ulong, int, int, NeuralNetwork> Create)
{
    public static SampleNetwork Of<TNetwork>()
        where TNetwork : NeuralNetwork, INetwork<TNetwork> => new(TNetwork.Describe(), TNetwork.Create);

    /// <summary>Whether it fits data of a shape and a number of classes.</summary>
    public bool Fits(Shape images, int classes) => Description.Input == images && Description.Output.Count == classes;
}
