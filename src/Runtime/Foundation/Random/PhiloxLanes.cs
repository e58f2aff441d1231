using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>
/// The random words of one stream, a noise site or a dropout, for one block of images: <see cref="Philox"/> sixteen images at a time.
/// </summary>
/// <remarks>
/// Lanes are images, so of a Philox counter (image, group, draw, stream) only the group changes within a block. Half of the words of the
/// first three of seven rounds are therefore the same for all groups, and are computed once: four and a half rounds remain. Words are kept
/// in 64-bit lanes, because the 32×32→64 bit product needs them there. The upper halves hold leftovers of the products, and no product
/// reads them. Of four images, one vector holds two and another the other two, so that one shuffle of both puts their lower, or upper,
/// halves in order.
/// </remarks>
internal readonly ref partial struct PhiloxLanes
{
    /// <summary>
    /// Floats of workspace that an instance needs: eight vectors for each half block, and one for each of <see cref="Keys"/>.
    /// </summary>
    public const int Workspace = 2 * 8 * 16 + Keys * 16;

    // Keys of rounds 3 to 6: two per round, except that the second key of round 3 is already in the constants.
    private const int Keys = 7;

    // Offsets of the keys in the workspace, in 64-bit lanes.
    private const nint Key3 = 128, Key4 = Key3 + 8, Key4High = Key4 + 8, Key5 = Key4High + 8, Key5High = Key5 + 8, Key6 = Key5High + 8,
        Key6High = Key6 + 8;

    // Controls of the shuffle: two words of the first vector, then two of the second.
    private const byte LowerHalves = 0b10_00_10_00, UpperHalves = 0b11_01_11_01;

    private readonly ref ulong _constants;
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
        SetKey(Key3, Round(key0, Philox.Weyl0, 3));
        SetKey(Key4, Round(key0, Philox.Weyl0, 4));
        SetKey(Key4High, Round(key1, Philox.Weyl1, 4));
        SetKey(Key5, Round(key0, Philox.Weyl0, 5));
        SetKey(Key5High, Round(key1, Philox.Weyl1, 5));
        SetKey(Key6, Round(key0, Philox.Weyl0, 6));
        SetKey(Key6High, Round(key1, Philox.Weyl1, 6));

        for (int half = 0; half < 2; half++)
        {
            ref ulong constants = ref Unsafe.Add(ref _constants, half * 64);
            for (int lane = 0; lane < 16; lane++)
            {
                int place = lane / 4 * 2 + lane % 2, vector = lane / 2 % 2;
                FirstRounds(
                    (uint)(image + half * 16 + lane), stream, (uint)drawProduct, key0, key1,
                    ref Unsafe.Add(ref constants, place + vector * 8));
            }
        }
    }

    // In both halves of 64-bit lanes: the last round's are used after the shuffles.
    private void SetKey(nint offset, uint key) => Vector512.Create(key).AsUInt64().StoreUnsafe(ref _constants, (nuint)offset);

    // The key of a later round: each round adds a Weyl constant.
    private static uint Round(uint key, uint weyl, uint round) => unchecked(key + weyl * round);

    // What rounds 0 to 2 compute from image, stream and draw only, for one image: constants A to D in four vectors for the first vector,
    // then the same for the second.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
    /// <param name="half">0 for the block's first sixteen images, 1 for the second sixteen.</param>
    /// <param name="bits0">Words of the group's first element.</param>
    /// <param name="bits1">The same for the second element.</param>
    /// <param name="bits2">The same for the third element.</param>
    /// <param name="bits3">The same for the fourth element.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Next(
        nint group, nint half, out Vector512<uint> bits0, out Vector512<uint> bits1, out Vector512<uint> bits2, out Vector512<uint> bits3)
    {
        if (!Avx512F.IsSupported)
        {
            NextTwice(group, half, out bits0, out bits1, out bits2, out bits3);
            return;
        }

        ulong product = (ulong)Philox.Multiplier0 * ((uint)group ^ _groupMask);
        Vector512<ulong> high = Vector512.Create(product >> 32), low = Vector512.Create(product);
        ref ulong constants = ref Unsafe.Add(ref _constants, half * 64);
        LastRounds(ref constants, high, low, out var first0, out var first1, out var first2, out var first3);
        LastRounds(ref Unsafe.Add(ref constants, 8), high, low, out var second0, out var second1, out var second2, out var second3);
        bits0 = Upper(first1, second1) ^ Lower(first0, second0) ^ Key(Key6).AsUInt32();
        bits1 = Lower(first1, second1);
        bits2 = Upper(first3, second3) ^ Lower(first2, second2) ^ Key(Key6High).AsUInt32();
        bits3 = Lower(first3, second3);
    }

    // Rounds 2 to 5, from the output of round 1, and the products of round 6: x0 and x2 are combined with their upper halves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void LastRounds(
        ref ulong constants, Vector512<ulong> high, Vector512<ulong> low,
        out Vector512<ulong> x0, out Vector512<ulong> x1, out Vector512<ulong> x2, out Vector512<ulong> x3)
    {
        Vector512<ulong> p1 = Multiply(Vector512.LoadUnsafe(ref constants) ^ high, Philox.Multiplier1);
        x0 = (p1 >> 32) ^ Vector512.LoadUnsafe(ref constants, 16);
        x1 = p1;
        x2 = Vector512.LoadUnsafe(ref constants, 32) ^ low;
        Vector512<ulong> p0 = Multiply(x0, Philox.Multiplier0);
        p1 = Multiply(x2, Philox.Multiplier1);
        (x0, x1, x2, x3) = ((p1 >> 32) ^ x1 ^ Key(Key3), p1, (p0 >> 32) ^ Vector512.LoadUnsafe(ref constants, 48), p0);
        p0 = Multiply(x0, Philox.Multiplier0);
        p1 = Multiply(x2, Philox.Multiplier1);
        (x0, x1, x2, x3) = ((p1 >> 32) ^ x1 ^ Key(Key4), p1, (p0 >> 32) ^ x3 ^ Key(Key4High), p0);
        p0 = Multiply(x0, Philox.Multiplier0);
        p1 = Multiply(x2, Philox.Multiplier1);
        (x0, x1, x2, x3) = ((p1 >> 32) ^ x1 ^ Key(Key5), p1, (p0 >> 32) ^ x3 ^ Key(Key5High), p0);
        p0 = Multiply(x0, Philox.Multiplier0);
        p1 = Multiply(x2, Philox.Multiplier1);
        (x0, x1, x2, x3) = (x1, p1, x3, p0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<ulong> Key(nint offset) => Vector512.LoadUnsafe(ref _constants, (nuint)offset);

    // The full product of the lower halves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Multiply(Vector512<ulong> words, uint factor) =>
        Avx512F.Multiply(words.AsUInt32(), Vector512.Create((ulong)factor).AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Lower(Vector512<ulong> first, Vector512<ulong> second) =>
        Avx512F.Shuffle(first.AsSingle(), second.AsSingle(), LowerHalves).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Upper(Vector512<ulong> first, Vector512<ulong> second) =>
        Avx512F.Shuffle(first.AsSingle(), second.AsSingle(), UpperHalves).AsUInt32();
}
