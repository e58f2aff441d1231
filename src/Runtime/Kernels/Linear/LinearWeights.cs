using System.Numerics.Tensors;

namespace NoiseGen.CompilerServices;

/// <summary>The weights of one convolution or dense layer, in PyTorch's order: trained, quantized and noisy.</summary>
internal sealed class LinearWeights
{
    private readonly LinearShape _shape;
    private readonly Arena _parameters;
    private readonly int _offset;
    private readonly WeightQuantization? _quantization;
    private readonly WeightDisturbance _disturbance;

    /// <param name="shape">The layer's sizes.</param>
    /// <param name="parameters">All parameters of the network.</param>
    /// <param name="offset">Where the layer's weights begin among the parameters.</param>
    /// <param name="quantization">Quantizes the weights; null without a quantizer.</param>
    /// <param name="disturbance">The noise and drift of the weights.</param>
    public LinearWeights(
        LinearShape shape, Arena parameters, int offset, WeightQuantization? quantization, WeightDisturbance disturbance) =>
        (_shape, _parameters, _offset, _quantization, _disturbance) = (shape, parameters, offset, quantization, disturbance);

    public bool IsQuantized => _quantization is { IsActive: true };

    /// <summary>The quantized and noisy weights that a pass uses.</summary>
    public ref float Values
    {
        get
        {
            if (_disturbance.Values is { } disturbed) return ref disturbed.At(0);
            return ref Quantization is { } quantization ? ref quantization.Values.At(0) : ref _parameters.At(_offset);
        }
    }

    // The quantization, if it is currently active.
    private WeightQuantization? Quantization => _quantization is { IsActive: true } active ? active : null;

    private ReadOnlySpan<float> Trained => _parameters.Span(_offset, _shape.Outputs * _shape.Inputs);

    private ReadOnlySpan<float> Quantized =>
        Quantization is { } quantization ? quantization.Values.Span(0, _shape.Outputs * _shape.Inputs) : Trained;

    /// <summary>Measures a share of the weights, before any are quantized. Does nothing without a quantizer.</summary>
    public void Measure(int part, int parts) => Quantization?.Measure(Trained, Start(part, parts), Start(part + 1, parts));

    /// <summary>Quantizes a share of the weights. Does nothing without a quantizer.</summary>
    public void Quantize(int part, int parts) => Quantization?.Quantize(Trained, Start(part, parts), Start(part + 1, parts));

    /// <summary>Prepares the weight noise of a pass, and returns whether there is any.</summary>
    public bool BeginNoise(in NoisePass pass) => _disturbance.Begin(pass, Quantized);

    /// <summary>Adds noise and drift to a share of the weights, once all of them are quantized.</summary>
    public void Disturb(int part, int parts) => _disturbance.Apply(Quantized, part, parts);

    /// <summary>Sums the contribution of a share of the outputs to the gradients of the scales.</summary>
    public void SumScaleGradients(WeightGradients gradients, int part, int parts) =>
        Quantization?.SumScaleGradients(Trained, gradients.Weights, Start(part, parts), Start(part + 1, parts));

    /// <summary>Adds the gradients of the scales to those of the weights that set the scales.</summary>
    public void AddScaleGradients(WeightGradients gradients) => Quantization?.AddScaleGradients(Trained, gradients.Weights);

    /// <summary>Clamps a share of the weights to ± a limit.</summary>
    public void Clamp(float limit, int part, int parts)
    {
        int start = Start(part, parts) * _shape.Inputs, end = Start(part + 1, parts) * _shape.Inputs;
        Span<float> weights = _parameters.Span(_offset + start, end - start);
        TensorPrimitives.Clamp(weights, -limit, limit, weights);
    }

    // The first output of a share.
    private int Start(int part, int parts) => Share.Start(_shape.Outputs, part, parts);
}
