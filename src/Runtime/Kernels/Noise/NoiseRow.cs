using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen.CompilerServices;

/// <summary>Noise at a site where no other operation is fused with it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class NoiseRow
{
    /// <summary>Disturbs one row of values in place.</summary>
    /// <typeparam name="TNoise">The kind of noise.</typeparam>
    /// <param name="values">The row, element × 32 images.</param>
    /// <param name="elements">Elements of the row.</param>
    /// <param name="group">Number of the row's first group of four elements.</param>
    /// <param name="noise">The site's samples.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Apply<TNoise>(ref float values, int elements, int group, in NoiseLanes noise)
        where TNoise : struct, INoise
    {
        if (!noise.Active) return;
        if (!Vector512.IsHardwareAccelerated)
        {
            NarrowApply<TNoise>(ref values, elements, group, noise);
            return;
        }

        for (nint half = 0; half < 2; half++)
        {
            ref float value = ref Unsafe.Add(ref values, half * 16);
            Vector512<float> sigma = noise.Sigma(half);
            nint next = group;
            nint left = elements;
            for (; left >= 4; left -= 4)
            {
                noise.Next(
                    next++, half, out Vector512<float> n0, out Vector512<float> n1, out Vector512<float> n2, out Vector512<float> n3);
                TNoise.Apply(Vector512.LoadUnsafe(ref value), sigma, n0).StoreUnsafe(ref value);
                TNoise.Apply(Vector512.LoadUnsafe(ref value, 32), sigma, n1).StoreUnsafe(ref value, 32);
                TNoise.Apply(Vector512.LoadUnsafe(ref value, 64), sigma, n2).StoreUnsafe(ref value, 64);
                TNoise.Apply(Vector512.LoadUnsafe(ref value, 96), sigma, n3).StoreUnsafe(ref value, 96);
                value = ref Unsafe.Add(ref value, 128);
            }

            if (left > 0) ApplyRest<TNoise>(ref value, left, next, half, noise);
        }
    }

    /// <summary>Disturbs one row of values in place, or measures the values while the site is calibrated.</summary>
    /// <typeparam name="TNoise">The kind of noise.</typeparam>
    /// <param name="values">The row, element × 32 images.</param>
    /// <param name="elements">Elements of the row.</param>
    /// <param name="group">Number of the row's first group of four elements.</param>
    /// <param name="noise">The site's samples.</param>
    public static void Apply<TNoise>(ref float values, int elements, int group, in RangeNoiseLanes noise)
        where TNoise : struct, INoise
    {
        if (!noise.Measures)
        {
            Apply<TNoise>(ref values, elements, group, noise.Noise);
            return;
        }

        for (nint half = 0; half < 2; half++)
        {
            for (nint e = 0; e < elements; e++)
            {
                Vector512<float> value = Vector512.LoadUnsafe(ref values, (nuint)(e * LaneLayout.Lanes + half * 16));
                noise.Measure(half, 1, value, value, value, value);
            }
        }
    }

    private static void ApplyRest<TNoise>(ref float value, nint left, nint group, nint half, in NoiseLanes noise)
        where TNoise : struct, INoise
    {
        Vector512<float> sigma = noise.Sigma(half);
        noise.Next(group, half, out Vector512<float> n0, out Vector512<float> n1, out Vector512<float> n2, out _);
        TNoise.Apply(Vector512.LoadUnsafe(ref value), sigma, n0).StoreUnsafe(ref value);
        if (left > 1) TNoise.Apply(Vector512.LoadUnsafe(ref value, 32), sigma, n1).StoreUnsafe(ref value, 32);
        if (left > 2) TNoise.Apply(Vector512.LoadUnsafe(ref value, 64), sigma, n2).StoreUnsafe(ref value, 64);
    }

    /// <summary>Propagates one row of gradients back through noise that scaled the values, in place.</summary>
    /// <typeparam name="TNoise">The kind of noise.</typeparam>
    /// <param name="gradients">The row, element × 32 images.</param>
    /// <param name="elements">Elements of the row.</param>
    /// <param name="group">Number of the row's first group of four elements.</param>
    /// <param name="noise">The site's samples.</param>
    public static void Gradient<TNoise>(ref float gradients, int elements, int group, in NoiseLanes noise)
        where TNoise : struct, IScalingNoise => Apply<Scaled<TNoise>>(ref gradients, elements, group, noise);

    /// <summary>Disturbs one row of values in place, by noise with two samples for each value.</summary>
    /// <typeparam name="TNoise">The kind of noise.</typeparam>
    /// <param name="values">The row, element × 32 images.</param>
    /// <param name="elements">Elements of the row.</param>
    /// <param name="group">Number of the row's first group of four elements.</param>
    /// <param name="noise">The site's samples.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Apply<TNoise>(ref float values, int elements, int group, in CombinedNoiseLanes noise)
        where TNoise : struct, ICombinedNoise
    {
        if (!noise.Active) return;
        if (!Vector512.IsHardwareAccelerated)
        {
            NarrowApply<TNoise>(ref values, elements, group, noise);
            return;
        }

        for (nint half = 0; half < 2; half++)
        {
            ref float value = ref Unsafe.Add(ref values, half * 16);
            nint next = group;
            for (nint left = elements; left > 0; left -= 4)
            {
                noise.Multiplicative.Next(
                    next, half, out Vector512<float> m0, out Vector512<float> m1, out Vector512<float> m2, out Vector512<float> m3);
                noise.Additive.Next(
                    next++, half, out Vector512<float> a0, out Vector512<float> a1, out Vector512<float> a2, out Vector512<float> a3);
                Disturb<TNoise>(ref value, half, m0, a0, noise);
                if (left > 1) Disturb<TNoise>(ref Unsafe.Add(ref value, 32), half, m1, a1, noise);
                if (left > 2) Disturb<TNoise>(ref Unsafe.Add(ref value, 64), half, m2, a2, noise);
                if (left > 3) Disturb<TNoise>(ref Unsafe.Add(ref value, 96), half, m3, a3, noise);
                value = ref Unsafe.Add(ref value, 128);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Disturb<TNoise>(
        ref float value, nint half, Vector512<float> multiplicative, Vector512<float> additive, in CombinedNoiseLanes noise)
        where TNoise : struct, ICombinedNoise => TNoise.Apply(
            Vector512.LoadUnsafe(ref value), noise.Multiplicative.Sigma(half), noise.Additive.Sigma(half), multiplicative, additive)
                .StoreUnsafe(ref value);

    // Applies the factor of scaling noise to a gradient, written as a kind of noise.
    private readonly struct Scaled<TNoise> : INoise
        where TNoise : struct, IScalingNoise
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Apply(Vector512<float> values, Vector512<float> sigma, Vector512<float> samples) =>
            values * TNoise.Factor(sigma, samples);
    }
}
