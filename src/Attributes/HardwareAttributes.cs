namespace NoiseGen;

/// <summary>How an evaluation makes up for the drift of a stage's memory cells.</summary>
public enum DriftCompensation
{
    /// <summary>One digital factor for the stage: Σ|w̃| as programmed over Σ|w̃| as aged, of all its weights (Joshi et al. 2020).</summary>
    Global = 0,

    /// <summary>The same ratio for each output channel or feature, a column of the crossbar.</summary>
    PerColumn = 1,

    /// <summary>Nothing: the outputs shrink with the conductances.</summary>
    None = 2,
}

/// <summary>
/// The memory cells that hold the weights of the whole network, of a block or of one stage (the nearest policy wins, as a whole).
/// A stage without a convolution or dense layer has none. Each weight is a pair of cells, one for its positive part and one for its
/// negative part.
/// </summary>
/// <remarks>
/// The declaration costs nothing until a chip is programmed at run time: <c>network.Chip = 3</c> programs chip 3,
/// <c>network.Age</c> lets it age, <c>network.TrainsOnChips</c> trains on a new chip in each step.
/// </remarks>
/// <typeparam name="TDevice">The kind of cell: <c>Pcm</c>, <c>Reram</c>, <c>Ideal</c>, or a struct of your own.</typeparam>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property)]
public sealed class DeviceAttribute<TDevice> : Attribute
    where TDevice : struct, IMemoryDevice
{
    /// <summary>
    /// What the largest conductance stands for: max |w| of the whole stage (the default), or of each output channel or feature.
    /// <see cref="WeightScaling.ByLayer"/> is per channel in a convolution and per tensor in a dense layer.
    /// </summary>
    public WeightScaling Mapping { get; set; } = WeightScaling.PerTensor;

    /// <summary>How evaluations make up for drift. <c>network.Compensation</c> overrides it for all stages.</summary>
    public DriftCompensation Compensation { get; set; }
}

/// <summary>Keeps a stage, or all stages of a repeated block, digital: it takes a <see cref="DeviceAttribute{TDevice}"/> away.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DigitalAttribute : Attribute;
