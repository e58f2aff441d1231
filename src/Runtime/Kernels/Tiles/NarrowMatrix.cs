using System.ComponentModel;
using System.Runtime.CompilerServices;
using static NoiseGen.LaneLayout;

namespace NoiseGen.CompilerServices;

/// <summary>
/// The tiles of a dense layer without 512-bit registers: the same products, added to each sum in the same order, so that the bits are the
/// same.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NarrowMatrix
{
    // 32 images of this many inputs take half of a first-level cache of 32 KiB.
    private const int InputsInCache = 128;

    /// <summary>A matrix product whose sums start from biases.</summary>
    /// <param name="biases">One for each channel.</param>
    /// <param name="source">Inputs × 32 images.</param>
    /// <param name="weights">The matrix.</param>
    /// <param name="target">Channels × 32 images.</param>
    /// <param name="channels">Channels of the target.</param>
    /// <param name="inputs">Inputs of each.</param>
    /// <param name="channelStride">Floats from one channel's weight to the next one's.</param>
    /// <param name="inputStride">Floats from one input's weight to the next one's.</param>
    public static void BiasedProduct(
        ref float biases, ref float source, ref float weights, ref float target, int channels, int inputs, nint channelStride,
        nint inputStride) =>
        Sum<NarrowSums.FromBiases>(ref source, ref weights, ref biases, ref target, channels, inputs, channelStride, inputStride);

    /// <summary>A matrix product that overwrites the target.</summary>
    /// <param name="source">Inputs × 32 images.</param>
    /// <param name="weights">The matrix.</param>
    /// <param name="target">Channels × 32 images.</param>
    /// <param name="channels">Channels of the target.</param>
    /// <param name="inputs">Inputs of each.</param>
    /// <param name="channelStride">Floats from one channel's weight to the next one's.</param>
    /// <param name="inputStride">Floats from one input's weight to the next one's.</param>
    public static void Product(
        ref float source, ref float weights, ref float target, int channels, int inputs, nint channelStride, nint inputStride) =>
        Sum<NarrowSums.FromZero>(ref source, ref weights, ref weights, ref target, channels, inputs, channelStride, inputStride);

    /// <summary>Adds the product of a matrix and the inputs of 32 images to the target.</summary>
    /// <param name="source">Inputs × 32 images.</param>
    /// <param name="weights">The matrix.</param>
    /// <param name="target">Channels × 32 images.</param>
    /// <param name="channels">Channels of the target.</param>
    /// <param name="inputs">Inputs of each.</param>
    /// <param name="channelStride">Floats from one channel's weight to the next one's.</param>
    /// <param name="inputStride">Floats from one input's weight to the next one's.</param>
    public static void AddProduct(
        ref float source, ref float weights, ref float target, int channels, int inputs, nint channelStride, nint inputStride) =>
        Sum<NarrowSums.Continued>(ref source, ref weights, ref weights, ref target, channels, inputs, channelStride, inputStride);

    // Takes a part of the inputs at a time, for all channels: it stays in the first-level cache, and the weights are read once.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum<TFirst>(
        ref float source, ref float weights, ref float biases, ref float target, int channels, int inputs, nint channelStride,
        nint inputStride)
        where TFirst : struct, NarrowSums.ISums
    {
        for (nint first = 0; first < inputs; first += InputsInCache)
        {
            var walk = new TileWalk(1, 1, Math.Min(InputsInCache, inputs - first))
            {
                FactorStep = inputStride, FactorGap = channelStride, VectorStep = Lanes, SumOfFactor = Lanes,
            };
            ref float w = ref Unsafe.Add(ref weights, first * inputStride), x = ref Unsafe.Add(ref source, first * Lanes);
            if (first == 0) NarrowSums.AddPairs<TFirst>(walk, ref w, channels, ref x, ref biases, ref target);
            else NarrowSums.AddPairs<NarrowSums.Continued>(walk, ref w, channels, ref x, ref biases, ref target);
        }
    }
}
