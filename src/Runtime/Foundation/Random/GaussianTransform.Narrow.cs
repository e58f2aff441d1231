using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoiseGen.CompilerServices;

/// <content>
/// The same samples, eight at a time, for processors without AVX-512. A register holds eight octaves of a row of the table, not 32. The
/// eight before the median's octave, to which only the largest f round, contain 255 of 256 samples. The other samples are looked up in
/// memory.
/// </content>
public static partial class GaussianTransform
{
    private const int NearOctaves = 8;

    // The near octaves are 23 … 30: the floats with these exponents.
    private const int FirstNear = 23, Bias = 127, NearStart = (FirstNear + Bias) << MantissaBits;

    // The bits of a float's distance from the start of the near octaves that are set only if it is past their end, or negative.
    private const int Beyond = -(NearOctaves << MantissaBits);

    // Row d holds the coefficients of f^d in the near octaves.
    private static readonly Arena NearCoefficients = Near();

    /// <summary>The samples that eight words of random bits stand for, four times.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Sample(
        Vector256<uint> bits0, Vector256<uint> bits1, Vector256<uint> bits2, Vector256<uint> bits3,
        out Vector256<float> sample0, out Vector256<float> sample1, out Vector256<float> sample2, out Vector256<float> sample3)
    {
        // Degree by degree: a row of the table is loaded once, since permutations of memory take three times as long as those of registers
        // (Zen 3).
        Vector256<float> f0 = Magnitude(bits0), f1 = Magnitude(bits1), f2 = Magnitude(bits2), f3 = Magnitude(bits3);
        Vector256<int> d0 = Distance(f0), d1 = Distance(f1), d2 = Distance(f2), d3 = Distance(f3);
        Vector256<int> o0 = d0 >> MantissaBits, o1 = d1 >> MantissaBits, o2 = d2 >> MantissaBits, o3 = d3 >> MantissaBits;
        ref float table = ref NearCoefficients.At(0);
        Vector256<float> row = Vector256.LoadUnsafe(ref table, Degree * NearOctaves);
        Vector256<float> s0 = Near(row, o0), s1 = Near(row, o1), s2 = Near(row, o2), s3 = Near(row, o3);
        Horner(ref table, 3, o0, o1, o2, o3, f0, f1, f2, f3, ref s0, ref s1, ref s2, ref s3);
        Horner(ref table, 2, o0, o1, o2, o3, f0, f1, f2, f3, ref s0, ref s1, ref s2, ref s3);
        Horner(ref table, 1, o0, o1, o2, o3, f0, f1, f2, f3, ref s0, ref s1, ref s2, ref s3);
        Horner(ref table, 0, o0, o1, o2, o3, f0, f1, f2, f3, ref s0, ref s1, ref s2, ref s3);
        sample0 = Signed(s0, bits0);
        sample1 = Signed(s1, bits1);
        sample2 = Signed(s2, bits2);
        sample3 = Signed(s3, bits3);
        if (AllNear(d0 | d1 | d2 | d3)) return;
        if (!AllNear(d0)) sample0 = WithFar(sample0, bits0);
        if (!AllNear(d1)) sample1 = WithFar(sample1, bits1);
        if (!AllNear(d2)) sample2 = WithFar(sample2, bits2);
        if (!AllNear(d3)) sample3 = WithFar(sample3, bits3);
    }

    private static Vector256<float> Sample(Vector256<uint> bits)
    {
        Vector256<float> f = Magnitude(bits);
        Vector256<int> distance = Distance(f), octave = distance >> MantissaBits;
        ref float table = ref NearCoefficients.At(0);
        Vector256<float> sample = Near(Vector256.LoadUnsafe(ref table, Degree * NearOctaves), octave);
        for (nuint degree = Degree; degree > 0; degree--)
            sample = Vector256.FusedMultiplyAdd(sample, f, Near(Vector256.LoadUnsafe(ref table, (degree - 1) * NearOctaves), octave));
        sample = Signed(sample, bits);
        return AllNear(distance) ? sample : WithFar(sample, bits);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Horner(
        ref float table, nuint degree, Vector256<int> octave0, Vector256<int> octave1, Vector256<int> octave2, Vector256<int> octave3,
        Vector256<float> f0, Vector256<float> f1, Vector256<float> f2, Vector256<float> f3,
        ref Vector256<float> s0, ref Vector256<float> s1, ref Vector256<float> s2, ref Vector256<float> s3)
    {
        Vector256<float> row = Vector256.LoadUnsafe(ref table, degree * NearOctaves);
        s0 = Vector256.FusedMultiplyAdd(s0, f0, Near(row, octave0));
        s1 = Vector256.FusedMultiplyAdd(s1, f1, Near(row, octave1));
        s2 = Vector256.FusedMultiplyAdd(s2, f2, Near(row, octave2));
        s3 = Vector256.FusedMultiplyAdd(s3, f3, Near(row, octave3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Signed(Vector256<float> sample, Vector256<uint> bits) =>
        (sample.AsUInt32() ^ (bits & Vector256.Create(SignBit))).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Magnitude(Vector256<uint> bits) =>
        Vector256.ConvertToSingle(((bits & Vector256.Create(~SignBit)) | Vector256<uint>.One).AsInt32());

    // Distance of a float from the start of the near octaves, in units in the last place: the bits above the mantissa are the octave's
    // number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Distance(Vector256<float> f) => f.AsInt32() - Vector256.Create(NearStart);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AllNear(Vector256<int> distances) => (distances & Vector256.Create(Beyond)) == Vector256<int>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Near(Vector256<float> row, Vector256<int> octave) =>
        Avx2.IsSupported ? Avx2.PermuteVar8x32(row, octave) : Vector256.Shuffle(row, octave & Vector256.Create(NearOctaves - 1));

    // Looks up a vector's samples outside the near octaves, one by one: there is seldom more than one. This is rare, but not so rare that
    // it may stay unoptimized for long.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static Vector256<float> WithFar(Vector256<float> samples, Vector256<uint> bits)
    {
        Span<uint> words = stackalloc uint[Vector256<uint>.Count];
        bits.CopyTo(words);
        Vector256<int> beyond = Distance(Magnitude(bits)) & Vector256.Create(Beyond);
        uint lanes = Vector256.Equals(beyond, Vector256<int>.Zero).ExtractMostSignificantBits() ^ 0xFF;
        for (; lanes != 0; lanes &= lanes - 1)
        {
            // Selected in registers: loading a vector just after storing a part of it would stall on store forwarding.
            int lane = BitOperations.TrailingZeroCount(lanes);
            Vector256<int> chosen = Vector256.Equals(Vector256<int>.Indices, Vector256.Create(lane));
            samples = Vector256.ConditionalSelect(chosen.AsSingle(), Vector256.Create(Look(words[lane], ref Table)), samples);
        }

        return samples;
    }

    // The same operations on one sample.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Look(uint bits, ref float table)
    {
        float f = (int)((bits & ~SignBit) | 1);
        ref float column = ref Unsafe.Add(ref table, (BitConverter.SingleToUInt32Bits(f) >> MantissaBits) % Octaves);
        float sample = Unsafe.Add(ref column, Degree * Octaves);
        for (nint degree = Degree - 1; degree >= 0; degree--)
            sample = MathF.FusedMultiplyAdd(sample, f, Unsafe.Add(ref column, degree * Octaves));
        return BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(sample) ^ (bits & SignBit));
    }

    private static Arena Near()
    {
        var arena = new Arena((Degree + 1) * NearOctaves);
        for (int degree = 0; degree <= Degree; degree++)
        {
            for (int octave = 0; octave < NearOctaves; octave++)
                arena.At(degree * NearOctaves + octave) = Coefficients.At(degree * Octaves + (FirstNear + octave + Bias) % Octaves);
        }

        return arena;
    }
}
