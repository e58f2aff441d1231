namespace NoiseGen.Tests.Declared;

internal delegate NeuralNetwork NetworkFactory(ulong seed, int batchSize, int threads);

/// <summary>
/// The declared networks of this project: only the one that this thread is about to make. It stands where the linked sources of
/// Network.Tests expect their list.
/// </summary>
internal static class DeclaredNetworks
{
    [ThreadStatic]
    private static NetworkFactory? _current;

    public static NetworkFactory? Current { set => _current = value; }

    public static NeuralNetwork Create(string name, ulong seed = 1, int batchSize = 128, int threads = 2) =>
        (_current ?? throw new InvalidOperationException($"Nothing is set to be made as '{name}'."))(seed, batchSize, threads);
}
