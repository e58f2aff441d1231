namespace NoiseGen;

/// <summary>The static members of every generated network, for generic code over all networks.</summary>
/// <typeparam name="TSelf">The network's class.</typeparam>
public interface INetwork<TSelf>
    where TSelf : NeuralNetwork, INetwork<TSelf>
{
    /// <summary>The declaration: stages, shapes, parameters, noise sites and quantizers.</summary>
    static abstract NetworkDescription Describe();

    /// <summary>Creates a network with newly drawn parameters.</summary>
    /// <param name="seed">Seeds the parameters and all noise; the same seed gives the same bits on every machine.</param>
    /// <param name="batchSize">The largest number of images in one step, at least 1.</param>
    /// <param name="threads">Number of threads of the network, at least 1; 0 for one per processor. Results do not depend on it.</param>
    static abstract TSelf Create(ulong seed, int batchSize, int threads);
}
