using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen;

/// <summary>
/// Exponential and logarithm with the same bits on every processor, for a kind of noise or a memory device of your own: .NET's may use
/// another order of operations on another processor.
/// The coefficients are those of Cephes' expf and logf (S. Moshier, netlib.org/cephes); errors stay below 2e-7 of the result.
/// </summary>
public static class LaneMath
{
    /// <summary>e^x for x ≤ 0; below −87 the result stays at e^−87, about 1.6e-38. NaN stays NaN.</summary>
    /// <param name="x">The exponents, at most 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ExpOfNegative(Vector512<float> x)
    {
        x = Vector512.Max(x, Vector512.Create(-87f));
        Vector512<float> n = Vector512.Round(x * Vector512.Create(1.44269504f)); // log2(e)
        Vector512<float> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-0.693359375f), x); // ln 2 in two parts
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(2.12194440e-4f), r);
        Vector512<float> p = Vector512.Create(1.9875691500e-4f);
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.3981999507e-3f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(8.3334519073e-3f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(4.1665795894e-2f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.6666665459e-1f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(5.0000001201e-1f));
        p = Vector512.FusedMultiplyAdd(p, r * r, r + Vector512<float>.One);
        Vector512<int> exponent = Vector512.ConvertToInt32(n) + Vector512.Create(127);
        return p * (exponent << 23).AsSingle();
    }

    /// <summary>ln x for normal x > 0. NaN stays NaN.</summary>
    /// <param name="x">Positive numbers that are not subnormal.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x)
    {
        // x = 2^e · (1 + m) with 1 + m in [√½, √2)
        Vector512<int> bits = x.AsInt32();
        Vector512<int> e = (bits - Vector512.Create(0x3F3504F3)) >> 23;
        Vector512<float> m = (bits - (e << 23)).AsSingle() - Vector512<float>.One;
        Vector512<float> p = Vector512.Create(7.0376836292e-2f);
        p = Vector512.FusedMultiplyAdd(p, m, Vector512.Create(-1.1514610310e-1f));
        p = Vector512.FusedMultiplyAdd(p, m, Vector512.Create(1.1676998740e-1f));
        p = Vector512.FusedMultiplyAdd(p, m, Vector512.Create(-1.2420140846e-1f));
        p = Vector512.FusedMultiplyAdd(p, m, Vector512.Create(1.4249322787e-1f));
        p = Vector512.FusedMultiplyAdd(p, m, Vector512.Create(-1.6668057665e-1f));
        p = Vector512.FusedMultiplyAdd(p, m, Vector512.Create(2.0000714765e-1f));
        p = Vector512.FusedMultiplyAdd(p, m, Vector512.Create(-2.4999993993e-1f));
        p = Vector512.FusedMultiplyAdd(p, m, Vector512.Create(3.3333331174e-1f));
        Vector512<float> square = m * m;
        Vector512<float> y = Vector512.FusedMultiplyAdd(p, square * m, Vector512.FusedMultiplyAdd(square, Vector512.Create(-0.5f), m));
        y = Vector512.FusedMultiplyAdd(Vector512.ConvertToSingle(e), Vector512.Create(0.693147181f), y);
        return Vector512.ConditionalSelect(Vector512.Equals(x, x), y, x);
    }
}
