using TorchSharp;
using static TorchSharp.torch;

namespace NoiseGen.Benchmarks.Peer;

/// <summary>
/// Gaussian noise with TorchSharp, the fastest way found: into a buffer that stays, added by one fused operation.
/// Channels-last buffers are filled through a view in memory order, since <c>normal_</c> falls to a scalar loop, ten times slower,
/// where the strides are not descending.
/// </summary>
internal sealed class TorchNoise : IDisposable
{
    private readonly Tensor[] _samples;
    private readonly Tensor[] _inMemoryOrder;

    /// <param name="shapes">The shape of each site's values:
    /// batch × features, or batch × channels × rows × columns, channels last in memory.</param>
    public TorchNoise(IEnumerable<long[]> shapes)
    {
        _inMemoryOrder = [.. shapes.Select(shape => shape is [var n, var c, var h, var w] ? empty(n, h, w, c) : empty(shape))];
        _samples = [.. _inMemoryOrder.Select(samples => samples.dim() == 4 ? samples.permute(0, 3, 1, 2) : samples.alias())];
        Sigmas = new float[_samples.Length];
    }

    /// <summary>The standard deviation at each site; at 0 nothing is drawn.</summary>
    public float[] Sigmas { get; }

    /// <summary>x + σε as a new tensor.</summary>
    public Tensor Add(Tensor values, int site) => Sigmas[site] == 0f ? values : values.add(Draw(site), alpha: Sigmas[site]);

    /// <summary>x + σε in place, where autograd has not saved x.</summary>
    public Tensor AddInPlace(Tensor values, int site) => Sigmas[site] == 0f ? values : values.add_(Draw(site), alpha: Sigmas[site]);

    public void Dispose()
    {
        foreach (Tensor samples in _samples.Concat(_inMemoryOrder)) samples.Dispose();
    }

    private Tensor Draw(int site)
    {
        _inMemoryOrder[site].normal_();
        return _samples[site];
    }
}
