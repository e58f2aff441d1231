using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen;

/// <summary>
/// Multiplicative, then additive Gaussian noise: y = x(1 + σ_m ε₁) + σ_a ε₂. A site's sigma is the amplitude A of both, and its
/// <see cref="NoiseSite.AdditiveShare"/> is the ratio r: σ_a = A·r, σ_m = A·(1 − r) (the authors' code for arXiv 2501.14531).
/// </summary>
public readonly struct Combined : ICombinedNoise
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Apply(
        Vector512<float> values, Vector512<float> multiplicativeSigma, Vector512<float> additiveSigma,
        Vector512<float> multiplicativeSamples,
        Vector512<float> additiveSamples) =>
        Additive.Apply(Multiplicative.Apply(values, multiplicativeSigma, multiplicativeSamples), additiveSigma, additiveSamples);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Factor(Vector512<float> sigma, Vector512<float> samples) => Multiplicative.Factor(sigma, samples);
}

/// <summary>As <see cref="Combined"/> in the other order: y = (x + σ_a ε₂)(1 + σ_m ε₁).</summary>
public readonly struct CombinedAdditiveFirst : ICombinedNoise
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Apply(
        Vector512<float> values, Vector512<float> multiplicativeSigma, Vector512<float> additiveSigma,
        Vector512<float> multiplicativeSamples,
        Vector512<float> additiveSamples) =>
        Multiplicative.Apply(Additive.Apply(values, additiveSigma, additiveSamples), multiplicativeSigma, multiplicativeSamples);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Factor(Vector512<float> sigma, Vector512<float> samples) => Multiplicative.Factor(sigma, samples);
}
