namespace NoiseGen;

/// <summary>
/// One stage of a network at run time: its parameters, its quantizer and the strength of its noise. A property that repeats a block is a
/// group of stages: <c>net.Layer2[1]["Conv1"]</c> is one of them.
/// </summary>
public sealed class Stage
{
    private static readonly Dictionary<ParameterDescription, Parameter> s_noParameters = [];
    private static readonly Dictionary<ParameterDescription, Statistic> s_noStatistics = [];

    private readonly IReadOnlyDictionary<ParameterDescription, Parameter> _parameters;
    private readonly IReadOnlyDictionary<ParameterDescription, Statistic> _statistics;
    private readonly StageDescription? _description;
    private readonly StageGroups? _group;
    private readonly StageNoise? _noise;
    private readonly ActivationQuantizer? _quantizer;
    private readonly WeightQuantizer? _weightQuantizer;
    private readonly WeightNoise? _weightNoise;
    private readonly WeightDrift? _weightDrift;
    private float _dropoutRate;

    internal Stage(
        StageDescription description,
        IReadOnlyDictionary<ParameterDescription, Parameter> parameters,
        IReadOnlyDictionary<ParameterDescription, Statistic> statistics,
        ActivationQuantizer? quantizer,
        StageNoise noise)
    {
        (_description, _parameters, _statistics, _quantizer, _noise) = (description, parameters, statistics, quantizer, noise);
        (Name, _dropoutRate) = (description.Name, description.DropoutRate);
        if (description.Linear is not null)
            (_weightNoise, _weightDrift) = (
                new WeightNoise(description.Name), description.Device is null ? new WeightDrift(description.Name) : null);
        if (description.WeightQuantizer is { } weights) _weightQuantizer = new WeightQuantizer(weights, description.Name);
    }

    internal Stage(string path, StageGroups group) =>
        (Name, _group, _parameters, _statistics) = (path, group, s_noParameters, s_noStatistics);

    /// <summary>The declaration.</summary>
    /// <exception cref="InvalidOperationException">This is a group of stages.</exception>
    public StageDescription Description => _description ?? throw IsGroup();

    /// <summary>Name of the property that declares the stage, prefixed with the path of its block: <c>Layer2[1].Conv1</c>.</summary>
    public string Name { get; }

    /// <summary>One repetition of a group's block, from 0: a group of its stages.</summary>
    /// <exception cref="InvalidOperationException">This is not a group.</exception>
    /// <exception cref="KeyNotFoundException">There is no such repetition; the message lists the network's stages.</exception>
    public Stage this[int repetition] => Group.Stage($"{Name}[{repetition}]");

    /// <summary>A stage of one repetition of a block, such as <c>Conv1</c>.</summary>
    /// <exception cref="InvalidOperationException">This is not a group.</exception>
    /// <exception cref="KeyNotFoundException">There is no such stage; the message lists those that exist.</exception>
    public Stage this[string name] => Group.Stage($"{Name}.{name}");

    /// <summary>
    /// The weights of the convolution (output channel × input channel of its group × row × column) or dense layer (output × input).
    /// </summary>
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
    public ActivationQuantizer Quantizer => _quantizer ?? throw (_description is null
        ? IsGroup()
        : new InvalidOperationException(
            $"Stage {Name} has no activation quantizer: it needs [Quantize], on the stage or the network, and an activation."));

    /// <summary>The quantizer of the weights.</summary>
    /// <exception cref="InvalidOperationException">The stage's weights are not quantized.</exception>
    public WeightQuantizer WeightQuantizer => _weightQuantizer ?? throw (_description is null
        ? IsGroup()
        : new InvalidOperationException(
            $"Stage {Name} has no weight quantizer: it needs [Quantize], on the stage or the network, and [Conv2d] or [Dense]."));

    /// <summary>Fraction of the outputs that training drops, at least 0 and below 1; by default as declared. 0 turns dropout off.</summary>
    /// <exception cref="InvalidOperationException">The stage was declared without dropout.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a rate.</exception>
    public float DropoutRate
    {
        get => Description.DropoutRate > 0f ? _dropoutRate : throw Without("dropout", "[Dropout]");
        set
        {
            if (Description.DropoutRate == 0f) throw Without("dropout", "[Dropout]");
            if (value is not (>= 0f and < 1f))
                throw new ArgumentOutOfRangeException(
                    nameof(value), value, $"The dropout rate of stage {Name} must be at least 0 and below 1.");
            _dropoutRate = value;
        }
    }

    /// <summary>The noise of the stage's weights. It needs no declaration and costs nothing if sigma is 0.</summary>
    /// <exception cref="InvalidOperationException">The stage has no linear operation.</exception>
    public WeightNoise WeightNoise =>
        _weightNoise ?? (_description is null ? throw IsGroup() : throw Without("weights", "[Conv2d] and no [Dense]"));

    /// <summary>
    /// The drift of the stage's weights in evaluation. It needs no declaration and costs nothing if the exponents are 0 or no time has
    /// passed.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// The stage has no linear operation, or it has a memory device, whose cells drift by its model.
    /// </exception>
    public WeightDrift WeightDrift => _weightDrift ?? throw (_description switch
    {
        null => IsGroup(),
        { Device.Device: { } device } => new InvalidOperationException(
            $"The weights of stage {Name} drift as {device} does, once a chip is programmed: set the network's Chip and Age."),
        _ => Without("weights", "[Conv2d] and no [Dense]"),
    });

    /// <summary>The stage's noise sites.</summary>
    /// <exception cref="InvalidOperationException">This is a group of stages.</exception>
    public StageNoise Noise => _noise ?? throw IsGroup();

    /// <summary>Whether passes use quantized weights.</summary>
    internal bool RoundsWeights => _weightQuantizer is { Bits: > 0 };

    private StageGroups Group =>
        _group ?? throw new InvalidOperationException($"Stage {Name} is a stage of its own; only a repeated block is a group of stages.");

    private InvalidOperationException IsGroup() =>
        new($"{Name} is a group of stages, a repeated block; ask one of them, such as {Name}[0][\"Conv1\"].");

    private BatchNormDescription Norm => Description.Norm ?? throw Without("norm", "[BatchNorm]");

    private InvalidOperationException Without(string what, string attributes) =>
        new($"Stage {Name} has no {what}: it has no {attributes}.");
}
