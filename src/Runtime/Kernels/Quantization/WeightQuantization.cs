using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen.CompilerServices;

/// <summary>
/// Fake quantization of a weight matrix, outputs × inputs: <c>q = round(w / s)</c>, half to even, clamped to ±(2^(bits−1) − 1), with
/// <c>s = max(max|w|, 1e-10) / (2^(bits−1) − 1)</c> over the matrix or over each output (Brevitas' Int8WeightPerTensorFloat
/// and its per-channel form).
/// </summary>
internal sealed class WeightQuantization
{
    private const float SmallestMaximum = 1e-10f;

    private readonly WeightQuantizer _quantizer;
    private readonly int _outputs;
    private readonly int _inputs;
    private readonly bool _perChannel;

    // One for each output, whatever the granularity.
    private readonly float[] _scales;
    private readonly float[] _scaleGradients;

    // The largest magnitude of each output.
    private readonly float[] _maxima;

    public WeightQuantization(WeightQuantizer quantizer, int outputs, int inputs)
    {
        (_quantizer, _outputs, _inputs, _perChannel) = (quantizer, outputs, inputs, quantizer.Description.PerChannel);
        _scales = new float[outputs];
        _scaleGradients = new float[outputs];
        _maxima = new float[outputs];
        Values = new Arena(outputs * inputs);
    }

    /// <summary>Whether weights are quantized; if not, the other members have no meaning.</summary>
    public bool IsActive => _quantizer.Bits > 0;

    /// <summary>The quantized weights.</summary>
    public Arena Values { get; }

    /// <summary>
    /// The distance between two levels, available once the weights have been quantized: one for each output, all equal if the tensor has
    /// one scale.
    /// </summary>
    public ReadOnlySpan<float> Scales => _scales;

    private float Levels => _quantizer.Levels;

    /// <summary>Finds the largest weight magnitude of each of some outputs. <see cref="Quantize"/> needs those of all outputs.</summary>
    public void Measure(ReadOnlySpan<float> weights, int start, int end)
    {
        for (int o = start; o < end; o++) _maxima[o] = Maximum(weights.Slice(o * _inputs, _inputs));
    }

    /// <summary>Quantizes the rows of some outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Quantize(ReadOnlySpan<float> weights, int start, int end)
    {
        float levels = Levels;
        float tensorScale = _perChannel ? 0f : Scale(Maximum(_maxima));
        for (int o = start; o < end; o++)
        {
            ReadOnlySpan<float> row = weights.Slice(o * _inputs, _inputs);
            _scales[o] = _perChannel ? Scale(_maxima[o]) : tensorScale;
            Span<float> quantized = Values.Span(o * _inputs, _inputs);
            int i = 0;
            for (; i <= row.Length - 16; i += 16)
            {
                (Level(Vector512.LoadUnsafe(in row[i]), _scales[o], levels) * Vector512.Create(_scales[o])).StoreUnsafe(ref quantized[i]);
            }

            for (; i < row.Length; i++) quantized[i] = Level(row[i], _scales[o], levels) * _scales[o];
        }
    }

    /// <summary>
    /// Sums <c>Σ g·(q − w/s)</c> of some outputs, as <c>Σ g·(q·s − w) / s</c>: the contribution to the gradient of the loss with respect to
    /// the scale.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SumScaleGradients(ReadOnlySpan<float> weights, ReadOnlySpan<float> gradients, int start, int end)
    {
        for (int o = start; o < end; o++)
        {
            ReadOnlySpan<float> row = weights.Slice(o * _inputs, _inputs);
            ReadOnlySpan<float> gradient = gradients.Slice(o * _inputs, _inputs);
            ReadOnlySpan<float> quantized = Values.Span(o * _inputs, _inputs);
            Vector512<float> sums = Vector512<float>.Zero;
            int i = 0;
            for (; i <= row.Length - 16; i += 16)
            {
                Vector512<float> error = Vector512.LoadUnsafe(in quantized[i]) - Vector512.LoadUnsafe(in row[i]);
                sums = Vector512.FusedMultiplyAdd(error, Vector512.LoadUnsafe(in gradient[i]), sums);
            }

            float sum = LaneSum.Of(sums);
            for (; i < row.Length; i++) sum += gradient[i] * (quantized[i] - row[i]);
            _scaleGradients[o] = sum / _scales[o];
        }
    }

    /// <summary>
    /// Adds the scales' gradients, <c>sign(w) / (2^(bits−1) − 1) · Σ g·(q − w/s)</c>, to the elements that hold max|w|: evenly to all of
    /// them with a scale per tensor, to the first with a scale per output (as PyTorch's max() and max(dim) do).
    /// </summary>
    public void AddScaleGradients(ReadOnlySpan<float> weights, Span<float> gradients)
    {
        if (_perChannel)
        {
            for (int o = 0; o < _outputs; o++)
            {
                int first = o * _inputs + FirstHolder(weights.Slice(o * _inputs, _inputs), _maxima[o]);
                gradients[first] += Sign(weights[first]) * _scaleGradients[o] / Levels;
            }

            return;
        }

        float sum = 0f;
        foreach (float partial in _scaleGradients) sum += partial;
        float maximum = Maximum(_maxima);
        int count = 0;
        for (int o = 0; o < _outputs; o++) count += _maxima[o] == maximum ? CountHolders(weights.Slice(o * _inputs, _inputs), maximum) : 0;
        float share = sum / (Levels * count);
        for (int o = 0; o < _outputs; o++)
        {
            if (_maxima[o] == maximum)
                AddToHolders(weights.Slice(o * _inputs, _inputs), gradients.Slice(o * _inputs, _inputs), maximum, share);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddToHolders(ReadOnlySpan<float> weights, Span<float> gradients, float maximum, float share)
    {
        for (int start = 0; start < weights.Length; start += 16)
        {
            int end = Math.Min(start + 16, weights.Length);
            if (end - start == 16 && !Holds(weights, start, maximum)) continue;
            for (int i = start; i < end; i++)
            {
                if (MathF.Abs(weights[i]) == maximum) gradients[i] += Sign(weights[i]) * share;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int CountHolders(ReadOnlySpan<float> weights, float maximum)
    {
        int count = 0;
        int i = 0;
        for (; i <= weights.Length - 16; i += 16)
        {
            Vector512<float> equal = Vector512.Equals(Vector512.Abs(Vector512.LoadUnsafe(in weights[i])), Vector512.Create(maximum));
            count += BitOperations.PopCount(equal.ExtractMostSignificantBits());
        }

        for (; i < weights.Length; i++) count += MathF.Abs(weights[i]) == maximum ? 1 : 0;
        return count;
    }

    private static bool Holds(ReadOnlySpan<float> weights, int start, float maximum) =>
        Vector512.EqualsAny(Vector512.Abs(Vector512.LoadUnsafe(in weights[start])), Vector512.Create(maximum));

    // The index that TensorPrimitives returns for the largest magnitude prefers a positive value to an equal negative one before it.
    private static int FirstHolder(ReadOnlySpan<float> weights, float maximum)
    {
        int first = 0;
        while (first < weights.Length - 1 && MathF.Abs(weights[first]) != maximum) first++;
        return first;
    }

    // MathF.Sign would throw on NaN, which occurs when training diverges.
    private static float Sign(float weight) => weight > 0f ? 1f : weight < 0f ? -1f : 0f;

    private float Scale(float maximum) => MathF.Max(maximum, SmallestMaximum) / Levels;

    // The largest magnitude. Without the sign bit, floats are ordered as integers are. NaN is the largest and therefore propagates.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Maximum(ReadOnlySpan<float> weights)
    {
        Vector512<int> maxima = Vector512<int>.Zero;
        int i = 0;
        for (; i <= weights.Length - 16; i += 16)
            maxima = Vector512.Max(maxima, Vector512.Abs(Vector512.LoadUnsafe(in weights[i])).AsInt32());
        int maximum = 0;
        for (int lane = 0; lane < 16; lane++) maximum = Math.Max(maximum, maxima[lane]);
        for (; i < weights.Length; i++) maximum = Math.Max(maximum, BitConverter.SingleToInt32Bits(MathF.Abs(weights[i])));
        return BitConverter.Int32BitsToSingle(maximum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Level(Vector512<float> weights, float scale, float levels) => Vector512.ClampNative(
        Vector512.Round(weights / Vector512.Create(scale)), Vector512.Create(-levels), Vector512.Create(levels));

    private static float Level(float weight, float scale, float levels) =>
        MathF.Min(MathF.Max(MathF.Round(weight / scale), -levels), levels);
}
