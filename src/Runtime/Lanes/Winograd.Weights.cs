using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NoiseGen.CompilerServices;

// G g Gᵀ of the weights, packed for the register tiles.
public static partial class Winograd
{
    internal const int Products = 16;
    private const int Taps = 9;

    // A register tile has no more channels.
    private const int MostWidth = 16;

    // Inputs that are transformed before they are copied: the products lie a power of two apart in memory, where writing to all of them in turn would throw
    // each other out of the cache.
    private const int Together = 16;

    /// <summary>3×3 kernels of a tile, for all of the tile's inputs and channels.</summary>
    /// <param name="weights">The first weight of the first input and channel.</param>
    /// <param name="inputs">Number of inputs.</param>
    /// <param name="inputStep">Floats from one input's kernel to the next's.</param>
    /// <param name="width">Channels of the tile, at most 16.</param>
    /// <param name="channelStep">Floats from one channel's kernel to the next's.</param>
    /// <param name="firstTap">The tap that is read first: 0, or 8 for a kernel turned by half a turn.</param>
    /// <param name="tapStep">From one tap to the next: 1, or −1.</param>
    internal readonly ref struct TileKernels(ref float weights, int inputs, int inputStep, int width, int channelStep, int firstTap, int tapStep)
    {
        public readonly int Inputs = inputs;

        public readonly int Width = width;

        private readonly ref float _first = ref Unsafe.Add(ref weights, firstTap);

        /// <summary>The taps of one input, tap × 16 channels.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Gather(int input, ref float taps)
        {
            ref float kernel = ref Unsafe.Add(ref _first, (nint)input * inputStep);
            for (int channel = 0; channel < Width; channel++)
            {
                for (int tap = 0; tap < Taps; tap++) Unsafe.Add(ref taps, tap * MostWidth + channel) = Unsafe.Add(ref kernel, tap * tapStep);
                kernel = ref Unsafe.Add(ref kernel, channelStep);
            }
        }
    }

    /// <summary>Packs a tile's kernels: 16 products × input × channel.</summary>
    /// <param name="kernels">The kernels.</param>
    /// <param name="packed">Where the tile's first product goes.</param>
    /// <param name="product">Floats from one product to the next.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void PackTile(in TileKernels kernels, ref float packed, nint product)
    {
        Span<float> taps = stackalloc float[Taps * MostWidth];
        Span<float> transformed = stackalloc float[Products * Together * MostWidth];
        taps.Clear();
        int width = kernels.Width;
        for (int first = 0; first < kernels.Inputs; first += Together)
        {
            int count = Math.Min(Together, kernels.Inputs - first);
            for (int i = 0; i < count; i++)
            {
                kernels.Gather(first + i, ref taps[0]);
                Transform(ref taps[0], ref transformed[i * MostWidth], Together * MostWidth);
            }

            for (int p = 0; p < Products; p++)
            {
                Span<float> target = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref packed, p * product + first * width), count * width);
                for (int i = 0; i < count; i++) transformed.Slice((p * Together + i) * MostWidth, width).CopyTo(target[(i * width)..]);
            }
        }
    }

    // Sixteen channels' kernels at once.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transform(ref float taps, ref float target, nint product)
    {
        Row(ref taps, 0, out var a0, out var b0, out var c0, out var d0);
        Row(ref taps, 1, out var a1, out var b1, out var c1, out var d1);
        Row(ref taps, 2, out var a2, out var b2, out var c2, out var d2);
        Column(ref target, product, a0, a1, a2);
        Column(ref Unsafe.Add(ref target, product), product, b0, b1, b2);
        Column(ref Unsafe.Add(ref target, 2 * product), product, c0, c1, c2);
        Column(ref Unsafe.Add(ref target, 3 * product), product, d0, d1, d2);
    }

    // A row of the kernel times Gᵀ.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row(
        ref float taps, int row, out Vector512<float> t0, out Vector512<float> t1, out Vector512<float> t2, out Vector512<float> t3)
    {
        ref float first = ref Unsafe.Add(ref taps, row * 3 * MostWidth);
        Vector512<float> g1 = Vector512.LoadUnsafe(ref first, MostWidth);
        (t0, t3) = (Vector512.LoadUnsafe(ref first), Vector512.LoadUnsafe(ref first, 2 * MostWidth));
        (t1, t2) = Half(t0 + t3, g1);
    }

    // G times a column, into its place of each row of products.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Column(ref float target, nint product, Vector512<float> g0, Vector512<float> g1, Vector512<float> g2)
    {
        (Vector512<float> sum, Vector512<float> difference) = Half(g0 + g2, g1);
        g0.StoreUnsafe(ref target);
        sum.StoreUnsafe(ref Unsafe.Add(ref target, 4 * product));
        difference.StoreUnsafe(ref Unsafe.Add(ref target, 8 * product));
        g2.StoreUnsafe(ref Unsafe.Add(ref target, 12 * product));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float> Sum, Vector512<float> Difference) Half(Vector512<float> outer, Vector512<float> inner) =>
        ((outer + inner) * Vector512.Create(0.5f), (outer - inner) * Vector512.Create(0.5f));
}
