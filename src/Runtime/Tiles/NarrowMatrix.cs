using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen.CompilerServices;

/// <summary>
/// What a dense layer's tiles become without 512-bit registers: the same products, added to each sum in the same order, so that the bits are the same.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NarrowMatrix
{
    private const int Lanes = 32;

    // 32 images of so many inputs take half of a first-level cache of 32 KiB.
    private const int InputsInCache = 128;

    /// <summary>A matrix product whose sums start from biases.</summary>
    /// <param name="biases">The biases; one zero where there are none.</param>
    /// <param name="biasStep">Floats from one channel's bias to the next one's: 1, or 0 where all are the same.</param>
    /// <param name="source">Inputs × 32 images.</param>
    /// <param name="weights">The matrix.</param>
    /// <param name="target">Channels × 32 images.</param>
    /// <param name="channels">Channels of the target.</param>
    /// <param name="inputs">Inputs of each.</param>
    /// <param name="channelStep">Floats from one channel's weight to the next one's.</param>
    /// <param name="inputStep">Floats from one input's weight to the next one's.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Product(
        ref float biases, int biasStep, ref float source, ref float weights, ref float target, int channels, int inputs, nint channelStep, nint inputStep)
    {
        for (nint channel = 0; channel < channels; channel++)
        {
            Vector256<float> bias = Vector256.Create(Unsafe.Add(ref biases, channel * biasStep));
            ref float sums = ref Unsafe.Add(ref target, channel * Lanes);
            for (nuint lane = 0; lane < Lanes; lane += 8) bias.StoreUnsafe(ref sums, lane);
        }

        AddProduct(ref source, ref weights, ref target, channels, inputs, channelStep, inputStep);
    }

    /// <summary>Adds the products of a matrix and 32 images' inputs to what lies in the target.</summary>
    /// <param name="source">Inputs × 32 images.</param>
    /// <param name="weights">The matrix.</param>
    /// <param name="target">Channels × 32 images.</param>
    /// <param name="channels">Channels of the target.</param>
    /// <param name="inputs">Inputs of each.</param>
    /// <param name="channelStep">Floats from one channel's weight to the next one's.</param>
    /// <param name="inputStep">Floats from one input's weight to the next one's.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddProduct(ref float source, ref float weights, ref float target, int channels, int inputs, nint channelStep, nint inputStep)
    {
        // A part of the inputs for all channels: it stays in the first-level cache, and the weights are read once.
        for (nint first = 0; first < inputs; first += InputsInCache)
        {
            var walk = new TileWalk(1, 1, Math.Min(InputsInCache, inputs - first))
            {
                FactorStep = inputStep, FactorGap = channelStep, VectorStep = Lanes, SumOfFactor = Lanes,
            };
            NarrowSums.AddPairs(walk, ref Unsafe.Add(ref weights, first * inputStep), channels, ref Unsafe.Add(ref source, first * Lanes), ref target);
        }
    }
}
