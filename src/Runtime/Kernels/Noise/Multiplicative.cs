using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen;

/// <summary>
/// Multiplicative Gaussian noise with mean 1: y = x(1 + σε) (arXiv 2212.10430). Sigma is relative to the value and dimensionless.
/// </summary>
public readonly struct Multiplicative : INoise, IScalingNoise
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Apply(Vector512<float> values, Vector512<float> sigma, Vector512<float> samples) =>
        values * Factor(sigma, samples);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Factor(Vector512<float> sigma, Vector512<float> samples) =>
        Vector512.FusedMultiplyAdd(sigma, samples, Vector512<float>.One);
}
