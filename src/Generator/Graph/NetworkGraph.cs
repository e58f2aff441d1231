using NoiseGen.Generator.Model;
using NoiseGen.Generator.Operations;

namespace NoiseGen.Generator.Graph;

/// <summary>
/// A checked network, the planner's input: every shape is known, every policy resolved, every block unrolled.
/// Without Roslyn types, and with value equality.
/// </summary>
/// <param name="Class">The class that the generated code completes.</param>
/// <param name="Input">Shape of one input image.</param>
/// <param name="Stages">The stages of the network and of its blocks, in execution order.</param>
/// <param name="NoiseSites">The declared noise sites, in execution order.</param>
/// <param name="Members">The class's properties, in declaration order.</param>
/// <param name="AllowsWinograd">Whether convolutions may be computed by Winograd's transforms.</param>
internal sealed record NetworkGraph(
    ClassName Class, ImageShape Input, EquatableArray<StageNode> Stages, EquatableArray<NoiseSiteNode> NoiseSites,
    EquatableArray<MemberNode> Members,
    bool AllowsWinograd)
{
    /// <summary>Index of the noise site at the network's input; −1 if there is none.</summary>
    public int InputNoise => NoiseSites.Count > 0 && NoiseSites[0].Stage < 0 ? 0 : -1;
}

/// <summary>Shape of one image's values.</summary>
internal readonly record struct ImageShape(int Channels, int Height, int Width)
{
    public int Count => Channels * Height * Width;

    public override string ToString() => Height == 1 && Width == 1 ? $"{Channels}" : $"{Channels}×{Height}×{Width}";
}

/// <summary>
/// One stage: linear op → batch norm → sum or concatenation → activation → quantizer → pool → dropout, each of them optional.
/// Stages are in execution order. Each reads the output of an earlier stage, or the network's input, which has the index −1.
/// </summary>
/// <param name="Path">The path of its declaration, such as <c>Conv1</c> or <c>Layer2[1].Conv1</c>; keywords are not escaped.</param>
/// <param name="Source">Index of the stage whose output it reads.</param>
/// <param name="Input">Shape of its input.</param>
/// <param name="LinearOutput">Shape after the linear operation and the norm; the input's shape without a linear operation.</param>
/// <param name="MergeOutput">Shape after the sum or concatenation, and of the activation; the linear output's shape without either.</param>
/// <param name="Output">Shape of its output.</param>
/// <param name="DropoutRate">Fraction of the outputs that training drops; 0 without dropout.</param>
/// <param name="LinearNoise">Index of the noise site after the linear operation, −1 without one. The next four are analogous.</param>
internal sealed record StageNode(
    string Path,
    int Source,
    ImageShape Input,
    ImageShape LinearOutput,
    ImageShape MergeOutput,
    ImageShape Output,
    LinearNode? Linear,
    BatchNormNode? Norm,
    MergeNode? Merge,
    ActivationNode? Activation,
    PoolNode? Pool,
    float DropoutRate,
    WeightQuantizerNode? WeightQuantizer,
    ActivationQuantizerNode? ActivationQuantizer,
    DeviceNode? Device,
    int LinearNoise,
    int NormNoise,
    int SumNoise,
    int ActivationNoise,
    int PoolNoise)
{
    /// <summary>The path as part of an identifier, such as <c>Layer2_1_Conv1</c>.</summary>
    public string CodeName => Path.Replace('[', '_').Replace("].", "_").Replace('.', '_');
}

/// <summary>A window that slides over a zero-padded map.</summary>
internal sealed record WindowNode(int Height, int Width, int StrideHeight, int StrideWidth, int PaddingHeight, int PaddingWidth)
{
    /// <summary>The same window on a map: strides are limited to the padded size of the map, so that positions do not overflow.</summary>
    public WindowNode On(ImageShape map) => this with
    {
        StrideHeight = (int)Math.Min(StrideHeight, map.Height + 2L * PaddingHeight),
        StrideWidth = (int)Math.Min(StrideWidth, map.Width + 2L * PaddingWidth),
    };
}

/// <summary>A linear operation.</summary>
internal abstract record LinearNode(bool HasBiases)
{
    public sealed record Conv2d(int Channels, WindowNode Window, int Groups, bool HasBiases) : LinearNode(HasBiases);

    public sealed record Dense(int Features, bool HasBiases) : LinearNode(HasBiases);
}

internal sealed record BatchNormNode(float Epsilon, float Momentum);

/// <summary>A second input. A sum adds it elementwise; a concatenation puts its channels before the stage's own.</summary>
/// <param name="Other">Index of the stage that computes it, −1 for the network's input.</param>
internal sealed record MergeNode(bool IsSum, int Other);

/// <param name="Slope">The slope below zero of a leaky ReLU; otherwise 0.</param>
internal sealed record ActivationNode(Activation Kind, float Slope)
{
    public ActivationOperation Operation => Activations.Of(Kind);
}

internal sealed record PoolNode(bool Max, WindowNode Window, bool CountPadding);

internal sealed record WeightQuantizerNode(int Bits, bool PerChannel);

/// <summary>The memory cells that hold a stage's weights.</summary>
/// <param name="Code">The struct, fully qualified with <c>global::</c>.</param>
/// <param name="Name">The struct's name.</param>
/// <param name="PerChannel">Whether each output channel has a largest weight of its own.</param>
internal sealed record DeviceNode(string Code, string Name, bool PerChannel, DriftCompensation Compensation);

/// <param name="Signed">Whether there are levels below zero: after an activation with negative values.</param>
internal sealed record ActivationQuantizerNode(int Bits, float Scale, bool Signed, bool Learned);

/// <summary>A place where noise enters.</summary>
/// <param name="Name">Path, such as <c>Input</c> or <c>Conv1.Linear</c>.</param>
/// <param name="Stage">Index of the stage, −1 for the network's input.</param>
/// <param name="Site">The site of the stage, a single flag.</param>
/// <param name="Shape">Shape of the values that receive noise.</param>
/// <param name="Kind">The kind of noise.</param>
internal sealed record NoiseSiteNode(string Name, int Stage, Sites Site, ImageShape Shape, NoiseKind Kind);
