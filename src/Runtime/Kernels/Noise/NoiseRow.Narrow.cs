using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen.CompilerServices;

/// <content>The same loops, eight images at a time, for processors without AVX-512.</content>
public static partial class NoiseRow
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void NarrowApply<TNoise>(ref float values, nint elements, nint group, in NoiseLanes noise)
        where TNoise : struct, INoise
    {
        for (nint quarter = 0; quarter < 4; quarter++)
        {
            ref float value = ref Unsafe.Add(ref values, quarter * 8);
            Vector256<float> sigma = noise.NarrowSigma(quarter);
            nint next = group;
            for (nint left = elements; left > 0; left -= 4)
            {
                noise.Next(
                    next++, quarter, out Vector256<float> n0, out Vector256<float> n1, out Vector256<float> n2, out Vector256<float> n3);
                NarrowDisturb<TNoise>(ref value, sigma, n0);
                if (left > 1) NarrowDisturb<TNoise>(ref Unsafe.Add(ref value, 32), sigma, n1);
                if (left > 2) NarrowDisturb<TNoise>(ref Unsafe.Add(ref value, 64), sigma, n2);
                if (left > 3) NarrowDisturb<TNoise>(ref Unsafe.Add(ref value, 96), sigma, n3);
                value = ref Unsafe.Add(ref value, 128);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void NarrowDisturb<TNoise>(ref float value, Vector256<float> sigma, Vector256<float> samples)
        where TNoise : struct, INoise => NarrowNoise.Apply<TNoise>(Vector256.LoadUnsafe(ref value), sigma, samples).StoreUnsafe(ref value);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void NarrowApply<TNoise>(ref float values, nint elements, nint group, in CombinedNoiseLanes noise)
        where TNoise : struct, ICombinedNoise
    {
        for (nint quarter = 0; quarter < 4; quarter++)
        {
            ref float value = ref Unsafe.Add(ref values, quarter * 8);
            nint next = group;
            for (nint left = elements; left > 0; left -= 4)
            {
                noise.Multiplicative.Next(
                    next, quarter, out Vector256<float> m0, out Vector256<float> m1, out Vector256<float> m2, out Vector256<float> m3);
                noise.Additive.Next(
                    next++, quarter, out Vector256<float> a0, out Vector256<float> a1, out Vector256<float> a2, out Vector256<float> a3);
                NarrowDisturb<TNoise>(ref value, quarter, m0, a0, noise);
                if (left > 1) NarrowDisturb<TNoise>(ref Unsafe.Add(ref value, 32), quarter, m1, a1, noise);
                if (left > 2) NarrowDisturb<TNoise>(ref Unsafe.Add(ref value, 64), quarter, m2, a2, noise);
                if (left > 3) NarrowDisturb<TNoise>(ref Unsafe.Add(ref value, 96), quarter, m3, a3, noise);
                value = ref Unsafe.Add(ref value, 128);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void NarrowDisturb<TNoise>(
        ref float value, nint quarter, Vector256<float> multiplicative, Vector256<float> additive, in CombinedNoiseLanes noise)
        where TNoise : struct, ICombinedNoise => NarrowNoise.Apply<TNoise>(
            Vector256.LoadUnsafe(ref value), noise.Multiplicative.NarrowSigma(quarter), noise.Additive.NarrowSigma(quarter), multiplicative,
            additive).StoreUnsafe(ref value);
}
