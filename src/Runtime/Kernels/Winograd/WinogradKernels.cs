using System.Runtime.CompilerServices;
using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>G g Gᵀ of the weights, packed for the register tiles.</summary>
internal static class WinogradKernels
{
    /// <summary>Number of kernels that are transformed at once.</summary>
    public const int MostWidth = TileRow.MostWidth;

    /// <summary>Taps of a 3×3 kernel.</summary>
    public const int Taps = 9;

    // Number of inputs that are transformed before they are copied. The products lie a power of two apart in memory, so that writing to all
    // of them in turn would evict each other's cache lines.
    private const int Together = 8;

    // Extra rows of sixteen taps on either side of a kernel, for the neighbouring taps that the transposes read.
    private const int Beyond = 16 - Taps;

    /// <summary>3×3 kernels of a tile, for all of the tile's inputs and channels.</summary>
    /// <param name="weights">The first weight of the first input and channel.</param>
    /// <param name="inputs">Number of inputs.</param>
    /// <param name="inputStride">Floats from one input's kernel to the next's.</param>
    /// <param name="width">Channels of the tile, at most 16.</param>
    /// <param name="channelStride">Floats from one channel's kernel to the next's.</param>
    /// <param name="firstTap">The tap that is read first: 0, or 8 for a kernel rotated by 180°.</param>
    /// <param name="tapStride">From one tap to the next: 1, or −1.</param>
    public readonly ref struct TileKernels(
        ref float weights, int inputs, int inputStride, int width, int channelStride, int firstTap, int tapStride)
    {
        public readonly int Inputs = inputs;

        public readonly int Width = width;

        private readonly ref float _first = ref weights;

        /// <summary>The taps of one input, tap × 16 channels.</summary>
        /// <param name="input">Number of the input.</param>
        /// <param name="channels">Sixteen of the tile's channels.</param>
        /// <param name="taps">The kernel's first tap; <see cref="Beyond"/> rows before it and after the last are overwritten.</param>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Gather(int input, ReadOnlySpan<int> channels, ref float taps)
        {
            ref float kernels = ref Unsafe.Add(ref _first, (nint)input * inputStride);
            ref float first = ref Unsafe.Add(ref taps, firstTap * MostWidth);
            if (input < Inputs - 1) LaneTranspose.Sixteen(ref kernels, channels, channelStride, ref first, tapStride * MostWidth);
            else GatherLast(ref kernels, ref first);
        }

        // There may be no memory after the last kernels.
        private void GatherLast(ref float kernels, ref float first)
        {
            for (nint channel = 0; channel < Width; channel++)
            {
                for (nint tap = 0; tap < Taps; tap++)
                    Unsafe.Add(ref first, tap * tapStride * MostWidth + channel) = Unsafe.Add(ref kernels, channel * channelStride + tap);
            }
        }
    }

    /// <summary>Packs a tile's kernels: products × input × channel.</summary>
    /// <typeparam name="TTransforms">The transforms.</typeparam>
    /// <param name="kernels">The kernels.</param>
    /// <param name="packed">Where the tile's first product is stored.</param>
    /// <param name="product">Floats from one product to the next.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackTile<TTransforms>(in TileKernels kernels, ref float packed, nint product)
        where TTransforms : IWinogradTransforms
    {
        Span<float> taps = stackalloc float[(Beyond + Taps + Beyond) * MostWidth];
        Span<float> transformed = stackalloc float[TTransforms.Products * Together * MostWidth];
        Span<int> channels = stackalloc int[MostWidth];
        taps.Clear();
        nint width = kernels.Width;
        TileRow.Numbers(channels, kernels.Width);
        for (int first = 0; first < kernels.Inputs; first += Together)
        {
            int count = Math.Min(Together, kernels.Inputs - first);
            for (int i = 0; i < count; i++)
            {
                kernels.Gather(first + i, channels, ref taps[Beyond * MostWidth]);
                TTransforms.Kernels(ref taps[Beyond * MostWidth], ref transformed[i * MostWidth], Together * MostWidth);
            }

            for (nint p = 0; p < TTransforms.Products; p++)
            {
                ref float target = ref Unsafe.Add(ref packed, p * product + first * width);
                for (nint i = 0; i < count; i++)
                    TileRow.Copy(
                        ref Unsafe.Add(ref transformed[0], (p * Together + i) * MostWidth), ref Unsafe.Add(ref target, i * width), width);
            }
        }
    }
}
