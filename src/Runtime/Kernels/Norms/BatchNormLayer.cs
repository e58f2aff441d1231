using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static NoiseGen.LaneLayout;

namespace NoiseGen.CompilerServices;

/// <summary>
/// The state of a batch norm during a step, y = γ·(z − mean)/√(var + ε) + β over each channel's images and pixels (Ioffe and Szegedy, arXiv
/// 1502.03167): the blocks' statistics, merged in block order, and the coefficients that the generated loops apply. The statistics of each
/// block are stored separately until they are merged, so that results do not depend on how blocks were divided among threads.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class BatchNormLayer
{
    private readonly BatchNormDescription _description;
    private readonly Arena _parameters;
    private readonly Arena _gradients;
    private readonly Arena _statistics;
    private readonly int _channels;
    private readonly int _pixels;
    private readonly int _period;
    private readonly Arena _scales;
    private readonly Arena _shifts;

    // For each block: the number of images, and each channel's mean and sum of squared distances from it.
    private readonly int[] _images;
    private readonly float[] _blockMeans;
    private readonly float[] _blockSquares;

    // For each channel, over the whole batch.
    private readonly float[] _means;
    private readonly float[] _variances;
    private readonly float[] _inverseDeviations;
    private int _batch;

    internal BatchNormLayer(StageDescription stage, Arena parameters, Arena gradients, Arena statistics, int blocks)
    {
        _description = stage.Norm!;
        (_parameters, _gradients, _statistics) = (parameters, gradients, statistics);
        (_channels, _pixels) = (stage.LinearOutput.Channels, stage.LinearOutput.Height * stage.LinearOutput.Width);
        _period = _channels % 4 == 0 ? _channels : _channels % 2 == 0 ? _channels * 2 : _channels * 4;
        (_scales, _shifts) = (new Arena(_period), new Arena(_period));
        _images = new int[blocks];
        (_blockMeans, _blockSquares) = (new float[blocks * _channels], new float[blocks * _channels]);
        (_means, _variances, _inverseDeviations) = (new float[_channels], new float[_channels], new float[_channels]);
        (_blockGradients, _blockProducts) = (new float[blocks * _channels], new float[blocks * _channels]);
        (_meanGradients, _products, _factors) = (new float[_channels], new float[_channels], new float[_channels]);
    }

    /// <summary>
    /// γ/√(var + ε) of consecutive elements. They repeat after the least common multiple of four and the number of channels: y = z·scale +
    /// shift.
    /// </summary>
    public ref float Scales => ref _scales.At(0);

    /// <summary>β − mean·scale, in the same layout.</summary>
    public ref float Shifts => ref _shifts.At(0);

    private Span<float> Weights => _parameters.Span(_description.Weights.Offset, _channels);

    private Span<float> Biases => _parameters.Span(_description.Biases.Offset, _channels);

    private Span<float> RunningMean => _statistics.Span(_description.RunningMean.Offset, _channels);

    private Span<float> RunningVariance => _statistics.Span(_description.RunningVariance.Offset, _channels);

    /// <summary>
    /// Adds a row to each lane's sums of d and d², where d is the distance from the image's first value of the channel. Sums of the values
    /// themselves would lose the precision of the variance when the mean is far from zero.
    /// </summary>
    /// <param name="row">The row, column × channel × 32.</param>
    /// <param name="sums">Channel × (first value, Σd, Σd²) × 32; row 0 resets it.</param>
    /// <param name="columns">Columns of the row.</param>
    /// <param name="rowIndex">Number of the row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void AddRow(ref float row, ref float sums, int columns, nint rowIndex)
    {
        nint pixel = _channels * Lanes;
        for (nint channel = 0; channel < _channels; channel++)
        {
            ref float values = ref Unsafe.Add(ref row, channel * Lanes);
            ref float own = ref Unsafe.Add(ref sums, channel * 3 * Lanes);
            if (rowIndex == 0) Start(ref values, ref own);
            Vector512<float> pivotLow = Vector512.LoadUnsafe(ref own), pivotHigh = Vector512.LoadUnsafe(ref own, 16);
            Vector512<float> sumLow = Vector512.LoadUnsafe(ref own, 32), sumHigh = Vector512.LoadUnsafe(ref own, 48);
            Vector512<float> squaresLow = Vector512.LoadUnsafe(ref own, 64), squaresHigh = Vector512.LoadUnsafe(ref own, 80);
            for (nint column = columns; column > 0; column--)
            {
                Vector512<float> low = Vector512.LoadUnsafe(ref values) - pivotLow, high = Vector512.LoadUnsafe(ref values, 16) - pivotHigh;
                sumLow += low;
                sumHigh += high;
                squaresLow = Vector512.FusedMultiplyAdd(low, low, squaresLow);
                squaresHigh = Vector512.FusedMultiplyAdd(high, high, squaresHigh);
                values = ref Unsafe.Add(ref values, pixel);
            }

            sumLow.StoreUnsafe(ref own, 32);
            sumHigh.StoreUnsafe(ref own, 48);
            squaresLow.StoreUnsafe(ref own, 64);
            squaresHigh.StoreUnsafe(ref own, 80);
        }
    }

    private static void Start(ref float values, ref float sums)
    {
        Vector512.LoadUnsafe(ref values).StoreUnsafe(ref sums);
        Vector512.LoadUnsafe(ref values, 16).StoreUnsafe(ref sums, 16);
        for (nuint i = 32; i < 96; i += 16) Vector512<float>.Zero.StoreUnsafe(ref sums, i);
    }

    /// <summary>Merges the lanes of a block's images into the block's mean and sum of squared distances (Chan, Golub and LeVeque,
    /// 1983).</summary>
    /// <param name="sums">The sums from <see cref="AddRow"/>.</param>
    /// <param name="images">Images in the block.</param>
    /// <param name="block">Number of the block.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void EndBlock(ref float sums, int images, int block)
    {
        _images[block] = images;
        Vector512<float> pixels = Vector512.Create((float)_pixels);
        Vector512<float> realLow = LeadingLanes.First(images), realHigh = LeadingLanes.First(images - 16);
        for (int channel = 0; channel < _channels; channel++)
        {
            ref float own = ref Unsafe.Add(ref sums, (nint)channel * 3 * Lanes);
            Vector512<float> offsetLow = Vector512.LoadUnsafe(ref own, 32) / pixels,
                offsetHigh = Vector512.LoadUnsafe(ref own, 48) / pixels;

            // Relative to one value again, that of the first image.
            Vector512<float> pivot = Vector512.Create(own);
            Vector512<float> meanLow = Vector512.LoadUnsafe(ref own) - pivot + offsetLow,
                meanHigh = Vector512.LoadUnsafe(ref own, 16) - pivot + offsetHigh;
            float mean = LaneSum.Of((meanLow & realLow) + (meanHigh & realHigh)) / images;
            Vector512<float> farLow = meanLow - Vector512.Create(mean), farHigh = meanHigh - Vector512.Create(mean);
            Vector512<float> squaresLow = Vector512.FusedMultiplyAdd(
                -offsetLow, Vector512.LoadUnsafe(ref own, 32), Vector512.LoadUnsafe(ref own, 64));
            Vector512<float> squaresHigh = Vector512.FusedMultiplyAdd(
                -offsetHigh, Vector512.LoadUnsafe(ref own, 48), Vector512.LoadUnsafe(ref own, 80));
            squaresLow = Vector512.FusedMultiplyAdd(farLow * farLow, pixels, squaresLow);
            squaresHigh = Vector512.FusedMultiplyAdd(farHigh * farHigh, pixels, squaresHigh);
            _blockMeans[block * _channels + channel] = own + mean;
            _blockSquares[block * _channels + channel] = LaneSum.Of((squaresLow & realLow) + (squaresHigh & realHigh));
        }
    }

    /// <summary>Merges the blocks of a share of the channels, and sets their coefficients for training.</summary>
    /// <param name="blocks">Number of blocks.</param>
    /// <param name="part">Number of the share.</param>
    /// <param name="parts">Number of shares.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Merge(int blocks, int part, int parts)
    {
        int images = 0;
        for (int block = 0; block < blocks; block++) images += _images[block];
        _batch = images;
        for (int channel = Share.Start(_channels, part, parts); channel < Share.Start(_channels, part + 1, parts); channel++)
        {
            double count = 0, mean = 0, squares = 0;
            for (int block = 0; block < blocks; block++)
            {
                double more = (double)_images[block] * _pixels, sum = count + more;
                double distance = _blockMeans[block * _channels + channel] - mean;
                squares += _blockSquares[block * _channels + channel] + distance * distance * count * more / sum;
                mean += distance * more / sum;
                count = sum;
            }

            _means[channel] = (float)mean;
            _variances[channel] = (float)(squares / count);
            SetCoefficients(channel, mean, squares / count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SetCoefficients(int channel, double mean, double variance)
    {
        double inverse = 1 / Math.Sqrt(variance + _description.Epsilon);
        _inverseDeviations[channel] = (float)inverse;
        double scale = Weights[channel] * inverse;
        for (int element = channel; element < _period; element += _channels)
        {
            _scales.At(element) = (float)scale;
            _shifts.At(element) = (float)(Biases[channel] - mean * scale);
        }
    }

    /// <summary>
    /// Moves the running statistics towards those of the latest batch, by the momentum. The variance is unbiased, as in PyTorch. A batch
    /// with one value per channel has no variance and leaves both unchanged (PyTorch rejects it).
    /// </summary>
    internal void UpdateRunning()
    {
        double count = (double)_batch * _pixels;
        if (count < 2) return;
        float unbiased = (float)(count / (count - 1));
        float momentum = _description.Momentum;
        Span<float> mean = RunningMean, variance = RunningVariance;
        for (int channel = 0; channel < _channels; channel++)
        {
            mean[channel] += momentum * (_means[channel] - mean[channel]);
            variance[channel] += momentum * (_variances[channel] * unbiased - variance[channel]);
        }
    }

    /// <summary>Sets the coefficients for evaluation, from the running statistics.</summary>
    internal void UseRunning()
    {
        for (int channel = 0; channel < _channels; channel++) SetCoefficients(channel, RunningMean[channel], RunningVariance[channel]);
    }
}
