using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen.CompilerServices;

/// <summary>
/// Kinds of noise on eight images, in the loops for processors without AVX-512. A kind is written for sixteen images. Only eight are
/// computed: the result of the upper half is never used, and the JIT removes its code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NarrowNoise
{
    /// <summary>Disturbs eight images' values of one element.</summary>
    /// <typeparam name="TNoise">The kind of noise.</typeparam>
    /// <param name="values">The values.</param>
    /// <param name="sigma">The site's standard deviation.</param>
    /// <param name="samples">Independent standard Gaussian samples.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply<TNoise>(Vector256<float> values, Vector256<float> sigma, Vector256<float> samples)
        where TNoise : struct, INoise => TNoise.Apply(Twice(values), Twice(sigma), Twice(samples)).GetLower();

    /// <summary>Disturbs eight images' values of one element by noise with two samples.</summary>
    /// <typeparam name="TNoise">The kind of noise.</typeparam>
    /// <param name="values">The values.</param>
    /// <param name="multiplicativeSigma">Standard deviation of the factor.</param>
    /// <param name="additiveSigma">Standard deviation of the additive part.</param>
    /// <param name="multiplicativeSamples">Independent standard Gaussian samples for the factor.</param>
    /// <param name="additiveSamples">Independent standard Gaussian samples for the additive part.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply<TNoise>(
        Vector256<float> values, Vector256<float> multiplicativeSigma, Vector256<float> additiveSigma,
        Vector256<float> multiplicativeSamples,
        Vector256<float> additiveSamples)
        where TNoise : struct, ICombinedNoise => TNoise.Apply(
            Twice(values), Twice(multiplicativeSigma), Twice(additiveSigma), Twice(multiplicativeSamples), Twice(additiveSamples))
                .GetLower();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Twice(Vector256<float> half) => Vector512.Create(half, half);
}
