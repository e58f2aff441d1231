using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen;

/// <summary>Sixteen neighbouring pixels of sixteen images, to be transposed into sixteen vectors of lanes. It lives on the stack.</summary>
[InlineArray(Size * Size)]
internal struct ByteTile
{
    /// <summary>Images, and pixels of each.</summary>
    public const int Size = 16;

    private byte _first;

    /// <summary>Sets the pixels of one image.</summary>
    public void SetRow(int image, Vector128<byte> pixels) => pixels.StoreUnsafe(ref _first, (nuint)(image * Size));

    /// <summary>
    /// Writes <c>pixel · scale + offset</c> for the first pixels of all images: pixel <c>p</c> to <paramref name="lanes"/><c>[p ·
    /// stride]</c> and the fifteen after it.
    /// </summary>
    /// <param name="pixels">Number of pixels, 1 … 16.</param>
    /// <param name="lanes">Where the first pixel's lanes go.</param>
    /// <param name="stride">Floats from one pixel's lanes to the next one's.</param>
    /// <param name="input">Converts pixels to inputs.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(int pixels, ref float lanes, nint stride, in LaneInput input)
    {
        Vector512<byte> a = Vector512.LoadUnsafe(ref _first), b = Vector512.LoadUnsafe(ref _first, 64);
        Vector512<byte> c = Vector512.LoadUnsafe(ref _first, 128), d = Vector512.LoadUnsafe(ref _first, 192);

        // A perfect shuffle moves the top bit of an index to the bottom. Four of them swap the four bits of the image with the four of the
        // pixel.
        for (int round = 0; round < 4; round++)
            (a, b, c, d) = (InterleaveLower(a, c), InterleaveUpper(a, c), InterleaveLower(b, d), InterleaveUpper(b, d));

        StoreFour(a, pixels, ref lanes, stride, input);
        if (pixels > 4) StoreFour(b, pixels - 4, ref Unsafe.Add(ref lanes, 4 * stride), stride, input);
        if (pixels > 8) StoreFour(c, pixels - 8, ref Unsafe.Add(ref lanes, 8 * stride), stride, input);
        if (pixels > 12) StoreFour(d, pixels - 12, ref Unsafe.Add(ref lanes, 12 * stride), stride, input);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreFour(Vector512<byte> values, int pixels, ref float lanes, nint stride, in LaneInput input)
    {
        (Vector512<ushort> lower, Vector512<ushort> upper) = Vector512.Widen(values);
        input.Of(Vector512.WidenLower(lower)).StoreUnsafe(ref lanes);
        if (pixels > 1) input.Of(Vector512.WidenUpper(lower)).StoreUnsafe(ref Unsafe.Add(ref lanes, stride));
        if (pixels > 2) input.Of(Vector512.WidenLower(upper)).StoreUnsafe(ref Unsafe.Add(ref lanes, 2 * stride));
        if (pixels > 3) input.Of(Vector512.WidenUpper(upper)).StoreUnsafe(ref Unsafe.Add(ref lanes, 3 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> InterleaveLower(Vector512<byte> even, Vector512<byte> odd) =>
        (Vector512.WidenLower(even) | (Vector512.WidenLower(odd) << 8)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> InterleaveUpper(Vector512<byte> even, Vector512<byte> odd) =>
        (Vector512.WidenUpper(even) | (Vector512.WidenUpper(odd) << 8)).AsByte();
}

/// <summary>Converts the pixels of sixteen images to inputs: a channel's normalisation, and zero for lanes without an image.</summary>
internal readonly struct LaneInput(Normalization normalization, int channel, int images)
{
    private readonly Vector512<float> _scale = Vector512.Create(normalization.Scale(channel));
    private readonly Vector512<float> _offset = Vector512.Create(normalization.Offset(channel));
    private readonly Vector512<float> _mask = LeadingLanes.First(images);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Of(Vector512<uint> pixels) =>
        Vector512.FusedMultiplyAdd(Vector512.ConvertToSingle(pixels.AsInt32()), _scale, _offset) & _mask;
}
