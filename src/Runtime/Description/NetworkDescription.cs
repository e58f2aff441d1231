using System.Collections.Immutable;

namespace NoiseGen;

/// <summary>
/// Everything a declaration fixed at compile time: stages, shapes, parameters, noise sites and quantizers. Tables, reports and the
/// reference interpreter read this; the generated code does not.
/// </summary>
/// <param name="Name">Name of the network's class.</param>
/// <param name="Input">Shape of one input image.</param>
/// <param name="Stages">The stages, in execution order, including those of blocks. Each reads the output of an earlier one.</param>
/// <param name="NoiseSites">The declared noise sites, in execution order; a site's position here is its index.</param>
public sealed record NetworkDescription(
    string Name,
    Shape Input,
    ImmutableArray<StageDescription> Stages,
    ImmutableArray<NoiseSiteDescription> NoiseSites)
{
    /// <summary>Whether convolutions may be computed by Winograd's transforms, which round slightly differently.</summary>
    public bool AllowsWinograd { get; init; } = true;

    /// <summary>Shape of the logits.</summary>
    public Shape Output => Stages[^1].Output;

    /// <summary>All trainable parameters, in memory order.</summary>
    public IEnumerable<ParameterDescription> Parameters => Stages.SelectMany(stage => stage.Parameters);

    /// <summary>All running statistics, in memory order.</summary>
    public IEnumerable<ParameterDescription> Statistics => Stages.SelectMany(stage => stage.Statistics);

    /// <summary>Number of trainable values.</summary>
    public int ParameterCount => Parameters.Sum(parameter => parameter.Count);

    /// <summary>The table of its stages.</summary>
    public override string ToString() => Stages.IsDefault || NoiseSites.IsDefault ? Name : DescriptionTable.Of(this);
}

/// <summary>
/// One stage: <c>linear op → batch norm → sum or concatenation → activation → quantizer → pool → dropout</c>, each of them optional. The
/// network's input counts as stage −1.
/// </summary>
/// <param name="Name">Path of the stage: the property's name, prefixed with the path of its block, such as <c>Layer2[1].Conv1</c>.</param>
/// <param name="Source">Index of the stage whose output it reads.</param>
/// <param name="Input">Shape of the stage's input.</param>
/// <param name="LinearOutput">Shape after the linear operation and the norm (that of the input if there is no linear operation).</param>
/// <param name="MergeOutput">Shape after the sum or concatenation, and of the activation.</param>
/// <param name="Output">Shape of the stage's output.</param>
/// <param name="Linear">The convolution or dense layer.</param>
/// <param name="Norm">The batch norm.</param>
/// <param name="Merge">The second input.</param>
/// <param name="Activation">The activation function.</param>
/// <param name="Pool">The pool.</param>
/// <param name="DropoutRate">Fraction of the outputs that training drops, 0 without dropout.</param>
/// <param name="WeightQuantizer">The quantizer of the linear operation's weights.</param>
/// <param name="ActivationQuantizer">The quantizer after the activation.</param>
/// <param name="Weights">The linear operation's weights.</param>
/// <param name="Biases">The linear operation's biases; null also if they were declared off.</param>
public sealed record StageDescription(
    string Name,
    int Source,
    Shape Input,
    Shape LinearOutput,
    Shape MergeOutput,
    Shape Output,
    LinearDescription? Linear,
    BatchNormDescription? Norm,
    MergeDescription? Merge,
    ActivationDescription? Activation,
    PoolDescription? Pool,
    float DropoutRate,
    WeightQuantizerDescription? WeightQuantizer,
    ActivationQuantizerDescription? ActivationQuantizer,
    ParameterDescription? Weights,
    ParameterDescription? Biases)
{
    /// <summary>The memory cells that hold the weights; null for digital ones.</summary>
    public DeviceDescription? Device { get; init; }

    /// <summary>
    /// The trainable tensors, in memory order: weights, biases, the norm's weights and biases, then the activation quantizer's learned
    /// maximum, as far as they exist.
    /// </summary>
    public IEnumerable<ParameterDescription> Parameters =>
        new[] { Weights, Biases, Norm?.Weights, Norm?.Biases, ActivationQuantizer?.Learned?.Maximum }.OfType<ParameterDescription>();

    /// <summary>The norm's running mean and variance, then the number of steps that a learned scale has collected, as far as they
    /// exist.</summary>
    public IEnumerable<ParameterDescription> Statistics =>
        new[] { Norm?.RunningMean, Norm?.RunningVariance, ActivationQuantizer?.Learned?.Steps }.OfType<ParameterDescription>();

    /// <summary>Such as <c>Conv1: Conv2d 5×5, ReLU, AvgPool 2×2, 3×32×32 to 6×14×14</c>.</summary>
    public override string ToString() => $"{Name}: {DescriptionTable.Operations(this)}, {Input} to {Output}";
}

/// <summary>A window that moves over a zero-padded map.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="StrideHeight">Rows from one window to the next below, at most those of the padded map.</param>
/// <param name="StrideWidth">Columns from one window to the next beside it, at most those of the padded map.</param>
/// <param name="PaddingHeight">Rows of zeros above and below the map.</param>
/// <param name="PaddingWidth">Columns of zeros on either side of the map.</param>
public readonly record struct Window(int Height, int Width, int StrideHeight, int StrideWidth, int PaddingHeight, int PaddingWidth);

/// <summary>A linear operation.</summary>
/// <param name="HasBiases">Whether biases are added.</param>
public abstract record LinearDescription(bool HasBiases)
{
    /// <summary>A convolution with weights in PyTorch's layout, output channel × input channel of the group × row × column.</summary>
    /// <param name="Channels">Output channels.</param>
    /// <param name="Window">The kernel's geometry.</param>
    /// <param name="Groups">Groups of channels; output group g sees only input group g. 1 for an ordinary convolution.</param>
    /// <param name="HasBiases">Whether biases are added.</param>
    public sealed record Conv2d(int Channels, Window Window, int Groups, bool HasBiases) : LinearDescription(HasBiases);

    /// <summary>
    /// A dense layer with weights in PyTorch's layout, output feature × input feature (channel, row, column of a flattened image).
    /// </summary>
    /// <param name="Features">Output features.</param>
    /// <param name="HasBiases">Whether biases are added.</param>
    public sealed record Dense(int Features, bool HasBiases) : LinearDescription(HasBiases);
}

/// <summary>A batch norm over each channel's images and pixels.</summary>
/// <param name="Epsilon">Added to the variance.</param>
/// <param name="Momentum">Weight of a batch's statistics in the running ones.</param>
/// <param name="Weights">The scales γ, one for each channel.</param>
/// <param name="Biases">The shifts β, one for each channel.</param>
/// <param name="RunningMean">The running mean, placed among the network's statistics.</param>
/// <param name="RunningVariance">The running variance, placed among the network's statistics.</param>
public sealed record BatchNormDescription(
    float Epsilon,
    float Momentum,
    ParameterDescription Weights,
    ParameterDescription Biases,
    ParameterDescription RunningMean,
    ParameterDescription RunningVariance);

/// <summary>How a second input joins a stage.</summary>
public enum MergeKind
{
    /// <summary>Element by element.</summary>
    Sum,

    /// <summary>Concatenation: its channels come before those of the stage.</summary>
    Concat,
}

/// <summary>A second input.</summary>
/// <param name="Kind">How it joins.</param>
/// <param name="Other">Index of the stage that it is the output of, −1 for the network's input.</param>
public sealed record MergeDescription(MergeKind Kind, int Other);

/// <summary>An activation function.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Slope">The slope below zero of a leaky ReLU; 0 otherwise.</param>
public sealed record ActivationDescription(Activation Kind, float Slope);

/// <summary>What a pool does with its window.</summary>
public enum PoolKind
{
    /// <summary>The largest element.</summary>
    Max,

    /// <summary>The mean.</summary>
    Average,
}

/// <summary>A pool.</summary>
/// <param name="Kind">What it does with its window.</param>
/// <param name="Window">The window's geometry; a global pool's window is the whole map.</param>
/// <param name="CountPadding">Whether padding counts in the divisor of an average.</param>
public sealed record PoolDescription(PoolKind Kind, Window Window, bool CountPadding);

/// <summary>A weight quantizer: signed, narrow range ±(2^(bits−1) − 1), scale max|w| / (2^(bits−1) − 1).</summary>
/// <param name="Bits">Bits, 2 … 16.</param>
/// <param name="PerChannel">Whether each output channel has its own scale.</param>
public sealed record WeightQuantizerDescription(int Bits, bool PerChannel);

/// <summary>An activation quantizer: levels 0 … 2^bits − 1, or −2^(bits−1) … 2^(bits−1) − 1 if it is signed.</summary>
/// <param name="Bits">Bits, 1 … 16; at least 2 if it is signed.</param>
/// <param name="Scale">The declared scale c: the range is c·15 for 4 bits, c·2^bits otherwise.</param>
/// <param name="Signed">Whether values below zero have levels: after a leaky ReLU or a hyperbolic tangent.</param>
/// <param name="Learned">The learned scale; null if the scale is constant.</param>
public sealed record ActivationQuantizerDescription(int Bits, float Scale, bool Signed, LearnedScaleDescription? Learned = null);

/// <summary>A learned scale of an activation quantizer.</summary>
/// <param name="Maximum">The parameter: one number, the upper end of the range.</param>
/// <param name="Steps">The number of training steps in which it was collected from the batches: one number among the statistics, up to
/// 300.</param>
public sealed record LearnedScaleDescription(ParameterDescription Maximum, ParameterDescription Steps);

/// <summary>A tensor of parameters or running statistics.</summary>
/// <param name="Name">Path as in a PyTorch state dict, such as <c>Conv1.weight</c>.</param>
/// <param name="Dimensions">PyTorch's dimensions.</param>
/// <param name="Offset">Where it starts in the network's parameters or statistics, in floats; a multiple of 16.</param>
public sealed record ParameterDescription(string Name, ImmutableArray<int> Dimensions, int Offset)
{
    /// <summary>Number of values.</summary>
    public int Count => Dimensions.Aggregate(1, (product, dimension) => product * dimension);

    /// <summary>Such as <c>Conv1.weight, 6×3×5×5</c>.</summary>
    public override string ToString() => $"{Name}, {string.Join('×', Dimensions.IsDefault ? [] : Dimensions)}";
}

/// <summary>A place where noise enters.</summary>
/// <param name="Name">Path, such as <c>Input</c> or <c>Conv1.Linear</c>.</param>
/// <param name="Stage">Index of the stage, −1 for the network's input.</param>
/// <param name="Site">The site within the stage: exactly one flag.</param>
/// <param name="Shape">Shape of the values that receive noise.</param>
/// <param name="Kind">Name of the noise kind, such as <c>Additive</c>.</param>
/// <param name="Form">What it does to values and gradients.</param>
/// <param name="Unit">What sigma is a multiple of.</param>
/// <param name="BeforeQuantizer">Whether an activation's noise comes before its quantizer.</param>
/// <param name="IsCustom">Whether the kind is a struct from outside the library, whatever its name.</param>
public sealed record NoiseSiteDescription(
    string Name, int Stage, Sites Site, Shape Shape, string Kind, NoiseForm Form = NoiseForm.Additive, SigmaUnit Unit = SigmaUnit.Absolute,
    bool BeforeQuantizer = false, bool IsCustom = false);
