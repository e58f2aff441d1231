using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen.CompilerServices;

/// <summary>Smooth activation functions, one vector at a time.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LaneActivation
{
    /// <summary>1 / (1 + e^−x); NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x)
    {
        // Computed from e^−|x| only, so that nothing overflows: 1 / (1 + e^−|x|) above zero, e^−|x| / (1 + e^−|x|) below.
        Vector512<float> exp = LaneMath.ExpOfNegative(-Vector512.Abs(x));
        Vector512<float> numerator = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), exp, Vector512<float>.One);
        return numerator / (Vector512<float>.One + exp);
    }

    /// <summary>The hyperbolic tangent; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x)
    {
        // Near zero, 1 − e^−2|x| loses precision. Below 0.625 this uses the odd polynomial of Cephes' tanhf (S. Moshier,
        // netlib.org/cephes).
        Vector512<float> magnitude = Vector512.Abs(x);
        Vector512<float> exp = LaneMath.ExpOfNegative(magnitude * Vector512.Create(-2f));
        Vector512<float> far = (Vector512<float>.One - exp) / (Vector512<float>.One + exp);
        Vector512<float> square = x * x;
        Vector512<float> p = Vector512.Create(-5.70498872745e-3f);
        p = Vector512.FusedMultiplyAdd(p, square, Vector512.Create(2.06390887954e-2f));
        p = Vector512.FusedMultiplyAdd(p, square, Vector512.Create(-5.37397155531e-2f));
        p = Vector512.FusedMultiplyAdd(p, square, Vector512.Create(1.33314422036e-1f));
        p = Vector512.FusedMultiplyAdd(p, square, Vector512.Create(-3.33332819422e-1f));
        Vector512<float> near = Vector512.FusedMultiplyAdd(p * square, x, x);
        far = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), -far, far);
        return Vector512.ConditionalSelect(Vector512.LessThan(magnitude, Vector512.Create(0.625f)), near, far);
    }

    /// <summary><see cref="Sigmoid(Vector512{float})"/> of eight images, for processors without AVX-512.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static Vector256<float> Sigmoid(Vector256<float> x) => Sigmoid(Vector512.Create(x, x)).GetLower();

    /// <summary><see cref="Tanh(Vector512{float})"/> of eight images, for processors without AVX-512.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static Vector256<float> Tanh(Vector256<float> x) => Tanh(Vector512.Create(x, x)).GetLower();
}
