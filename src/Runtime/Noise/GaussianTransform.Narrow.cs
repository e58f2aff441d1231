using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoiseGen;

/// <content>
/// The same samples, eight at a time, for processors without AVX-512. A register holds eight octaves of a row of the table, not thirty-two; the eight before the
/// median's own, to which only the largest f round, have 255 of 256 samples. The others are looked up in memory.
/// </content>
public static partial class GaussianTransform
{
    private const int NearOctaves = 8, Degrees = 5;

    // The near octaves are 23 … 30. What is at least half a float's spacing from 2^31 rounds to it.
    private const int NearExponent = 23, Bias = 127, NearStart = 1 << NearExponent, RoundsUp = 64;

    private const uint SignBit = 1u << 31;

    // Of a float: its mantissa's bits, and what they are ORed with for a number in [1, 2).
    private const int MantissaBits = 0x7FFFFF, One = 0x3F800000;

    // Row d holds the coefficients of m^d in the octaves 23 … 30; the column is the low three bits of the float's biased exponent.
    private static readonly Arena NearCoefficients = Near();

    /// <summary>The samples that eight words of random bits stand for, four times.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Sample(
        Vector256<uint> bits0, Vector256<uint> bits1, Vector256<uint> bits2, Vector256<uint> bits3,
        out Vector256<float> sample0, out Vector256<float> sample1, out Vector256<float> sample2, out Vector256<float> sample3)
    {
        // Degree by degree: a row of the table is loaded once, since permutations of memory take three times as long as those of registers (Zen 3).
        Vector256<int> far = default;
        Split(bits0, out Vector256<int> octave0, out Vector256<float> mantissa0, ref far);
        Split(bits1, out Vector256<int> octave1, out Vector256<float> mantissa1, ref far);
        Split(bits2, out Vector256<int> octave2, out Vector256<float> mantissa2, ref far);
        Split(bits3, out Vector256<int> octave3, out Vector256<float> mantissa3, ref far);
        ref float table = ref NearCoefficients.At(0);
        Vector256<float> row = Vector256.LoadUnsafe(ref table, (Degrees - 1) * NearOctaves);
        Vector256<float> s0 = Near(row, octave0), s1 = Near(row, octave1), s2 = Near(row, octave2), s3 = Near(row, octave3);
        Horner(ref table, 3, octave0, octave1, octave2, octave3, mantissa0, mantissa1, mantissa2, mantissa3, ref s0, ref s1, ref s2, ref s3);
        Horner(ref table, 2, octave0, octave1, octave2, octave3, mantissa0, mantissa1, mantissa2, mantissa3, ref s0, ref s1, ref s2, ref s3);
        Horner(ref table, 1, octave0, octave1, octave2, octave3, mantissa0, mantissa1, mantissa2, mantissa3, ref s0, ref s1, ref s2, ref s3);
        Horner(ref table, 0, octave0, octave1, octave2, octave3, mantissa0, mantissa1, mantissa2, mantissa3, ref s0, ref s1, ref s2, ref s3);
        sample0 = Signed(s0, bits0);
        sample1 = Signed(s1, bits1);
        sample2 = Signed(s2, bits2);
        sample3 = Signed(s3, bits3);
        if (far.ExtractMostSignificantBits() == 0) return;
        FarSamples(bits0, ref sample0);
        FarSamples(bits1, ref sample1);
        FarSamples(bits2, ref sample2);
        FarSamples(bits3, ref sample3);
    }

    private static Vector256<float> Sample(Vector256<uint> bits)
    {
        Vector256<int> far = default;
        Split(bits, out Vector256<int> octave, out Vector256<float> mantissa, ref far);
        ref float table = ref NearCoefficients.At(0);
        Vector256<float> sample = Near(Vector256.LoadUnsafe(ref table, (Degrees - 1) * NearOctaves), octave);
        for (nuint degree = Degrees - 1; degree > 0; degree--)
            sample = Vector256.FusedMultiplyAdd(sample, mantissa, Near(Vector256.LoadUnsafe(ref table, (degree - 1) * NearOctaves), octave));
        sample = Signed(sample, bits);
        if (far.ExtractMostSignificantBits() != 0) FarSamples(bits, ref sample);
        return sample;
    }

    // Octave and mantissa of a word's magnitude; `far` becomes negative where the octave is not near.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Split(Vector256<uint> bits, out Vector256<int> octave, out Vector256<float> mantissa, ref Vector256<int> far)
    {
        Vector256<int> magnitude = Magnitude(bits);
        Vector256<int> value = Vector256.ConvertToSingle(magnitude).AsInt32();
        octave = value >> 23;
        mantissa = ((value & Vector256.Create(MantissaBits)) | Vector256.Create(One)).AsSingle();
        far |= Far(magnitude);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Horner(
        ref float table, nuint degree, Vector256<int> octave0, Vector256<int> octave1, Vector256<int> octave2, Vector256<int> octave3,
        Vector256<float> mantissa0, Vector256<float> mantissa1, Vector256<float> mantissa2, Vector256<float> mantissa3,
        ref Vector256<float> s0, ref Vector256<float> s1, ref Vector256<float> s2, ref Vector256<float> s3)
    {
        Vector256<float> row = Vector256.LoadUnsafe(ref table, degree * NearOctaves);
        s0 = Vector256.FusedMultiplyAdd(s0, mantissa0, Near(row, octave0));
        s1 = Vector256.FusedMultiplyAdd(s1, mantissa1, Near(row, octave1));
        s2 = Vector256.FusedMultiplyAdd(s2, mantissa2, Near(row, octave2));
        s3 = Vector256.FusedMultiplyAdd(s3, mantissa3, Near(row, octave3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Signed(Vector256<float> sample, Vector256<uint> bits) => (sample.AsUInt32() ^ (bits & Vector256.Create(SignBit))).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Far(Vector256<int> magnitude) => (magnitude - Vector256.Create(NearStart)) | (magnitude + Vector256.Create(RoundsUp));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Magnitude(Vector256<uint> bits) => ((bits & Vector256.Create(~SignBit)) | Vector256<uint>.One).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Near(Vector256<float> row, Vector256<int> octave) =>
        Avx2.IsSupported ? Avx2.PermuteVar8x32(row, octave) : Vector256.Shuffle(row, octave & Vector256.Create(NearOctaves - 1));

    // Looks a vector's samples from elsewhere up, one by one: there is seldom more than one. Rare, but not so rare that it may stay unoptimized for long.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void FarSamples(Vector256<uint> bits, ref Vector256<float> samples)
    {
        uint lanes = Far(Magnitude(bits)).ExtractMostSignificantBits();
        if (lanes == 0) return;
        Span<uint> words = stackalloc uint[Vector256<uint>.Count];
        bits.CopyTo(words);
        for (; lanes != 0; lanes &= lanes - 1)
        {
            int lane = BitOperations.TrailingZeroCount(lanes);
            Unsafe.Add(ref Unsafe.As<Vector256<float>, float>(ref samples), lane) = Look(words[lane], ref Table);
        }
    }

    // The same operations on one sample.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Look(uint bits, ref float table)
    {
        uint value = BitConverter.SingleToUInt32Bits((int)((bits & ~SignBit) | 1));
        ref float column = ref Unsafe.Add(ref table, (value >> 23) % Octaves);
        float mantissa = BitConverter.UInt32BitsToSingle((value & MantissaBits) | One);
        float sample = Unsafe.Add(ref column, 4 * Octaves);
        for (nint degree = 3; degree >= 0; degree--) sample = MathF.FusedMultiplyAdd(sample, mantissa, Unsafe.Add(ref column, degree * Octaves));
        return BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(sample) ^ (bits & SignBit));
    }

    private static Arena Near()
    {
        var arena = new Arena(Degrees * NearOctaves);
        for (int degree = 0; degree < Degrees; degree++)
        {
            for (int exponent = NearExponent + Bias; exponent < NearExponent + NearOctaves + Bias; exponent++)
                arena.At(degree * NearOctaves + exponent % NearOctaves) = Coefficients.At(degree * Octaves + exponent % Octaves);
        }

        return arena;
    }
}
