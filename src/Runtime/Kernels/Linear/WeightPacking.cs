using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NoiseGen.CompilerServices;

/// <summary>Packs the weights of one convolution or dense layer in the order in which the register tiles read them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WeightPacking
{
    // Number of channels that are packed at a time: for a tile's outputs, with all taps of a 3×3 kernel, they take 8 KiB and stay in the
    // first-level cache.
    private const int PackedChannels = 16;

    // Number of outputs that are packed at a time.
    private const int PackedOutputs = 16;

    private readonly LinearShape _shape;
    private readonly LinearWeights _weights;

    internal WeightPacking(LinearShape shape, LinearWeights weights) => (_shape, _weights) = (shape, weights);

    private ref float Weights => ref _weights.Values;

    private int Outputs => _shape.Outputs;

    private int Inputs => _shape.Inputs;

    private int Channels => _shape.Channels;

    /// <summary>Packs a share of the weights for the forward pass: tile × input × output in the tile.</summary>
    /// <param name="packed">Outputs × Inputs floats.</param>
    /// <param name="tile">Outputs of a tile; the last tiles may have one fewer.</param>
    /// <param name="part">Number of the share.</param>
    /// <param name="parts">Number of shares.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(ref float packed, int tile, int part, int parts)
    {
        var tiles = new ChannelTiles(_shape.Groups, _shape.GroupOutputs, tile);
        for (int t = Share.Start(tiles.Count, part, parts); t < Share.Start(tiles.Count, part + 1, parts); t++)
        {
            nint first = (nint)tiles.Start(t) * Inputs;
            ref float target = ref Unsafe.Add(ref packed, first), weights = ref Unsafe.Add(ref Weights, first);
            if (_shape.IsInOrder)
            {
                PackRows(ref target, ref weights, tiles.Width(t));
                continue;
            }

            for (int channel = 0; channel < Channels; channel += PackedChannels)
                PackChannels(ref target, ref weights, channel, tiles.Width(t));
        }
    }

    // A tile's outputs whose weights are already in the order of the loops: transposes of sixteen inputs.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PackRows(ref float packed, ref float weights, int width)
    {
        Span<int> outputs = stackalloc int[TileRow.MostWidth];
        Span<float> transposed = stackalloc float[16 * TileRow.MostWidth];
        TileRow.Numbers(outputs, width);
        int input = 0;
        for (; input <= Inputs - 16; input += 16)
        {
            LaneTranspose.Sixteen(ref Unsafe.Add(ref weights, input), outputs, Inputs, ref transposed[0], TileRow.MostWidth);
            for (int i = 0; i < 16; i++)
                TileRow.Copy(ref transposed[i * TileRow.MostWidth], ref Unsafe.Add(ref packed, (nint)(input + i) * width), width);
        }

        for (; input < Inputs; input++)
        {
            for (int o = 0; o < width; o++)
                Unsafe.Add(ref packed, (nint)input * width + o) = Unsafe.Add(ref weights, (nint)o * Inputs + input);
        }
    }

    // All taps of some channels: a short run of the weights of each output.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PackChannels(ref float packed, ref float weights, int first, nint width)
    {
        int count = Math.Min(PackedChannels, Channels - first);
        for (int tap = 0; tap < _shape.KernelRows * _shape.KernelColumns; tap++)
        {
            int start = tap * Channels + first;
            ref float destination = ref Unsafe.Add(ref packed, start * width);
            foreach (int column in _shape.Columns.AsSpan(start, count))
            {
                ref float source = ref Unsafe.Add(ref weights, column);
                for (nint o = 0; o < width; o++)
                {
                    Unsafe.Add(ref destination, o) = source;
                    source = ref Unsafe.Add(ref source, Inputs);
                }

                destination = ref Unsafe.Add(ref destination, width);
            }
        }
    }

    /// <summary>
    /// Packs a share of the weights for the input gradient, phase by phase of the stride: tile of input channels × row × column × output of
    /// their group × channel in the tile. The kernel is rotated by 180° so that output pixels are read in ascending order.
    /// </summary>
    /// <param name="packed">Outputs × Inputs floats.</param>
    /// <param name="tile">Input channels of a tile; the last tiles may have one fewer.</param>
    /// <param name="strideRows">Rows from one window to the next, 1 for a dense layer.</param>
    /// <param name="strideColumns">Columns from one window to the next, 1 for a dense layer.</param>
    /// <param name="part">Number of the share.</param>
    /// <param name="parts">Number of shares.</param>
    public void Backward(ref float packed, int tile, int strideRows, int strideColumns, int part, int parts)
    {
        ref float phase = ref packed;
        for (int a = 0; a < Math.Min(strideRows, _shape.KernelRows); a++)
        {
            for (int b = 0; b < Math.Min(strideColumns, _shape.KernelColumns); b++)
            {
                var taps = new PhaseTaps(
                    a * _shape.KernelColumns + b,
                    (_shape.KernelRows - a - 1) / strideRows + 1, (_shape.KernelColumns - b - 1) / strideColumns + 1,
                    strideRows * _shape.KernelColumns, strideColumns);
                PackPhase(ref phase, tile, taps, part, parts);
                phase = ref Unsafe.Add(ref phase, (nint)taps.Count * Channels * Outputs);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PackPhase(ref float packed, int tile, PhaseTaps taps, int part, int parts)
    {
        // Some outputs at a time, for all tiles: every tile has a part of the same rows.
        var tiles = new ChannelTiles(_shape.Groups, Channels, tile);
        for (int output = 0; output < _shape.GroupOutputs; output += PackedOutputs)
        {
            int end = Math.Min(_shape.GroupOutputs, output + PackedOutputs);
            for (int t = Share.Start(tiles.Count, part, parts); t < Share.Start(tiles.Count, part + 1, parts); t++)
            {
                int group = tiles.Group(t), start = tiles.Start(t);
                nint width = tiles.Width(t);
                ref float weights = ref Unsafe.Add(ref Weights, (nint)group * _shape.GroupOutputs * Inputs);
                ref float destination = ref Unsafe.Add(ref packed, (nint)start * taps.Count * _shape.GroupOutputs);
                for (int i = 0; i < taps.Count; i++)
                {
                    int input = taps.Rotated(i) * Channels + start - group * Channels;
                    PackTap(ref Unsafe.Add(ref destination, i * _shape.GroupOutputs * width), ref weights, input, width, output, end);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PackTap(ref float packed, ref float groupWeights, int input, nint width, int start, int end)
    {
        ref int columns = ref _shape.Columns[input];
        for (nint o = start; o < end; o++)
        {
            ref float weights = ref Unsafe.Add(ref groupWeights, o * Inputs);
            ref float destination = ref Unsafe.Add(ref packed, o * width);
            if (_shape.IsInOrder)
            {
                TileRow.Copy(ref Unsafe.Add(ref weights, input), ref destination, width);
                continue;
            }

            for (nint i = 0; i < width; i++) Unsafe.Add(ref destination, i) = Unsafe.Add(ref weights, Unsafe.Add(ref columns, i));
        }
    }

    /// <summary>
    /// Packs a share of the weights of a 3×3 convolution for Winograd's transforms: products × tile × input × output in the tile.
    /// </summary>
    /// <typeparam name="TTransforms">The transforms.</typeparam>
    /// <param name="packed">Products × outputs × input channels floats.</param>
    /// <param name="tile">Outputs of a tile; the last tiles may have one fewer.</param>
    /// <param name="part">Number of the share.</param>
    /// <param name="parts">Number of shares.</param>
    public void ForwardWinograd<TTransforms>(ref float packed, int tile, int part, int parts)
        where TTransforms : IWinogradTransforms
    {
        var tiles = new ChannelTiles(1, Outputs, tile);
        for (int t = Share.Start(tiles.Count, part, parts); t < Share.Start(tiles.Count, part + 1, parts); t++)
        {
            nint start = tiles.Start(t);
            var kernels = new WinogradKernels.TileKernels(
                ref Unsafe.Add(ref Weights, start * Inputs), Channels, inputStride: WinogradKernels.Taps, tiles.Width(t),
                channelStride: Inputs, firstTap: 0, tapStride: 1);
            WinogradKernels.PackTile<TTransforms>(kernels, ref Unsafe.Add(ref packed, start * Channels), (nint)Channels * Outputs);
        }
    }

    /// <summary>
    /// The same for the input gradient: products × tile of input channels × output × channel in the tile, of the kernel rotated by 180°.
    /// </summary>
    /// <typeparam name="TTransforms">The transforms.</typeparam>
    /// <param name="packed">Products × outputs × input channels floats.</param>
    /// <param name="tile">Input channels of a tile; the last tiles may have one fewer.</param>
    /// <param name="part">Number of the share.</param>
    /// <param name="parts">Number of shares.</param>
    public void BackwardWinograd<TTransforms>(ref float packed, int tile, int part, int parts)
        where TTransforms : IWinogradTransforms
    {
        var tiles = new ChannelTiles(1, Channels, tile);
        for (int t = Share.Start(tiles.Count, part, parts); t < Share.Start(tiles.Count, part + 1, parts); t++)
        {
            nint start = tiles.Start(t);
            var kernels = new WinogradKernels.TileKernels(
                ref Unsafe.Add(ref Weights, start * WinogradKernels.Taps), Outputs, inputStride: Inputs, tiles.Width(t),
                channelStride: WinogradKernels.Taps,
                firstTap: WinogradKernels.Taps - 1, tapStride: -1);
            WinogradKernels.PackTile<TTransforms>(kernels, ref Unsafe.Add(ref packed, start * Outputs), (nint)Channels * Outputs);
        }
    }

    /// <summary>The taps of one phase of the stride.</summary>
    private readonly struct PhaseTaps(int first, int rows, int columns, int rowStride, int columnStride)
    {
        public int Count => rows * columns;

        /// <summary>A tap by its position in the kernel rotated by 180°.</summary>
        public int Rotated(int place) => first + (rows - 1 - place / columns) * rowStride + (columns - 1 - place % columns) * columnStride;
    }

    // Divides the channels of each group into the fewest tiles of at most a width. Where they do not divide evenly, the last tiles are
    // narrower by one, as in the generator.
    private readonly struct ChannelTiles(int groups, int channels, int width)
    {
        private readonly int _perGroup = (channels + width - 1) / width;
        private readonly int _wide = (channels + width - 1) / width * (1 - width) + channels;

        public int Count => groups * _perGroup;

        public int Group(int tile) => tile / _perGroup;

        /// <summary>The tile's first channel, counted over all groups.</summary>
        public int Start(int tile) => Group(tile) * channels + tile % _perGroup * width - Math.Max(0, tile % _perGroup - _wide);

        public int Width(int tile) => tile % _perGroup < _wide ? width : width - 1;
    }
}
