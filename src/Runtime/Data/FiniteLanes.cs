using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NoiseGen;

/// <summary>Checks whether values in lanes are finite.</summary>
internal static class FiniteLanes
{
    /// <summary>Whether all are: one multiply-add for each vector, while the values are in cache.</summary>
    /// <param name="values">A multiple of 16.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static bool All(ReadOnlySpan<float> values)
    {
        // x·0 is 0, or NaN if x is infinite or NaN. Four sums hide the latency of the multiply-adds.
        ReadOnlySpan<Vector512<float>> vectors = MemoryMarshal.Cast<float, Vector512<float>>(values);
        Vector512<float> zero = Vector512<float>.Zero, a = zero, b = zero, c = zero, d = zero;
        for (; vectors.Length >= 4; vectors = vectors[4..])
        {
            a = Vector512.FusedMultiplyAdd(vectors[0], zero, a);
            b = Vector512.FusedMultiplyAdd(vectors[1], zero, b);
            c = Vector512.FusedMultiplyAdd(vectors[2], zero, c);
            d = Vector512.FusedMultiplyAdd(vectors[3], zero, d);
        }

        foreach (Vector512<float> vector in vectors) a = Vector512.FusedMultiplyAdd(vector, zero, a);
        a += b + (c + d);
        return Vector512.EqualsAll(a, a);
    }

    /// <summary>The position of the first value that is not finite, also past the last image; null if there is none.</summary>
    /// <param name="values">Element × lane.</param>
    /// <param name="lanes">Lanes of each element.</param>
    /// <param name="images">Lanes that are checked.</param>
    public static (int Element, int Lane)? First(ReadOnlySpan<float> values, int lanes, int images)
    {
        for (int element = 0; element < values.Length / lanes; element++)
        {
            ReadOnlySpan<float> own = values.Slice(element * lanes, images);
            for (int lane = 0; lane < own.Length; lane++)
            {
                if (!float.IsFinite(own[lane])) return (element, lane);
            }
        }

        return null;
    }
}
