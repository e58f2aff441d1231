using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoiseGen;

/// <content>
/// The same samples, eight at a time, for processors without AVX-512. A register holds eight octaves of a row of the table, not thirty-two; the eight next to
/// the median have 255 of 256 samples. The others are looked up one by one.
/// </content>
public static partial class GaussianTransform
{
    private const int NearOctaves = 8, Degrees = 5;

    // The octaves next to the median begin at 2^24.
    private const int NearExponent = 24, Bias = 127, NearBits = (NearExponent + Bias) << 23;

    // Row d holds the coefficients of m^d in the octaves 24 … 31; the column is the low three bits of the float's biased exponent.
    private static readonly Arena NearCoefficients = Near();

    /// <summary>The samples that eight words of random bits stand for, four times.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Sample(
        Vector256<uint> bits0, Vector256<uint> bits1, Vector256<uint> bits2, Vector256<uint> bits3,
        out Vector256<float> sample0, out Vector256<float> sample1, out Vector256<float> sample2, out Vector256<float> sample3)
    {
        ref float table = ref NearCoefficients.At(0);
        sample0 = NearSample(bits0, ref table, out Vector256<int> far0);
        sample1 = NearSample(bits1, ref table, out Vector256<int> far1);
        sample2 = NearSample(bits2, ref table, out Vector256<int> far2);
        sample3 = NearSample(bits3, ref table, out Vector256<int> far3);
        if (((far0 | far1) | (far2 | far3)) == Vector256<int>.Zero) return;
        if (far0 != Vector256<int>.Zero) LookUpFar(bits0, ref sample0);
        if (far1 != Vector256<int>.Zero) LookUpFar(bits1, ref sample1);
        if (far2 != Vector256<int>.Zero) LookUpFar(bits2, ref sample2);
        if (far3 != Vector256<int>.Zero) LookUpFar(bits3, ref sample3);
    }

    private static Vector256<float> Sample(Vector256<uint> bits)
    {
        Vector256<float> sample = NearSample(bits, ref NearCoefficients.At(0), out Vector256<int> far);
        if (far != Vector256<int>.Zero) LookUpFar(bits, ref sample);
        return sample;
    }

    // The samples but for those that lie farther out.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> NearSample(Vector256<uint> bits, ref float table, out Vector256<int> far)
    {
        Vector256<uint> magnitude = (bits & Vector256.Create(0x7FFFFFFFu)) | Vector256<uint>.One;
        Vector256<int> value = Vector256.ConvertToSingle(magnitude.AsInt32()).AsInt32();
        Vector256<int> octave = value >> 23;
        Vector256<float> mantissa = ((value & Vector256.Create(0x7FFFFF)) | Vector256.Create(0x3F800000)).AsSingle();
        Vector256<float> sample = Near(ref table, 4, octave);
        sample = Vector256.FusedMultiplyAdd(sample, mantissa, Near(ref table, 3, octave));
        sample = Vector256.FusedMultiplyAdd(sample, mantissa, Near(ref table, 2, octave));
        sample = Vector256.FusedMultiplyAdd(sample, mantissa, Near(ref table, 1, octave));
        sample = Vector256.FusedMultiplyAdd(sample, mantissa, Near(ref table, 0, octave));
        far = Vector256.LessThan(value, Vector256.Create(NearBits));
        return (sample.AsUInt32() ^ (bits & Vector256.Create(0x80000000u))).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Near(ref float table, nuint degree, Vector256<int> octave)
    {
        Vector256<float> row = Vector256.LoadUnsafe(ref table, degree * NearOctaves);
        return Avx2.IsSupported ? Avx2.PermuteVar8x32(row, octave) : Vector256.Shuffle(row, octave & Vector256.Create(NearOctaves - 1));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void LookUpFar(Vector256<uint> bits, ref Vector256<float> sample)
    {
        Vector256<uint> magnitude = bits & Vector256.Create(0x7FFFFFFFu);
        uint far = Vector256.LessThan(magnitude, Vector256.Create(1u << NearExponent)).ExtractMostSignificantBits();
        ref float first = ref Unsafe.As<Vector256<float>, float>(ref sample);
        for (; far != 0; far &= far - 1)
        {
            int lane = BitOperations.TrailingZeroCount(far);
            Unsafe.Add(ref first, lane) = OneSample(bits[lane]);
        }
    }

    private static float OneSample(uint bits)
    {
        uint value = BitConverter.SingleToUInt32Bits((bits & 0x7FFFFFFF) | 1);
        float mantissa = BitConverter.UInt32BitsToSingle((value & 0x7FFFFF) | 0x3F800000);
        ref float column = ref Unsafe.Add(ref Table, value >> 23 & (Octaves - 1));
        float sample = Unsafe.Add(ref column, 4 * Octaves);
        for (int degree = 3; degree >= 0; degree--) sample = MathF.FusedMultiplyAdd(sample, mantissa, Unsafe.Add(ref column, degree * Octaves));
        return BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(sample) ^ (bits & 0x80000000));
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
