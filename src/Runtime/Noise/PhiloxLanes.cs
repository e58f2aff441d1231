using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoiseGen;

/// <summary>The random words of one stream, a noise site or a dropout, for one block of images: <see cref="Philox"/> sixteen images at a time.</summary>
/// <remarks>
/// Lanes are images, so of a Philox counter (image, group, draw, stream) only the group changes within a block. Half of the words of the first three of
/// seven rounds are therefore the same for all groups, and are computed once: four and a half rounds remain. Words are kept in 64-bit lanes, even and
/// odd images apart, because the 32×32→64 bit product wants them there; the upper halves hold whatever the products left and are never read.
/// </remarks>
internal readonly ref partial struct PhiloxLanes
{
    /// <summary>Floats of workspace that an instance needs: eight vectors for each half block.</summary>
    public const int Workspace = 2 * 8 * 16;

    private readonly ref ulong _constants;
    private readonly Vector512<ulong> _key3, _key4, _key4High, _key5, _key5High, _key6, _key6High;
    private readonly uint _groupMask;

    /// <param name="key">The realisation.</param>
    /// <param name="stream">The counter's last word.</param>
    /// <param name="image">Number of the block's first image.</param>
    /// <param name="workspace"><see cref="Workspace"/> floats, aligned to 64 bytes.</param>
    public PhiloxLanes(NoiseKey key, uint stream, int image, ref float workspace)
    {
        _constants = ref Unsafe.As<float, ulong>(ref workspace);
        ulong seed = key.Seed;
        uint key0 = (uint)seed, key1 = (uint)(seed >> 32);
        ulong drawProduct = (ulong)Philox.Multiplier1 * key.Draw;
        _groupMask = (uint)(drawProduct >> 32) ^ key0;
        _key3 = KeyLanes(key0, Philox.Weyl0, 3);
        (_key4, _key4High) = (KeyLanes(key0, Philox.Weyl0, 4), KeyLanes(key1, Philox.Weyl1, 4));
        (_key5, _key5High) = (KeyLanes(key0, Philox.Weyl0, 5), KeyLanes(key1, Philox.Weyl1, 5));
        (_key6, _key6High) = (KeyLanes(key0, Philox.Weyl0, 6), KeyLanes(key1, Philox.Weyl1, 6));

        for (int half = 0; half < 2; half++)
        {
            ref ulong constants = ref Unsafe.Add(ref _constants, half * 64);
            for (int lane = 0; lane < 16; lane++)
                FirstRounds((uint)(image + half * 16 + lane), stream, (uint)drawProduct, key0, key1, ref Unsafe.Add(ref constants, lane / 2 + lane % 2 * 8));
        }
    }

    private static Vector512<ulong> KeyLanes(uint key, uint weyl, uint round) => Vector512.Create((ulong)Round(key, weyl, round));

    // The key of a later round: each adds a Weyl constant.
    private static uint Round(uint key, uint weyl, uint round) => unchecked(key + weyl * round);

    // What rounds 0 to 2 compute of image, stream and draw alone, one image: constants A to D in four vectors for even, then odd, images.
    private static void FirstRounds(uint image, uint stream, uint drawLow, uint key0, uint key1, ref ulong constants)
    {
        ulong product = (ulong)Philox.Multiplier0 * image;
        uint b2 = (uint)(product >> 32) ^ stream ^ key1;
        uint b3 = (uint)product;
        product = (ulong)Philox.Multiplier1 * b2;
        uint c0 = (uint)(product >> 32) ^ drawLow ^ Round(key0, Philox.Weyl0, 1);
        uint c1 = (uint)product;
        product = (ulong)Philox.Multiplier0 * c0;
        constants = b3 ^ Round(key1, Philox.Weyl1, 1);
        Unsafe.Add(ref constants, 16) = c1 ^ Round(key0, Philox.Weyl0, 2);
        Unsafe.Add(ref constants, 32) = (uint)(product >> 32) ^ Round(key1, Philox.Weyl1, 2);
        Unsafe.Add(ref constants, 48) = (uint)product ^ Round(key1, Philox.Weyl1, 3);
    }

    /// <summary>Draws the words of the four elements of a group for sixteen images.</summary>
    /// <param name="group">Number of the group in the stream.</param>
    /// <param name="half">0 for the block's first sixteen images, 1 for the others.</param>
    /// <param name="bits0">Words of the group's first element; the others follow.</param>
    /// <param name="bits1">Of the second.</param>
    /// <param name="bits2">Of the third.</param>
    /// <param name="bits3">Of the fourth.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Next(nint group, nint half, out Vector512<uint> bits0, out Vector512<uint> bits1, out Vector512<uint> bits2, out Vector512<uint> bits3)
    {
        if (!Avx512F.IsSupported)
        {
            NextTwice(group, half, out bits0, out bits1, out bits2, out bits3);
            return;
        }

        ulong product = (ulong)Philox.Multiplier0 * ((uint)group ^ _groupMask);
        Vector512<ulong> high = Vector512.Create(product >> 32);
        Vector512<ulong> low = Vector512.Create(product);
        ref ulong constants = ref Unsafe.Add(ref _constants, half * 64);
        LastRounds(ref constants, high, low, out var even0, out var even1, out var even2, out var even3);
        LastRounds(ref Unsafe.Add(ref constants, 8), high, low, out var odd0, out var odd1, out var odd2, out var odd3);

        bits0 = Interleave(even0, odd0);
        bits1 = Interleave(even1, odd1);
        bits2 = Interleave(even2, odd2);
        bits3 = Interleave(even3, odd3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void LastRounds(
        ref ulong constants, Vector512<ulong> high, Vector512<ulong> low,
        out Vector512<ulong> x0, out Vector512<ulong> x1, out Vector512<ulong> x2, out Vector512<ulong> x3)
    {
        // Round 2 on what round 1 left, then rounds 3 to 6.
        Vector512<ulong> p1 = Multiply(Vector512.LoadUnsafe(ref constants) ^ high, Philox.Multiplier1);
        x0 = (p1 >> 32) ^ Vector512.LoadUnsafe(ref constants, 16);
        x1 = p1;
        x2 = Vector512.LoadUnsafe(ref constants, 32) ^ low;
        Vector512<ulong> p0 = Multiply(x0, Philox.Multiplier0);
        p1 = Multiply(x2, Philox.Multiplier1);
        (x0, x1, x2, x3) = ((p1 >> 32) ^ x1 ^ _key3, p1, (p0 >> 32) ^ Vector512.LoadUnsafe(ref constants, 48), p0);
        p0 = Multiply(x0, Philox.Multiplier0);
        p1 = Multiply(x2, Philox.Multiplier1);
        (x0, x1, x2, x3) = ((p1 >> 32) ^ x1 ^ _key4, p1, (p0 >> 32) ^ x3 ^ _key4High, p0);
        p0 = Multiply(x0, Philox.Multiplier0);
        p1 = Multiply(x2, Philox.Multiplier1);
        (x0, x1, x2, x3) = ((p1 >> 32) ^ x1 ^ _key5, p1, (p0 >> 32) ^ x3 ^ _key5High, p0);
        p0 = Multiply(x0, Philox.Multiplier0);
        p1 = Multiply(x2, Philox.Multiplier1);
        (x0, x1, x2, x3) = ((p1 >> 32) ^ x1 ^ _key6, p1, (p0 >> 32) ^ x3 ^ _key6High, p0);
    }

    // The full product of the lower halves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Multiply(Vector512<ulong> words, uint factor) =>
        Avx512F.Multiply(words.AsUInt32(), Vector512.Create((ulong)factor).AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Interleave(Vector512<ulong> even, Vector512<ulong> odd) =>
        Vector512.ConditionalSelect(Vector512.Create(0xFFFF_FFFFul), even, odd << 32).AsUInt32();
}
