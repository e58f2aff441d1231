using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen.CompilerServices;

/// <summary>Noise at a site where nothing else happens to the values.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NoiseRow
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
        for (nint half = 0; half < 2; half++)
        {
            ref float value = ref Unsafe.Add(ref values, half * 16);
            nint next = group;
            nint left = elements;
            for (; left >= 4; left -= 4)
            {
                noise.Next(next++, half, out Vector512<float> n0, out Vector512<float> n1, out Vector512<float> n2, out Vector512<float> n3);
                TNoise.Apply(Vector512.LoadUnsafe(ref value), noise.Sigma, n0).StoreUnsafe(ref value);
                TNoise.Apply(Vector512.LoadUnsafe(ref value, 32), noise.Sigma, n1).StoreUnsafe(ref value, 32);
                TNoise.Apply(Vector512.LoadUnsafe(ref value, 64), noise.Sigma, n2).StoreUnsafe(ref value, 64);
                TNoise.Apply(Vector512.LoadUnsafe(ref value, 96), noise.Sigma, n3).StoreUnsafe(ref value, 96);
                value = ref Unsafe.Add(ref value, 128);
            }

            if (left > 0) ApplyRest<TNoise>(ref value, left, next, half, noise);
        }
    }

    private static void ApplyRest<TNoise>(ref float value, nint left, nint group, nint half, in NoiseLanes noise)
        where TNoise : struct, INoise
    {
        noise.Next(group, half, out Vector512<float> n0, out Vector512<float> n1, out Vector512<float> n2, out _);
        TNoise.Apply(Vector512.LoadUnsafe(ref value), noise.Sigma, n0).StoreUnsafe(ref value);
        if (left > 1) TNoise.Apply(Vector512.LoadUnsafe(ref value, 32), noise.Sigma, n1).StoreUnsafe(ref value, 32);
        if (left > 2) TNoise.Apply(Vector512.LoadUnsafe(ref value, 64), noise.Sigma, n2).StoreUnsafe(ref value, 64);
    }
}
