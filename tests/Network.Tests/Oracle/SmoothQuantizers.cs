using System.Collections.Concurrent;
using NoiseGen.Tests.Reference;

namespace NoiseGen.Tests.Oracle;

/// <summary>
/// An activation quantizer near the values that it first sees for each image: y₀ + (x − x₀) where the quantizer neither cuts off at
/// zero nor clips, and y₀ elsewhere.
/// </summary>
internal sealed class SmoothActivationQuantizer(ActivationQuantizerOperation quantizer) : Operation
{
    // The images of a batch are computed in parallel.
    private readonly ConcurrentDictionary<int, (double[] X, double[] Y)> _origins = [];

    public override double[] Forward(double[] x, ImageNoise noise)
    {
        (double[] X, double[] Y) origin = _origins.GetOrAdd(noise.Image, _ => ((double[])x.Clone(), quantizer.Forward(x, noise)));

        // Only clipped values are further than half a step from their input.
        bool Passes(int i) => (quantizer.Signed || origin.X[i] > 0) && Math.Abs(origin.Y[i] - origin.X[i]) <= quantizer.Step / 2;
        return [.. x.Select((value, i) => Passes(i) ? origin.Y[i] + (value - origin.X[i]) : origin.Y[i])];
    }

    public override double[] Backward(double[] x, double[] dy, ImageNoise noise, double[][] gradients) => throw new NotSupportedException();
}

/// <summary>
/// A weight quantizer near given weights: rounding and clamping become round(u) = u + (q₀ − u₀), so that y = s(w)·(w / s(w) + q₀ − u₀) =
/// w + s(w)·(q₀ − u₀), with the true scale s(w).
/// </summary>
internal sealed class SmoothWeightQuantizer : IWeightQuantizer
{
    private readonly int _groupLength;
    private readonly double _largestLevel;
    private readonly double[] _rounding;

    public SmoothWeightQuantizer(IWeightQuantizer quantizer, WeightQuantizerDescription description, double[] weights, int channels)
    {
        _groupLength = description.PerChannel ? weights.Length / channels : weights.Length;
        _largestLevel = Math.Pow(2, description.Bits - 1) - 1;
        double[] scales = Scales(weights);
        _rounding = [.. quantizer.Forward(weights).Select((y, i) => (y - weights[i]) / scales[i / _groupLength])];
    }

    public double[] Forward(double[] w)
    {
        double[] scales = Scales(w);
        return [.. w.Select((value, i) => value + scales[i / _groupLength] * _rounding[i])];
    }

    public double[] Backward(double[] w, double[] dy) => throw new NotSupportedException();

    private double[] Scales(double[] w) => [.. w.Chunk(_groupLength).Select(group => group.Max(Math.Abs) / _largestLevel)];
}
