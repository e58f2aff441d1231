using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <content>
/// The same words, eight images at a time, for processors without AVX-512: in the loops that draw them, halves of 512-bit vectors would be
/// too much code for the JIT to inline and too many values for sixteen registers.
/// </content>
internal readonly ref partial struct PhiloxLanes
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void NextTwice(
        nint group, nint half, out Vector512<uint> bits0, out Vector512<uint> bits1, out Vector512<uint> bits2, out Vector512<uint> bits3)
    {
        Next(group, half * 2, out Vector256<uint> low0, out Vector256<uint> low1, out Vector256<uint> low2, out Vector256<uint> low3);
        Next(group, half * 2 + 1, out Vector256<uint> high0, out Vector256<uint> high1, out Vector256<uint> high2,
            out Vector256<uint> high3);
        bits0 = Vector512.Create(low0, high0);
        bits1 = Vector512.Create(low1, high1);
        bits2 = Vector512.Create(low2, high2);
        bits3 = Vector512.Create(low3, high3);
    }

    /// <summary>Draws the words of the four elements of a group for eight images.</summary>
    /// <param name="group">Number of the group in the stream.</param>
    /// <param name="quarter">0 for the block's first eight images … 3 for the last.</param>
    /// <param name="bits0">Words of the group's first element.</param>
    /// <param name="bits1">The same for the second element.</param>
    /// <param name="bits2">The same for the third element.</param>
    /// <param name="bits3">The same for the fourth element.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Next(
        nint group, nint quarter, out Vector256<uint> bits0, out Vector256<uint> bits1, out Vector256<uint> bits2,
        out Vector256<uint> bits3)
    {
        ulong product = (ulong)Philox.Multiplier0 * ((uint)group ^ _groupMask);
        Vector256<ulong> high = Vector256.Create(product >> 32), low = Vector256.Create(product);
        ref ulong constants = ref Unsafe.Add(ref _constants, (quarter >> 1) * 64 + (quarter & 1) * 4);
        LastRounds(ref constants, high, low, out var first0, out var first1, out var first2, out var first3);
        LastRounds(ref Unsafe.Add(ref constants, 8), high, low, out var second0, out var second1, out var second2, out var second3);
        bits0 = Upper(first1, second1) ^ Lower(first0, second0) ^ NarrowKey(Key6).AsUInt32();
        bits1 = Lower(first1, second1);
        bits2 = Upper(first3, second3) ^ Lower(first2, second2) ^ NarrowKey(Key6High).AsUInt32();
        bits3 = Lower(first3, second3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void LastRounds(
        ref ulong constants, Vector256<ulong> high, Vector256<ulong> low,
        out Vector256<ulong> x0, out Vector256<ulong> x1, out Vector256<ulong> x2, out Vector256<ulong> x3)
    {
        Vector256<ulong> p1 = Multiply(Vector256.LoadUnsafe(ref constants) ^ high, Philox.Multiplier1);
        x0 = (p1 >> 32) ^ Vector256.LoadUnsafe(ref constants, 16);
        x1 = p1;
        x2 = Vector256.LoadUnsafe(ref constants, 32) ^ low;
        Vector256<ulong> p0 = Multiply(x0, Philox.Multiplier0);
        p1 = Multiply(x2, Philox.Multiplier1);
        (x0, x1, x2, x3) = ((p1 >> 32) ^ x1 ^ NarrowKey(Key3), p1, (p0 >> 32) ^ Vector256.LoadUnsafe(ref constants, 48), p0);
        p0 = Multiply(x0, Philox.Multiplier0);
        p1 = Multiply(x2, Philox.Multiplier1);
        (x0, x1, x2, x3) = ((p1 >> 32) ^ x1 ^ NarrowKey(Key4), p1, (p0 >> 32) ^ x3 ^ NarrowKey(Key4High), p0);
        p0 = Multiply(x0, Philox.Multiplier0);
        p1 = Multiply(x2, Philox.Multiplier1);
        (x0, x1, x2, x3) = ((p1 >> 32) ^ x1 ^ NarrowKey(Key5), p1, (p0 >> 32) ^ x3 ^ NarrowKey(Key5High), p0);
        p0 = Multiply(x0, Philox.Multiplier0);
        p1 = Multiply(x2, Philox.Multiplier1);
        (x0, x1, x2, x3) = (x1, p1, x3, p0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<ulong> NarrowKey(nint offset) => Vector256.LoadUnsafe(ref _constants, (nuint)offset);

    // The full product of the lower halves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Multiply(Vector256<ulong> words, uint factor) => Avx2.IsSupported
        ? Avx2.Multiply(words.AsUInt32(), Vector256.Create((ulong)factor).AsUInt32())
        : (words & Vector256.Create(0xFFFF_FFFFul)) * Vector256.Create((ulong)factor);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Lower(Vector256<ulong> first, Vector256<ulong> second) => Avx2.IsSupported
        ? Avx.Shuffle(first.AsSingle(), second.AsSingle(), LowerHalves).AsUInt32()
        : Ordered(Vector256.Narrow(first, second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Upper(Vector256<ulong> first, Vector256<ulong> second) => Avx2.IsSupported
        ? Avx.Shuffle(first.AsSingle(), second.AsSingle(), UpperHalves).AsUInt32()
        : Ordered(Vector256.Narrow(first >> 32, second >> 32));

    private static Vector256<uint> Ordered(Vector256<uint> words) => Vector256.Shuffle(words, Vector256.Create(0u, 1, 4, 5, 2, 3, 6, 7));
}
