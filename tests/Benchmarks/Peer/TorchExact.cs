using NoiseGen.Benchmarks.Contest;

namespace NoiseGen.Benchmarks.Peer;

/// <summary>Double precision by <see cref="TorchReference"/>, which does not use oneDNN's kernels: those are for float.</summary>
/// <param name="network">One of ours.</param>
/// <param name="workload">The batch.</param>
internal sealed class TorchExact(NeuralNetwork network, Workload workload) : IExact
{
    private IReadOnlyList<float[]> _values = [];

    /// <summary>Takes over the parameters, then the running statistics, each in PyTorch's layout and order.</summary>
    public void Load(IReadOnlyList<float[]> values) => _values = values;

    public double[] Logits() => Ask(reference => reference.Logits(workload.Images, workload.Batch));

    public double Loss() => Ask(reference => reference.Loss(workload.Images, workload.Labels));

    private T Ask<T>(Func<TorchReference, T> question)
    {
        using var reference = TorchReference.Of(network);
        reference.Load(_values);
        return question(reference);
    }
}
