using NoiseGen.Benchmarks.Contest;

namespace NoiseGen.Benchmarks.Peer;

/// <summary>A network of libtorch's that takes over ours' parameters.</summary>
internal interface ITorchContender : IContender
{
    /// <summary>Sets the parameters, then the running statistics, each in PyTorch's layout and order.</summary>
    void Load(IReadOnlyList<float[]> values);
}
