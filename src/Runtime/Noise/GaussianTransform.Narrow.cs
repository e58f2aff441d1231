using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoiseGen;

/// <content>
/// The same samples, eight at a time, for processors without AVX-512. A register holds eight octaves of a row of the table, not thirty-two; the eight before the
/// median's own, to which only the largest f round, have 255 of 256 samples. Vectors with others are looked up in memory.
/// </content>
public static partial class GaussianTransform
{
    private const int NearOctaves = 8, Degrees = 5;

    // The near octaves are 23 … 30. What is at least half a float's spacing from 2^31 rounds to it.
    private const int NearExponent = 23, Bias = 127, NearStart = 1 << NearExponent, RoundsUp = 64;

    // Row d holds the coefficients of m^d in the octaves 23 … 30; the column is the low three bits of the float's biased exponent.
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
        if (!HasFar((far0 | far1) | (far2 | far3))) return;
        if (HasFar(far0)) sample0 = FarSample(bits0);
        if (HasFar(far1)) sample1 = FarSample(bits1);
        if (HasFar(far2)) sample2 = FarSample(bits2);
        if (HasFar(far3)) sample3 = FarSample(bits3);
    }

    private static Vector256<float> Sample(Vector256<uint> bits)
    {
        Vector256<float> sample = NearSample(bits, ref NearCoefficients.At(0), out Vector256<int> far);
        return HasFar(far) ? FarSample(bits) : sample;
    }

    // The samples but for those that lie elsewhere, of which `far` is negative.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> NearSample(Vector256<uint> bits, ref float table, out Vector256<int> far)
    {
        Vector256<int> magnitude = Magnitude(bits);
        Vector256<int> value = Vector256.ConvertToSingle(magnitude).AsInt32();
        Vector256<int> octave = value >> 23;
        Vector256<float> mantissa = Mantissa(value);
        Vector256<float> sample = Near(ref table, 4, octave);
        sample = Vector256.FusedMultiplyAdd(sample, mantissa, Near(ref table, 3, octave));
        sample = Vector256.FusedMultiplyAdd(sample, mantissa, Near(ref table, 2, octave));
        sample = Vector256.FusedMultiplyAdd(sample, mantissa, Near(ref table, 1, octave));
        sample = Vector256.FusedMultiplyAdd(sample, mantissa, Near(ref table, 0, octave));
        far = (magnitude - Vector256.Create(NearStart)) | (magnitude + Vector256.Create(RoundsUp));
        return Signed(sample, bits);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasFar(Vector256<int> far) => far.ExtractMostSignificantBits() != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Magnitude(Vector256<uint> bits) => ((bits & Vector256.Create(0x7FFFFFFFu)) | Vector256<uint>.One).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Mantissa(Vector256<int> value) => ((value & Vector256.Create(0x7FFFFF)) | Vector256.Create(0x3F800000)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Signed(Vector256<float> sample, Vector256<uint> bits) => (sample.AsUInt32() ^ (bits & Vector256.Create(0x80000000u))).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Near(ref float table, nuint degree, Vector256<int> octave)
    {
        Vector256<float> row = Vector256.LoadUnsafe(ref table, degree * NearOctaves);
        return Avx2.IsSupported ? Avx2.PermuteVar8x32(row, octave) : Vector256.Shuffle(row, octave & Vector256.Create(NearOctaves - 1));
    }

    // The samples of a vector, wherever they lie. Rare, but not so rare that it may stay unoptimized for long.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static Vector256<float> FarSample(Vector256<uint> bits)
    {
        Vector256<int> value = Vector256.ConvertToSingle(Magnitude(bits)).AsInt32();
        Vector256<int> octave = (value >> 23) & Vector256.Create(Octaves - 1);
        Vector256<float> mantissa = Mantissa(value), sample = Far(4, octave);
        for (int degree = 3; degree >= 0; degree--) sample = Vector256.FusedMultiplyAdd(sample, mantissa, Far(degree, octave));
        return Signed(sample, bits);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector256<float> Far(int degree, Vector256<int> octave)
    {
        ref float row = ref Unsafe.Add(ref Table, degree * Octaves);
        if (Avx2.IsSupported) return Avx2.GatherVector256((float*)Unsafe.AsPointer(ref row), octave, sizeof(float));
        Vector256<float> coefficients = default;
        for (int lane = 0; lane < Vector256<float>.Count; lane++) coefficients = coefficients.WithElement(lane, Unsafe.Add(ref row, octave[lane]));
        return coefficients;
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
