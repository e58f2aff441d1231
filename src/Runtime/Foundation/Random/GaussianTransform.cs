using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoiseGen.CompilerServices;

/// <summary>
/// Maps 32 random bits to a standard Gaussian sample by the inverse of its distribution function: the top bit is the sign, the others, made
/// odd, are f in 1 … 2^31 − 1, and the sample is ∓Φ⁻¹(f / 2^32), from 0 to 6.23 σ. For each of the 31 octaves of f a polynomial of degree 4
/// in its mantissa m in [1, 2) interpolates Φ⁻¹ at the Chebyshev nodes; the largest error is 3.6e-5 σ, in the octave next to the median. In
/// octave E it is a polynomial in f = m · 2^E whose coefficients are divided by powers of 2^E: the same bits, because scaling by powers of
/// two does not round.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class GaussianTransform
{
    private const int Octaves = 32, Degree = 4;

    private const int MantissaBits = 23; // of a float

    private const uint SignBit = 1u << 31;

    // Row d holds the coefficients of m^d; the column is the low five bits of the float's biased exponent, so octave E stands at (E + 31)
    // mod 32. Column 30 serves f = 2^31, to which the largest f round in conversion to float: the median itself, 0.
    private static readonly Arena Coefficients = Scaled(
    [
        // degree 0
        6.39354658f, 6.28684521f, 6.17839146f, 6.06809902f,
        5.95587158f, 5.84160662f, 5.72519064f, 5.6065011f,
        5.48540163f, 5.36174297f, 5.23536062f, 5.106071f,
        4.97366953f, 4.83792734f, 4.69858694f, 4.55535603f,
        4.40790176f, 4.25584412f, 4.09874201f, 3.93608379f,
        3.76726842f, 3.59158373f, 3.40817785f, 3.21601963f,
        3.01384783f, 2.80010056f, 2.572824f, 2.32955384f,
        2.0671351f, 1.7774359f, 0f, 6.49857712f,
        // degree 1
        -0.436980158f, -0.444406241f, -0.452217847f, -0.460449189f,
        -0.469138891f, -0.478330612f, -0.488074094f, -0.49842611f,
        -0.509451985f, -0.521227181f, -0.533839285f, -0.547391057f,
        -0.562003314f, -0.577819705f, -0.595012307f, -0.613789201f,
        -0.634404659f, -0.657172978f, -0.682487965f, -0.71085006f,
        -0.742905974f, -0.779507339f, -0.821800232f, -0.871365964f,
        -0.930450797f, -1.0023551f, -1.09212184f, -1.20780873f,
        -1.36280751f, -1.5670166f, 0f, -0.429909199f,
        // degree 2
        0.22261849f, 0.226303145f, 0.230173603f, 0.234245807f,
        0.238537699f, 0.243069485f, 0.247864023f, 0.25294733f,
        0.25834915f, 0.264103532f, 0.270249903f, 0.276833981f,
        0.283909112f, 0.29153809f, 0.2997953f, 0.308769494f,
        0.318567544f, 0.329319209f, 0.341183722f, 0.354358375f,
        0.369090348f, 0.385692745f, 0.40456605f, 0.426226616f,
        0.451340228f, 0.480750829f, 0.515456557f, 0.556352913f,
        0.602893233f, 0.631083727f, 0f, 0.219105378f,
        // degree 3
        -0.0667938516f, -0.0678904802f, -0.0690419376f, -0.0702528805f,
        -0.0715285614f, -0.0728748664f, -0.0742984563f, -0.0758069158f,
        -0.0774088651f, -0.079114221f, -0.0809343755f, -0.0828825533f,
        -0.0849741623f, -0.0872272924f, -0.0896633118f, -0.092307657f,
        -0.0951908678f, -0.0983499438f, -0.101830095f, -0.105687194f,
        -0.109990962f, -0.114829443f, -0.120315053f, -0.126592815f,
        -0.133851379f, -0.142337322f, -0.15237321f, -0.16438958f,
        -0.178981632f, -0.18813321f, 0f, -0.0657478794f,
        // degree 4
        0.00835319329f, 0.00848980434f, 0.00863321777f, 0.00878401008f,
        0.00894282758f, 0.00911039766f, 0.00928754453f, 0.00947519951f,
        0.00967442617f, 0.00988644548f, 0.0101126591f, 0.0103546921f,
        0.010614438f, 0.010894116f, 0.0111963432f, 0.0115242377f,
        0.0118815331f, 0.0122727463f, 0.0127033945f, 0.0131802782f,
        0.0137118772f, 0.0143088764f, 0.0149849011f, 0.015757503f,
        0.0166495033f, 0.0176906902f, 0.0189196896f, 0.020383399f,
        0.0220792312f, 0.0210843608f, 0f, 0.00822286867f,
    ]);

    internal static ref float Table => ref Coefficients.At(0);

    /// <summary>The sample that 32 random bits stand for.</summary>
    /// <param name="bits">Random bits.</param>
    public static float Sample(uint bits) => Look(bits, ref Table);

    /// <summary>The samples that sixteen words of random bits stand for.</summary>
    /// <param name="bits">Random bits.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sample(Vector512<uint> bits) => Sample(bits, ref Table);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Sample(Vector512<uint> bits, ref float table)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(Sample(bits.GetLower()), Sample(bits.GetUpper()));

        Vector512<uint> magnitude = (bits & Vector512.Create(~SignBit)) | Vector512<uint>.One;
        Vector512<float> f = Vector512.ConvertToSingle(magnitude.AsInt32());
        Vector512<int> octave = f.AsInt32() >> MantissaBits;

        Vector512<float> sample = Coefficient(ref table, Degree, octave);
        sample = Vector512.FusedMultiplyAdd(sample, f, Coefficient(ref table, 3, octave));
        sample = Vector512.FusedMultiplyAdd(sample, f, Coefficient(ref table, 2, octave));
        sample = Vector512.FusedMultiplyAdd(sample, f, Coefficient(ref table, 1, octave));
        sample = Vector512.FusedMultiplyAdd(sample, f, Coefficient(ref table, 0, octave));
        return (sample.AsUInt32() ^ (bits & Vector512.Create(SignBit))).AsSingle();
    }

    // Converts the coefficients of polynomials in m to those of polynomials in f: divides the coefficient of m^d in octave E by 2^(dE). The
    // smallest is 2^-125.6, still a normal number.
    private static Arena Scaled(ReadOnlySpan<float> values)
    {
        var arena = new Arena(values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            int degree = i / Octaves, octave = (i + 1) % Octaves;
            arena.At(i) = MathF.ScaleB(values[i], -degree * octave);
        }

        return arena;
    }

    // A row of the table is two registers: one permutation looks up sixteen lanes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Coefficient(ref float table, nint degree, Vector512<int> octave)
    {
        ref float row = ref Unsafe.Add(ref table, degree * Octaves);
        return Avx512F.PermuteVar16x32x2(Vector512.LoadUnsafe(ref row), octave, Vector512.LoadUnsafe(ref row, 16));
    }
}
