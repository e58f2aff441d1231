using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NoiseGen;

/// <summary>Transposes sixteen rows of sixteen floats: elements of images into images of elements, or back.</summary>
internal static class LaneTranspose
{
    /// <summary>Writes <c>destination[image·stride + k] = source[rows[k]·rowLength + image]</c> for sixteen images and sixteen k.</summary>
    /// <param name="source">The first image of element 0.</param>
    /// <param name="rows">Numbers of sixteen elements, in any order.</param>
    /// <param name="rowLength">Floats from one element to the next.</param>
    /// <param name="destination">The first image's sixteen values.</param>
    /// <param name="stride">Floats from one image to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sixteen(ref float source, ReadOnlySpan<int> rows, nint rowLength, ref float destination, nint stride)
    {
        if (Avx512F.IsSupported)
        {
            // 4×4 transposes inside the 128-bit quarters of four rows at a time, then a transpose of the quarters themselves.
            Quarters(ref source, rows, rowLength, out var a0, out var a1, out var a2, out var a3);
            Quarters(ref source, rows[4..], rowLength, out var b0, out var b1, out var b2, out var b3);
            Quarters(ref source, rows[8..], rowLength, out var c0, out var c1, out var c2, out var c3);
            Quarters(ref source, rows[12..], rowLength, out var d0, out var d1, out var d2, out var d3);
            StoreColumns(a0, b0, c0, d0, ref destination, stride * 4);
            StoreColumns(a1, b1, c1, d1, ref Unsafe.Add(ref destination, stride), stride * 4);
            StoreColumns(a2, b2, c2, d2, ref Unsafe.Add(ref destination, stride * 2), stride * 4);
            StoreColumns(a3, b3, c3, d3, ref Unsafe.Add(ref destination, stride * 3), stride * 4);
            return;
        }

        if (Avx.IsSupported)
        {
            for (int k = 0; k < 16; k += 8)
            {
                for (nint image = 0; image < 16; image += 8)
                    Eight(ref Unsafe.Add(ref source, image), rows.Slice(k, 8), rowLength,
                        ref Unsafe.Add(ref destination, image * stride + k), stride);
            }

            return;
        }

        PerfectShuffles(ref source, rows, rowLength, ref destination, stride);
    }

    // Transposes of pairs, of pairs of pairs, then of the 128-bit halves.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Eight(ref float source, ReadOnlySpan<int> rows, nint rowLength, ref float destination, nint stride)
    {
        Four(ref source, rows, rowLength, out var a0, out var a1, out var a2, out var a3);
        Four(ref source, rows[4..], rowLength, out var b0, out var b1, out var b2, out var b3);
        StoreTwo(a0, b0, ref destination, stride * 4);
        StoreTwo(a1, b1, ref Unsafe.Add(ref destination, stride), stride * 4);
        StoreTwo(a2, b2, ref Unsafe.Add(ref destination, stride * 2), stride * 4);
        StoreTwo(a3, b3, ref Unsafe.Add(ref destination, stride * 3), stride * 4);
    }

    // Half h of result k holds the four rows' values of image 4h + k.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(
        ref float source, ReadOnlySpan<int> rows, nint rowLength, out Vector256<float> r0, out Vector256<float> r1, out Vector256<float> r2,
        out Vector256<float> r3)
    {
        Vector256<float> a = Vector256.LoadUnsafe(ref Unsafe.Add(ref source, rows[0] * rowLength)),
            b = Vector256.LoadUnsafe(ref Unsafe.Add(ref source, rows[1] * rowLength));
        Vector256<float> c = Vector256.LoadUnsafe(ref Unsafe.Add(ref source, rows[2] * rowLength)),
            d = Vector256.LoadUnsafe(ref Unsafe.Add(ref source, rows[3] * rowLength));
        Vector256<double> abLow = Avx.UnpackLow(a, b).AsDouble(), abHigh = Avx.UnpackHigh(a, b).AsDouble();
        Vector256<double> cdLow = Avx.UnpackLow(c, d).AsDouble(), cdHigh = Avx.UnpackHigh(c, d).AsDouble();
        r0 = Avx.UnpackLow(abLow, cdLow).AsSingle();
        r1 = Avx.UnpackHigh(abLow, cdLow).AsSingle();
        r2 = Avx.UnpackLow(abHigh, cdHigh).AsSingle();
        r3 = Avx.UnpackHigh(abHigh, cdHigh).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreTwo(Vector256<float> a, Vector256<float> b, ref float destination, nint stride)
    {
        Avx.Permute2x128(a, b, 0x20).StoreUnsafe(ref destination);
        Avx.Permute2x128(a, b, 0x31).StoreUnsafe(ref Unsafe.Add(ref destination, stride));
    }

    // A perfect shuffle moves the top bit of an index to the bottom. Four of them swap the four bits of the image with the four of the
    // element.
    [SkipLocalsInit]
    private static void PerfectShuffles(ref float source, ReadOnlySpan<int> rows, nint rowLength, ref float destination, nint stride)
    {
        Span<float> tile = stackalloc float[2 * 256];
        for (int k = 0; k < 16; k++) Vector512.LoadUnsafe(ref Unsafe.Add(ref source, rows[k] * rowLength)).CopyTo(tile[(16 * k)..]);
        for (int round = 0; round < 2; round++)
        {
            Shuffle(tile, tile[256..]);
            Shuffle(tile[256..], tile);
        }

        for (int image = 0; image < 16; image++)
            Vector512.Create<float>(tile.Slice(16 * image, 16)).StoreUnsafe(ref Unsafe.Add(ref destination, image * stride));
    }

    private static void Shuffle(ReadOnlySpan<float> from, Span<float> to)
    {
        ref uint source = ref Unsafe.As<float, uint>(ref MemoryMarshal.GetReference(from[..256]));
        ref float target = ref MemoryMarshal.GetReference(to[..256]);
        for (nuint i = 0; i < 128; i += 16)
        {
            Vector512<uint> even = Vector512.LoadUnsafe(ref source, i), odd = Vector512.LoadUnsafe(ref source, i + 128);
            (Vector512.WidenLower(even) | (Vector512.WidenLower(odd) << 32)).AsSingle().StoreUnsafe(ref target, 2 * i);
            (Vector512.WidenUpper(even) | (Vector512.WidenUpper(odd) << 32)).AsSingle().StoreUnsafe(ref target, 2 * i + 16);
        }
    }

    // Quarter q of result k holds the four rows' values of image 4q + k.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarters(
        ref float source, ReadOnlySpan<int> rows, nint rowLength,
        out Vector512<float> r0, out Vector512<float> r1, out Vector512<float> r2, out Vector512<float> r3)
    {
        Vector512<float> a = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, rows[0] * rowLength));
        Vector512<float> b = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, rows[1] * rowLength));
        Vector512<float> c = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, rows[2] * rowLength));
        Vector512<float> d = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, rows[3] * rowLength));
        Vector512<double> abLow = Avx512F.UnpackLow(a, b).AsDouble(), abHigh = Avx512F.UnpackHigh(a, b).AsDouble();
        Vector512<double> cdLow = Avx512F.UnpackLow(c, d).AsDouble(), cdHigh = Avx512F.UnpackHigh(c, d).AsDouble();
        r0 = Avx512F.UnpackLow(abLow, cdLow).AsSingle();
        r1 = Avx512F.UnpackHigh(abLow, cdLow).AsSingle();
        r2 = Avx512F.UnpackLow(abHigh, cdHigh).AsSingle();
        r3 = Avx512F.UnpackHigh(abHigh, cdHigh).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreColumns(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, ref float destination, nint stride)
    {
        Vector512<float> abLow = Avx512F.Shuffle4x128(a, b, 0x44), abHigh = Avx512F.Shuffle4x128(a, b, 0xEE);
        Vector512<float> cdLow = Avx512F.Shuffle4x128(c, d, 0x44), cdHigh = Avx512F.Shuffle4x128(c, d, 0xEE);
        Avx512F.Shuffle4x128(abLow, cdLow, 0x88).StoreUnsafe(ref destination);
        Avx512F.Shuffle4x128(abLow, cdLow, 0xDD).StoreUnsafe(ref Unsafe.Add(ref destination, stride));
        Avx512F.Shuffle4x128(abHigh, cdHigh, 0x88).StoreUnsafe(ref Unsafe.Add(ref destination, stride * 2));
        Avx512F.Shuffle4x128(abHigh, cdHigh, 0xDD).StoreUnsafe(ref Unsafe.Add(ref destination, stride * 3));
    }
}
