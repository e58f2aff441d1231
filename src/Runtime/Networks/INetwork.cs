namespace NoiseGen;

/// <summary>What every generated network offers as a type, so that code can be written once for all of them.</summary>
/// <typeparam name="TSelf">The network's class.</typeparam>
public interface INetwork<TSelf>
    where TSelf : NeuralNetwork, INetwork<TSelf>
{
    /// <summary>The declaration: stages, shapes, parameters, noise sites and quantizers.</summary>
    static abstract NetworkDescription Describe();

    /// <summary>Makes a network with freshly drawn parameters.</summary>
    /// <param name="seed">Seeds the parameters and all noise; the same seed gives the same bits on every machine.</param>
    /// <param name="batchSize">The most images that one step takes, at least 1.</param>
    /// <param name="threads">Threads of the network's own, at least 1; 0 for one on each processor. Results do not depend on it.</param>
    static abstract TSelf Create(ulong seed, int batchSize, int threads);
}
