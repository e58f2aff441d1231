using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static NoiseGen.LaneLayout;

namespace NoiseGen.CompilerServices;

// dz = γ/√(var + ε) · (g − mean(g) − (z − mean)·mean(g·(z − mean))/(var + ε)), where g is the gradient with respect to the norm's output.
// Means are over images and pixels.
public sealed partial class BatchNormLayer
{
    // For each block and channel: Σg and Σg·(z − mean).
    private readonly float[] _blockGradients;
    private readonly float[] _blockProducts;

    // For each channel, over the whole batch: mean(g), −mean(g·(z − mean))/(var + ε), and γ/√(var + ε).
    private readonly float[] _meanGradients;
    private readonly float[] _products;
    private readonly float[] _factors;

    /// <summary>Adds a row to each lane's sums of g and g·(z − mean).</summary>
    /// <param name="gradients">The row of g, column × channel × 32; zero in the lanes past the end of the batch.</param>
    /// <param name="values">The row of z.</param>
    /// <param name="sums">Channel × (Σg, Σg·(z − mean)) × 32; row 0 resets it.</param>
    /// <param name="columns">Columns of the row.</param>
    /// <param name="rowIndex">Number of the row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void AddGradientRow(ref float gradients, ref float values, ref float sums, int columns, nint rowIndex)
    {
        nint pixel = _channels * Lanes;
        for (nint channel = 0; channel < _channels; channel++)
        {
            ref float g = ref Unsafe.Add(ref gradients, channel * Lanes);
            ref float z = ref Unsafe.Add(ref values, channel * Lanes);
            ref float own = ref Unsafe.Add(ref sums, channel * 2 * Lanes);
            Vector512<float> mean = Vector512.Create(_means[channel]);
            Vector512<float> sumLow = default, sumHigh = default, productLow = default, productHigh = default;
            if (rowIndex > 0)
            {
                (sumLow, sumHigh) = (Vector512.LoadUnsafe(ref own), Vector512.LoadUnsafe(ref own, 16));
                (productLow, productHigh) = (Vector512.LoadUnsafe(ref own, 32), Vector512.LoadUnsafe(ref own, 48));
            }

            for (nint column = columns; column > 0; column--)
            {
                Vector512<float> low = Vector512.LoadUnsafe(ref g), high = Vector512.LoadUnsafe(ref g, 16);
                sumLow += low;
                sumHigh += high;
                productLow = Vector512.FusedMultiplyAdd(low, Vector512.LoadUnsafe(ref z) - mean, productLow);
                productHigh = Vector512.FusedMultiplyAdd(high, Vector512.LoadUnsafe(ref z, 16) - mean, productHigh);
                g = ref Unsafe.Add(ref g, pixel);
                z = ref Unsafe.Add(ref z, pixel);
            }

            sumLow.StoreUnsafe(ref own);
            sumHigh.StoreUnsafe(ref own, 16);
            productLow.StoreUnsafe(ref own, 32);
            productHigh.StoreUnsafe(ref own, 48);
        }
    }

    /// <summary>Stores the block's sums over lanes.</summary>
    /// <param name="sums">The sums from <see cref="AddGradientRow"/>.</param>
    /// <param name="block">Number of the block.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void EndGradientBlock(ref float sums, int block)
    {
        for (int channel = 0; channel < _channels; channel++)
        {
            ref float own = ref Unsafe.Add(ref sums, (nint)channel * 2 * Lanes);
            _blockGradients[block * _channels + channel] = LaneSum.Of(Vector512.LoadUnsafe(ref own) + Vector512.LoadUnsafe(ref own, 16));
            _blockProducts[block * _channels + channel] = LaneSum.Of(Vector512.LoadUnsafe(ref own, 32) + Vector512.LoadUnsafe(ref own, 48));
        }
    }

    /// <summary>Merges the blocks of a share of the channels: the gradients of γ and β, and the terms that the input gradient
    /// needs.</summary>
    /// <param name="blocks">Number of blocks.</param>
    /// <param name="part">Number of the share.</param>
    /// <param name="parts">Number of shares.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void MergeGradients(int blocks, int part, int parts)
    {
        double count = (double)_batch * _pixels;
        Span<float> weights = _gradients.Span(_description.Weights.Offset, _channels),
            biases = _gradients.Span(_description.Biases.Offset, _channels);
        for (int channel = Share.Start(_channels, part, parts); channel < Share.Start(_channels, part + 1, parts); channel++)
        {
            double gradients = 0, products = 0;
            for (int block = 0; block < blocks; block++)
            {
                gradients += _blockGradients[block * _channels + channel];
                products += _blockProducts[block * _channels + channel];
            }

            double inverse = _inverseDeviations[channel];
            weights[channel] = (float)(products * inverse);
            biases[channel] = (float)gradients;
            _meanGradients[channel] = (float)(gradients / count);
            _products[channel] = (float)(-products * inverse * inverse / count);
            _factors[channel] = (float)(Weights[channel] * inverse);
        }
    }

    /// <summary>
    /// Computes a row of the gradient with respect to the norm's input; zero in the lanes past the end of the batch, because weight
    /// gradients sum over those lanes as well.
    /// </summary>
    /// <param name="gradients">The row of g, column × channel × 32.</param>
    /// <param name="values">The row of z.</param>
    /// <param name="target">The row that is written; it may be that of g.</param>
    /// <param name="columns">Columns of the row.</param>
    /// <param name="images">Images in the block.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void InputGradientRow(ref float gradients, ref float values, ref float target, int columns, int images)
    {
        Vector512<float> realLow = LeadingLanes.First(images), realHigh = LeadingLanes.First(images - 16);
        for (nint place = 0, column = 0; column < columns; column++)
        {
            for (int channel = 0; channel < _channels; channel++, place += Lanes)
            {
                InputGradient(ref gradients, ref values, place, channel, out Vector512<float> low, out Vector512<float> high);
                (low & realLow).StoreUnsafe(ref target, (nuint)place);
                (high & realHigh).StoreUnsafe(ref target, (nuint)place + 16);
            }
        }
    }

    /// <summary>As <see cref="InputGradientRow"/>, but adds to the target.</summary>
    /// <param name="gradients">The row of g, column × channel × 32.</param>
    /// <param name="values">The row of z.</param>
    /// <param name="target">The row that is added to.</param>
    /// <param name="columns">Columns of the row.</param>
    /// <param name="images">Images in the block.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void AddInputGradientRow(ref float gradients, ref float values, ref float target, int columns, int images)
    {
        Vector512<float> realLow = LeadingLanes.First(images), realHigh = LeadingLanes.First(images - 16);
        for (nint place = 0, column = 0; column < columns; column++)
        {
            for (int channel = 0; channel < _channels; channel++, place += Lanes)
            {
                InputGradient(ref gradients, ref values, place, channel, out Vector512<float> low, out Vector512<float> high);
                (Vector512.LoadUnsafe(ref target, (nuint)place) + (low & realLow)).StoreUnsafe(ref target, (nuint)place);
                (Vector512.LoadUnsafe(ref target, (nuint)place + 16) + (high & realHigh)).StoreUnsafe(ref target, (nuint)place + 16);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void InputGradient(
        ref float gradients, ref float values, nint place, int channel, out Vector512<float> low, out Vector512<float> high)
    {
        Vector512<float> mean = Vector512.Create(_means[channel]), product = Vector512.Create(_products[channel]);
        Vector512<float> meanGradient = Vector512.Create(_meanGradients[channel]), factor = Vector512.Create(_factors[channel]);
        Vector512<float> z = Vector512.LoadUnsafe(ref values, (nuint)place) - mean,
            w = Vector512.LoadUnsafe(ref values, (nuint)place + 16) - mean;
        low = Vector512.FusedMultiplyAdd(z, product, Vector512.LoadUnsafe(ref gradients, (nuint)place) - meanGradient) * factor;
        high = Vector512.FusedMultiplyAdd(w, product, Vector512.LoadUnsafe(ref gradients, (nuint)place + 16) - meanGradient) * factor;
    }
}
