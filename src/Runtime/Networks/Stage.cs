namespace NoiseGen;

/// <summary>One stage of a network at run time: its parameters, its quantizer and the strength of its noise.</summary>
public sealed class Stage
{
    private readonly IReadOnlyDictionary<ParameterDescription, Parameter> _parameters;
    private readonly IReadOnlyDictionary<ParameterDescription, Statistic> _statistics;
    private readonly ActivationQuantizer? _quantizer;

    internal Stage(
        StageDescription description,
        IReadOnlyDictionary<ParameterDescription, Parameter> parameters,
        IReadOnlyDictionary<ParameterDescription, Statistic> statistics,
        ActivationQuantizer? quantizer,
        StageNoise noise)
    {
        (Description, _parameters, _statistics, _quantizer, Noise) = (description, parameters, statistics, quantizer, noise);
    }

    /// <summary>What the declaration says.</summary>
    public StageDescription Description { get; }

    /// <summary>Name of the property that declares the stage.</summary>
    public string Name => Description.Name;

    /// <summary>The weights of the convolution (output channel × input channel × row × column) or dense layer (output × input).</summary>
    /// <exception cref="InvalidOperationException">The stage has no linear operation.</exception>
    public Parameter Weights => _parameters[Description.Weights ?? throw Without("weights", "[Conv2d] and no [Dense]")];

    /// <summary>The biases, one for each output channel or feature.</summary>
    /// <exception cref="InvalidOperationException">The stage has no linear operation, or one whose biases were declared off.</exception>
    public Parameter Biases => _parameters[Description.Biases ?? throw (Description.Linear is null
        ? Without("biases", "[Conv2d] and no [Dense]")
        : new InvalidOperationException($"Stage {Name} has no biases: it was declared with Bias = false."))];

    /// <summary>The scales γ of the batch norm, one for each channel.</summary>
    /// <exception cref="InvalidOperationException">The stage has no batch norm.</exception>
    public Parameter NormWeights => _parameters[Norm.Weights];

    /// <summary>The shifts β of the batch norm, one for each channel.</summary>
    /// <exception cref="InvalidOperationException">The stage has no batch norm.</exception>
    public Parameter NormBiases => _parameters[Norm.Biases];

    /// <summary>The batch norm's running mean, one for each channel.</summary>
    /// <exception cref="InvalidOperationException">The stage has no batch norm.</exception>
    public Statistic RunningMean => _statistics[Norm.RunningMean];

    /// <summary>The batch norm's running variance, one for each channel.</summary>
    /// <exception cref="InvalidOperationException">The stage has no batch norm.</exception>
    public Statistic RunningVariance => _statistics[Norm.RunningVariance];

    /// <summary>The quantizer of the activations.</summary>
    /// <exception cref="InvalidOperationException">The stage's activations are not quantized.</exception>
    public ActivationQuantizer Quantizer => _quantizer
        ?? throw new InvalidOperationException($"Stage {Name} has no activation quantizer: it needs [Quantize], on the stage or the network, and an activation.");

    internal ActivationQuantizer? QuantizerOrNull => _quantizer;

    /// <summary>The stage's noise sites.</summary>
    public StageNoise Noise { get; }

    private BatchNormDescription Norm => Description.Norm ?? throw Without("norm", "[BatchNorm]");

    private InvalidOperationException Without(string what, string attributes) => new($"Stage {Name} has no {what}: it has no {attributes}.");
}
