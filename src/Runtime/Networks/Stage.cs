namespace NoiseGen;

/// <summary>One stage of a network at run time: its parameters, its quantizer and the strength of its noise.</summary>
public sealed class Stage
{
    private readonly Parameter? _weights;
    private readonly Parameter? _biases;
    private readonly ActivationQuantizer? _quantizer;

    internal Stage(StageDescription description, Parameter? weights, Parameter? biases, ActivationQuantizer? quantizer, StageNoise noise)
    {
        Description = description;
        _weights = weights;
        _biases = biases;
        _quantizer = quantizer;
        Noise = noise;
    }

    /// <summary>What the declaration says.</summary>
    public StageDescription Description { get; }

    /// <summary>Name of the property that declares the stage.</summary>
    public string Name => Description.Name;

    /// <summary>The weights of the convolution (output channel × input channel × row × column) or dense layer (output × input).</summary>
    /// <exception cref="InvalidOperationException">The stage has no linear operation.</exception>
    public Parameter Weights => _weights ?? throw NoLinearOperation();

    /// <summary>The biases, one for each output channel or feature.</summary>
    /// <exception cref="InvalidOperationException">The stage has no linear operation.</exception>
    public Parameter Biases => _biases ?? throw NoLinearOperation();

    /// <summary>The quantizer of the activations.</summary>
    /// <exception cref="InvalidOperationException">The stage's activations are not quantized.</exception>
    public ActivationQuantizer Quantizer => _quantizer
        ?? throw new InvalidOperationException($"Stage {Name} has no activation quantizer: it needs [Quantize], on the stage or the network, and an activation.");

    internal ActivationQuantizer? QuantizerOrNull => _quantizer;

    /// <summary>The stage's noise sites.</summary>
    public StageNoise Noise { get; }

    private InvalidOperationException NoLinearOperation() =>
        new($"Stage {Name} has no weights: it has no [Conv2d] and no [Dense].");
}
