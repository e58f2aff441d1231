using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static NoiseGen.LaneLayout;

namespace NoiseGen.CompilerServices;

/// <summary>
/// The gradients of one convolution's or dense layer's weights and biases, summed over pixels, lanes and blocks. The loops produce them as
/// output × (row, column, channel); they are stored in PyTorch's order, output × (channel, row, column).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WeightGradients
{
    private readonly LinearShape _shape;
    private readonly Arena _gradients;
    private readonly int _weights;
    private readonly int? _biases;

    // The channels of a pixel, padded to whole vectors with the first channel.
    private readonly int[] _channels;

    internal WeightGradients(StageDescription stage, LinearShape shape, Arena gradients)
    {
        (_shape, _gradients) = (shape, gradients);
        (_weights, _biases) = (stage.Weights!.Offset, stage.Biases?.Offset);
        _channels = new int[(shape.Channels + 15) / 16 * 16];
        for (int c = 0; c < shape.Channels; c++) _channels[c] = c;
    }

    /// <summary>Where the gradients of an output's weights are stored, if the order of the loops is PyTorch's.</summary>
    /// <param name="output">Number of the output.</param>
    public ref float Of(int output) => ref _gradients.At(_weights + (nint)output * Inputs);

    /// <summary>The gradients of all weights, outputs × inputs in PyTorch's order.</summary>
    internal Span<float> Weights => _gradients.Span(_weights, Outputs * Inputs);

    private Span<float> Biases => _biases is { } biases ? _gradients.Span(biases, Outputs) : default;

    private int Outputs => _shape.Outputs;

    private int Inputs => _shape.Inputs;

    private int Channels => _shape.Channels;

    /// <summary>
    /// Sums a tile of lane accumulators, outputs × inputs, into a block's gradient, outputs × inputs in the order of the loops.
    /// </summary>
    /// <param name="accumulators">The tile's vectors.</param>
    /// <param name="gradient">The block's gradient of the tile's first output and input.</param>
    /// <param name="outputs">Outputs of the tile.</param>
    /// <param name="inputs">Inputs of the tile.</param>
    [SkipLocalsInit]
    public void SumTile(ref float accumulators, ref float gradient, int outputs, int inputs)
    {
        Span<float> sums = stackalloc float[NarrowTile.MostAccumulators];
        sums = sums[..(outputs * inputs)];
        LaneSum.OfEach(ref accumulators, sums);
        for (int o = 0; o < outputs; o++)
        {
            for (int i = 0; i < inputs; i++) Unsafe.Add(ref gradient, o * Inputs + i) = sums[o * inputs + i];
        }
    }

    /// <summary>Adds a row of gradients, column × channel × lane, to the lane accumulators of the biases.</summary>
    /// <param name="gradients">The row.</param>
    /// <param name="accumulators">One vector for each output.</param>
    /// <param name="columns">Pixels of the row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddBiasRow(ref float gradients, ref float accumulators, int columns)
    {
        for (nint o = 0; o < Outputs; o++)
        {
            Vector512<float> low = Vector512.LoadUnsafe(ref Unsafe.Add(ref accumulators, o * 16));
            Vector512<float> high = Vector512<float>.Zero;
            ref float pixel = ref Unsafe.Add(ref gradients, o * Lanes);
            for (int column = 0; column < columns; column++)
            {
                low += Vector512.LoadUnsafe(ref pixel);
                high += Vector512.LoadUnsafe(ref pixel, 16);
                pixel = ref Unsafe.Add(ref pixel, Outputs * Lanes);
            }

            (low + high).StoreUnsafe(ref Unsafe.Add(ref accumulators, o * 16));
        }
    }

    /// <summary>Sums the lane accumulators of the biases into a block's gradient.</summary>
    /// <param name="accumulators">One vector for each output.</param>
    /// <param name="gradient">The block's gradient.</param>
    public void SumBiases(ref float accumulators, ref float gradient) =>
        LaneSum.OfEach(ref accumulators, MemoryMarshal.CreateSpan(ref gradient, Outputs));

    /// <summary>Sums the gradients of all blocks for a share of a convolution's outputs, in block order.</summary>
    /// <param name="weights">The first block's weight gradient, outputs × inputs in the order of the loops.</param>
    /// <param name="biases">The first block's bias gradient.</param>
    /// <param name="blocks">Number of blocks.</param>
    /// <param name="blockStride">Floats from one block's memory to the next's.</param>
    /// <param name="part">Number of the share.</param>
    /// <param name="parts">Number of shares.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SumBlocks(ref float weights, ref float biases, int blocks, nint blockStride, int part, int parts)
    {
        Span<float> weightGradients = Weights;
        Span<float> biasGradients = Biases;
        for (int o = Share.Start(Outputs, part, parts); o < Share.Start(Outputs, part + 1, parts); o++)
        {
            for (int input = 0; input < Inputs; input++)
                weightGradients[o * Inputs + _shape.Columns[input]] = Sum(
                    ref Unsafe.Add(ref weights, o * Inputs + input), blocks, blockStride);
            if (_biases is not null) biasGradients[o] = Sum(ref Unsafe.Add(ref biases, o), blocks, blockStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Sum(ref float value, int blocks, nint blockStride)
    {
        float sum = value;
        for (int block = 1; block < blocks; block++) sum += Unsafe.Add(ref value, block * blockStride);
        return sum;
    }

    /// <summary>
    /// Transposes a block's inputs from pixel × channel × 32 images to pixel × vector × 32 images × 16 channels, padded to whole vectors.
    /// </summary>
    /// <param name="inputs">Pixels × channels × 32.</param>
    /// <param name="transposed">Pixels × vectors × 32 × 16; the values of the padding are undefined.</param>
    /// <param name="pixels">Number of pixels.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void TransposeInputs(ref float inputs, ref float transposed, int pixels)
    {
        for (nint pixel = 0; pixel < pixels; pixel++)
        {
            ref float source = ref Unsafe.Add(ref inputs, pixel * Channels * Lanes);
            ref float target = ref Unsafe.Add(ref transposed, pixel * _channels.Length * Lanes);
            for (int first = 0; first < _channels.Length; first += 16)
            {
                ReadOnlySpan<int> rows = _channels.AsSpan(first, 16);
                ref float vector = ref Unsafe.Add(ref target, first * Lanes);
                LaneTranspose.Sixteen(ref source, rows, Lanes, ref vector, 16);
                LaneTranspose.Sixteen(ref Unsafe.Add(ref source, 16), rows, Lanes, ref Unsafe.Add(ref vector, 256), 16);
            }
        }
    }

    /// <summary>Stores the weight gradients of some outputs: from the order of the loops, with padded channels, to PyTorch's.</summary>
    /// <param name="gradients">Outputs × kernel row × kernel column × channels, padded to a multiple of 16.</param>
    /// <param name="output">The first output.</param>
    /// <param name="outputs">Number of outputs.</param>
    /// <param name="paddedChannels">Channels of a pixel, including the padding.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Store(ref float gradients, int output, int outputs, int paddedChannels)
    {
        int taps = _shape.KernelRows * _shape.KernelColumns;
        for (int o = 0; o < outputs; o++)
        {
            Span<float> target = Weights.Slice((output + o) * Inputs, Inputs);
            for (int tap = 0; tap < taps; tap++)
            {
                ReadOnlySpan<float> source = MemoryMarshal.CreateReadOnlySpan(
                    ref Unsafe.Add(ref gradients, (nint)(o * taps + tap) * paddedChannels), Channels);
                if (_shape.IsInOrder)
                {
                    source.CopyTo(target);
                    continue;
                }

                ReadOnlySpan<int> columns = _shape.Columns.AsSpan(tap * Channels, Channels);
                for (int c = 0; c < source.Length; c++) target[columns[c]] = source[c];
            }
        }
    }

    /// <summary>Stores a share of the gradients of 3×3 kernels, from the summed products of the transforms, in PyTorch's order.</summary>
    /// <typeparam name="TTransforms">The transforms.</typeparam>
    /// <param name="sums">Products × outputs × channels, a multiple of 16; they are overwritten.</param>
    /// <param name="product">Floats from one product's sums to the next one's.</param>
    /// <param name="part">Number of the share.</param>
    /// <param name="parts">Number of shares.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void StoreWinograd<TTransforms>(ref float sums, nint product, int part, int parts)
        where TTransforms : IWinogradTransforms
    {
        const int Taps = 9, Vector = 16;
        Span<float> taps = stackalloc float[Taps * Vector], kernels = stackalloc float[Vector * Vector];
        Span<int> rows = stackalloc int[Vector];
        TileRow.Numbers(rows, Taps);
        for (int output = Share.Start(Outputs, part, parts); output < Share.Start(Outputs, part + 1, parts); output++)
        {
            Span<float> gradients = Weights.Slice(output * Inputs, Inputs);
            for (int channel = 0; channel < Channels; channel += Vector)
            {
                // Prefetches the sums of the next kernels: the products form too many separate streams for the hardware prefetcher.
                ref float kernelSums = ref Unsafe.Add(ref sums, (nint)output * Channels + channel);
                for (nint p = 0; p < TTransforms.Products; p++) Cache.Fetch(ref Unsafe.Add(ref kernelSums, p * product + Vector));
                TTransforms.Taps(ref kernelSums, product, ref taps[0]);
                LaneTranspose.Sixteen(ref taps[0], rows, Vector, ref kernels[0], Vector);
                for (int i = 0; i < Vector; i++) TileRow.Copy(ref kernels[i * Vector], ref gradients[(channel + i) * Taps], Taps);
            }
        }
    }

    /// <summary>Sums a share of the bias gradients over pixels, blocks and lanes.</summary>
    /// <param name="gradients">The first block's output gradients, pixels × outputs × 32.</param>
    /// <param name="pixels">Number of pixels.</param>
    /// <param name="blocks">Number of blocks.</param>
    /// <param name="blockStride">Floats from one block's memory to the next's.</param>
    /// <param name="part">Number of the share.</param>
    /// <param name="parts">Number of shares.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SumLaneBiases(ref float gradients, int pixels, int blocks, nint blockStride, int part, int parts)
    {
        Span<float> biasGradients = Biases;
        for (int o = Share.Start(Outputs, part, parts); o < Share.Start(Outputs, part + 1, parts); o++)
        {
            Vector512<float> sum = Vector512<float>.Zero;
            for (int block = 0; block < blocks; block++)
            {
                ref float lanes = ref Unsafe.Add(ref gradients, block * blockStride + o * Lanes);
                for (nint pixel = 0; pixel < pixels; pixel++)
                {
                    sum += Vector512.LoadUnsafe(ref lanes) + Vector512.LoadUnsafe(ref lanes, 16);
                    lanes = ref Unsafe.Add(ref lanes, Outputs * Lanes);
                }
            }

            biasGradients[o] = LaneSum.Of(sum);
        }
    }
}
