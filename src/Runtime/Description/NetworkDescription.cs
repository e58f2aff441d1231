using System.Collections.Immutable;

namespace NoiseGen;

/// <summary>
/// Everything a declaration fixed at compile time: stages, shapes, parameters, noise sites and quantizers. Tables, reports and the
/// reference interpreter read this; the generated code does not.
/// </summary>
/// <param name="Name">Name of the network's class.</param>
/// <param name="Input">Shape of one input image.</param>
/// <param name="Stages">The stages, in execution order; each reads its predecessor's output.</param>
/// <param name="NoiseSites">The declared noise sites, in execution order; a site's place here is its index.</param>
public sealed record NetworkDescription(
    string Name,
    Shape Input,
    ImmutableArray<StageDescription> Stages,
    ImmutableArray<NoiseSiteDescription> NoiseSites)
{
    /// <summary>Shape of the logits.</summary>
    public Shape Output => Stages[^1].Output;

    /// <summary>All trainable parameters, in the order in which they lie in memory.</summary>
    public IEnumerable<ParameterDescription> Parameters => Stages.SelectMany(stage => stage.Parameters);

    /// <summary>Number of trainable values.</summary>
    public int ParameterCount => Parameters.Sum(parameter => parameter.Count);
}

/// <summary>One stage: <c>linear op → activation → quantizer → pool</c>, each of them optional.</summary>
/// <param name="Name">Name of the property.</param>
/// <param name="Input">Shape of what comes in.</param>
/// <param name="LinearOutput">Shape after the linear operation (the input's, where there is none).</param>
/// <param name="Output">Shape of what goes out.</param>
/// <param name="Linear">The convolution or dense layer.</param>
/// <param name="Activation">The activation function.</param>
/// <param name="Pool">The pool.</param>
/// <param name="WeightQuantizer">The quantizer of the linear operation's weights.</param>
/// <param name="ActivationQuantizer">The quantizer after the activation.</param>
/// <param name="Parameters">The weights, then the biases; empty without a linear operation.</param>
public sealed record StageDescription(
    string Name,
    Shape Input,
    Shape LinearOutput,
    Shape Output,
    LinearDescription? Linear,
    Activation Activation,
    PoolDescription? Pool,
    WeightQuantizerDescription? WeightQuantizer,
    ActivationQuantizerDescription? ActivationQuantizer,
    ImmutableArray<ParameterDescription> Parameters);

/// <summary>A linear operation.</summary>
public abstract record LinearDescription
{
    private LinearDescription() { }

    /// <summary>A convolution with weights in PyTorch's layout, output channel × input channel × row × column.</summary>
    /// <param name="Channels">Output channels.</param>
    /// <param name="Kernel">Rows and columns of the kernel.</param>
    /// <param name="Stride">Step between output pixels.</param>
    /// <param name="Padding">Zeros on every side.</param>
    public sealed record Conv2d(int Channels, int Kernel, int Stride, int Padding) : LinearDescription;

    /// <summary>A dense layer with weights in PyTorch's layout, output feature × input feature (channel, row, column of a flattened image).</summary>
    /// <param name="Features">Output features.</param>
    public sealed record Dense(int Features) : LinearDescription;
}

/// <summary>An activation function.</summary>
public enum Activation
{
    /// <summary>The identity.</summary>
    None,

    /// <summary>max(x, 0).</summary>
    Relu,
}

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
/// <param name="Size">Rows and columns of the window.</param>
/// <param name="Stride">Step between windows.</param>
/// <param name="Padding">Rows and columns of padding on every side.</param>
/// <param name="CountPadding">Whether padding counts in the divisor of an average.</param>
public sealed record PoolDescription(PoolKind Kind, int Size, int Stride, int Padding, bool CountPadding);

/// <summary>A weight quantizer: signed, narrow range ±(2^(bits−1) − 1), scale max|w| / (2^(bits−1) − 1).</summary>
/// <param name="Bits">Bits, 2 … 16.</param>
/// <param name="PerChannel">Whether each output channel has its own scale.</param>
public sealed record WeightQuantizerDescription(int Bits, bool PerChannel);

/// <summary>An activation quantizer: unsigned, range 0 … 2^bits − 1, constant scale.</summary>
/// <param name="Bits">Bits, 1 … 16.</param>
/// <param name="Scale">The declared scale c: the largest value is c·15 for 4 bits, c·2^bits otherwise.</param>
public sealed record ActivationQuantizerDescription(int Bits, float Scale);

/// <summary>A parameter tensor.</summary>
/// <param name="Name">Path as in a PyTorch state dict, such as <c>Conv1.weight</c>.</param>
/// <param name="Dimensions">PyTorch's dimensions.</param>
/// <param name="Offset">Where it starts in the network's parameters, in floats; a multiple of 16.</param>
public sealed record ParameterDescription(string Name, ImmutableArray<int> Dimensions, int Offset)
{
    /// <summary>Number of values.</summary>
    public int Count => Dimensions.Aggregate(1, (product, dimension) => product * dimension);
}

/// <summary>A place where noise enters.</summary>
/// <param name="Name">Path, such as <c>Input</c> or <c>Conv1.Linear</c>.</param>
/// <param name="Stage">Index of the stage, −1 for the network's input.</param>
/// <param name="Site">Which of the stage's sites: exactly one flag.</param>
/// <param name="Shape">Shape of the values that receive noise.</param>
/// <param name="Kind">Name of the noise kind, such as <c>Additive</c>.</param>
public sealed record NoiseSiteDescription(string Name, int Stage, Sites Site, Shape Shape, string Kind);
