namespace NoiseGen.Tests.Reference;

/// <summary>An operation with weights and biases.</summary>
/// <param name="first">Index of the weights among the network's parameters; the biases follow.</param>
internal abstract class LinearOperation(int first) : Operation
{
    public int First => first;

    public IWeightQuantizer? Quantizer { get; set; }

    public double[] Weights { get; private set; } = [];

    public double[] Biases { get; private set; } = [];

    /// <summary>The weights that forward and backward multiply with.</summary>
    protected double[] Effective { get; private set; } = [];

    public void Load(double[] weights, double[] biases)
    {
        Weights = weights;
        Biases = biases;
        Effective = Quantizer?.Forward(weights) ?? weights;
    }

    /// <summary>Turns the gradient of the effective weights, summed over all images, into that of the weights.</summary>
    public void FinishGradients(double[][] gradients)
    {
        if (Quantizer is not null) gradients[first] = Quantizer.Backward(Weights, gradients[first]);
    }
}
