using NoiseGen.CompilerServices;

namespace NoiseGen.Tests.Reference;

/// <summary>An operation with weights, and with biases unless they are declared off.</summary>
/// <param name="first">Index of the weights among the network's parameters; the biases follow.</param>
internal abstract class LinearOperation(int first, bool hasBiases) : Operation
{
    public int First => first;

    public IWeightQuantizer? Quantizer { get; set; }

    public double[] Weights { get; private set; } = [];

    private double[]? Biases { get; set; }

    /// <summary>The weights that forward and backward multiply with.</summary>
    protected double[] Effective { get; private set; } = [];

    public void Load(double[][] parameters)
    {
        Weights = parameters[first];
        Biases = hasBiases ? parameters[first + 1] : null;
        Effective = Quantizer?.Forward(Weights) ?? Weights;
    }

    /// <summary>What is added to a weight, by realisation and the weight's position; null without noise.</summary>
    public Func<NoiseKey, int, double>? Noise { get; set; }

    /// <summary>Draws the weights of one pass.</summary>
    public void Disturb(NoiseKey key)
    {
        if (Noise is not { } noise) return;
        double[] clean = Quantizer?.Forward(Weights) ?? Weights;
        Effective = [.. clean.Select((weight, i) => weight + noise(key, i))];
    }

    protected double Bias(int output) => Biases?[output] ?? 0;

    protected void AddBias(double[][] gradients, int output, double gradient)
    {
        if (hasBiases) gradients[first + 1][output] += gradient;
    }

    /// <summary>Converts the gradient of the effective weights, summed over all images, into that of the weights.</summary>
    public void FinishGradients(double[][] gradients)
    {
        if (Quantizer is not null) gradients[first] = Quantizer.Backward(Weights, gradients[first]);
    }
}
