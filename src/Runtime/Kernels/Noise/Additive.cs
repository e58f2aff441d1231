using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen;

/// <summary>Additive Gaussian noise: y = x + σε (arXiv 2212.10430).</summary>
public readonly struct Additive : INoise
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Apply(Vector512<float> values, Vector512<float> sigma, Vector512<float> samples) =>
        Vector512.FusedMultiplyAdd(samples, sigma, values);
}
