using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace NoiseGen.CompilerServices;

/// <summary>
/// The weights of one convolution or dense layer, in PyTorch's order: trained, quantized, held by a chip's cells, and noisy.
/// </summary>
internal sealed class LinearWeights
{
    private readonly LinearShape _shape;
    private readonly Arena _parameters;
    private readonly int _offset;
    private readonly WeightQuantization? _quantization;
    private readonly CellArray? _cells;
    private readonly WeightDisturbance _disturbance;

    /// <param name="shape">The layer's sizes.</param>
    /// <param name="parameters">All parameters of the network.</param>
    /// <param name="offset">Where the layer's weights begin among the parameters.</param>
    /// <param name="quantization">Quantizes the weights; null without a quantizer.</param>
    /// <param name="cells">The memory cells that hold them; null without a device.</param>
    /// <param name="disturbance">The noise and drift of the weights.</param>
    public LinearWeights(
        LinearShape shape, Arena parameters, int offset, WeightQuantization? quantization, CellArray? cells,
        WeightDisturbance disturbance)
    {
        (_shape, _parameters, _offset) = (shape, parameters, offset);
        (_quantization, _cells, _disturbance) = (quantization, cells, disturbance);
    }

    public bool IsQuantized => _quantization is { IsActive: true };

    /// <summary>Whether the pass makes up for the drift of the weights' cells.</summary>
    public bool IsCompensated => _cells is { IsCompensated: true };

    /// <summary>The quantized, programmed and noisy weights that a pass uses.</summary>
    public ref float Values
    {
        get
        {
            if (_disturbance.Values is { } disturbed) return ref disturbed.At(0);
            if (_cells is { IsActive: true } cells) return ref cells.Values.At(0);
            return ref Quantization is { } quantization ? ref quantization.Values.At(0) : ref _parameters.At(_offset);
        }
    }

    // The quantization, if it is currently active.
    private WeightQuantization? Quantization => _quantization is { IsActive: true } active ? active : null;

    private int Count => _shape.Outputs * _shape.Inputs;

    private ReadOnlySpan<float> Trained => _parameters.Span(_offset, Count);

    private ReadOnlySpan<float> Quantized =>
        Quantization is { } quantization ? quantization.Values.Span(0, Count) : Trained;

    /// <summary>Measures a share of the weights, before any are quantized. Does nothing without a quantizer.</summary>
    public void Measure(int part, int parts) => Quantization?.Measure(Trained, Start(part, parts), Start(part + 1, parts));

    /// <summary>Quantizes a share of the weights. Does nothing without a quantizer.</summary>
    public void Quantize(int part, int parts) => Quantization?.Quantize(Trained, Start(part, parts), Start(part + 1, parts));

    /// <summary>What the chip of the last pass holds, before noise, and the factors of the outputs; null for ideal weights.</summary>
    public (float[] Weights, float[] Gains)? OfChip =>
        _cells is { IsActive: true } cells ? cells.Contents(hasGains: _disturbance.Values is null) : null;

    /// <summary>Says whether a pass is to program or disturb the weights, and prepares it.</summary>
    public bool BeginNoise(in NoisePass pass)
    {
        bool isProgrammed = _cells is not null && _cells.Begin(pass, Quantized);
        return _disturbance.Begin(pass, Quantized) || isProgrammed;
    }

    /// <summary>Programs and disturbs a share of the weights, once all of them are quantized.</summary>
    public void Disturb(int part, int parts)
    {
        if (_cells is not { IsActive: true } cells)
        {
            _disturbance.Apply(Quantized, part, parts);
            return;
        }

        // Both divide the weights alike: what a share disturbs it has programmed.
        cells.Program(Quantized, part, parts);
        _disturbance.Apply(cells.Values.Span(0, Count), part, parts);
    }

    /// <summary>Sums what a share of the outputs' cells held and hold, once all are programmed; nothing without compensation.</summary>
    public void SumColumns(int part, int parts)
    {
        if (IsCompensated) _cells!.SumColumns(part, parts);
    }

    /// <summary>Makes up for the drift of a share of the outputs, once all are summed; nothing without compensation.</summary>
    public void Compensate(int part, int parts)
    {
        if (IsCompensated) _cells!.Compensate(MemoryMarshal.CreateSpan(ref Values, Count), part, parts);
    }

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
