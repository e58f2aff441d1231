using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NoiseGen;

/// <summary>
/// Sums over lanes in one fixed order, on every processor: halves, then quarters, then neighbouring pairs, then the two pairs.
/// </summary>
internal static class LaneSum
{
    /// <summary>The sum of one vector's lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Of(Vector512<float> vector)
    {
        Vector128<float> pairs = Pairs(Quarter(vector), Vector128<float>.Zero);
        return Pairs(pairs, pairs).ToScalar();
    }

    /// <summary>The sums of consecutive vectors' lanes.</summary>
    /// <param name="vectors">The vectors.</param>
    /// <param name="sums">One sum for each.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfEach(ref float vectors, Span<float> sums)
    {
        int i = 0;
        for (; i <= sums.Length - 4; i += 4) OfFour(ref Unsafe.Add(ref vectors, i * 16)).StoreUnsafe(ref sums[i]);
        for (; i < sums.Length; i++) sums[i] = Of(Vector512.LoadUnsafe(ref Unsafe.Add(ref vectors, i * 16)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> OfFour(ref float vectors)
    {
        Vector128<float> a = Quarter(Vector512.LoadUnsafe(ref vectors));
        Vector128<float> b = Quarter(Vector512.LoadUnsafe(ref vectors, 16));
        Vector128<float> c = Quarter(Vector512.LoadUnsafe(ref vectors, 32));
        Vector128<float> d = Quarter(Vector512.LoadUnsafe(ref vectors, 48));
        return Pairs(Pairs(a, b), Pairs(c, d));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Quarter(Vector512<float> vector)
    {
        Vector256<float> half = vector.GetLower() + vector.GetUpper();
        return half.GetLower() + half.GetUpper();
    }

    // a0 + a1, a2 + a3, b0 + b1, b2 + b3
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Pairs(Vector128<float> a, Vector128<float> b)
    {
        if (Sse3.IsSupported) return Sse3.HorizontalAdd(a, b);
        if (AdvSimd.Arm64.IsSupported) return AdvSimd.Arm64.AddPairwise(a, b);
        return Vector128.Create(a[0] + a[1], a[2] + a[3], b[0] + b[1], b[2] + b[3]);
    }
}
