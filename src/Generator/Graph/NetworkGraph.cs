namespace NoiseGen.Generator.Graph;

/// <summary>A checked network: every shape known, every policy resolved. What the planner starts from; no Roslyn types, equal when the content is.</summary>
/// <param name="Class">Where the generated code goes.</param>
/// <param name="Input">Shape of one input image.</param>
/// <param name="Stages">The stages, in execution order; each reads its predecessor's output.</param>
/// <param name="NoiseSites">The declared noise sites, in execution order.</param>
internal sealed record NetworkGraph(ClassName Class, ImageShape Input, EquatableArray<StageNode> Stages, EquatableArray<NoiseSiteNode> NoiseSites)
{
    /// <summary>Index of the site at the network's input, −1 without one.</summary>
    public int InputNoise => NoiseSites.Count > 0 && NoiseSites[0].Stage < 0 ? 0 : -1;
}

/// <summary>The user's class, as the generated part has to write it.</summary>
/// <param name="Namespace">The namespace, empty for the global one.</param>
/// <param name="Containers">Headers of the containing types, outermost first, such as <c>partial class Outer</c>.</param>
/// <param name="Name">Name of the class, escaped where it is a keyword.</param>
/// <param name="HintName">Full metadata name, made fit for a file name: unique in the compilation.</param>
internal sealed record ClassName(string Namespace, EquatableArray<string> Containers, string Name, string HintName)
{
    /// <summary>
    /// A namespace for the network's kernels alone, so that no name of the user's comes before those that the kernels use. Containing types are part of its
    /// last name, so that no network's namespace lies in another's and has the name of one of its classes. Every keyword is of lower-case letters; what may
    /// be one is escaped.
    /// </summary>
    public string KernelNamespace => "NoiseGen.Generated." + string.Join(
        ".", HintName.Replace('-', '_').Replace("+", "__").Split('.').Select(part => part.All(char.IsLower) ? "@" + part : part));
}

/// <summary>Shape of one image's values.</summary>
internal readonly record struct ImageShape(int Channels, int Height, int Width)
{
    public int Count => Channels * Height * Width;

    public override string ToString() => Height == 1 && Width == 1 ? $"{Channels}" : $"{Channels}×{Height}×{Width}";
}

/// <summary>One stage: linear op → activation → quantizer → pool, each of them optional.</summary>
/// <param name="Name">Name of the property, escaped where it is a keyword.</param>
/// <param name="Accessibility">The property's modifiers before <c>partial</c>, such as <c>public</c>.</param>
/// <param name="Input">Shape of what comes in.</param>
/// <param name="LinearOutput">Shape after the linear operation; the input's, where there is none.</param>
/// <param name="Output">Shape of what goes out.</param>
/// <param name="LinearNoise">Index of the noise site after the linear operation, −1 without one.</param>
/// <param name="ActivationNoise">Index of the noise site after the activation, −1 without one.</param>
/// <param name="PoolNoise">Index of the noise site after the pool, −1 without one.</param>
internal sealed record StageNode(
    string Name,
    string Accessibility,
    ImageShape Input,
    ImageShape LinearOutput,
    ImageShape Output,
    LinearNode? Linear,
    bool Relu,
    PoolNode? Pool,
    WeightQuantizerNode? WeightQuantizer,
    ActivationQuantizerNode? ActivationQuantizer,
    int LinearNoise,
    int ActivationNoise,
    int PoolNoise);

/// <summary>A linear operation.</summary>
internal abstract record LinearNode
{
    private LinearNode() { }

    public sealed record Conv2d(int Channels, int Kernel, int Stride, int Padding) : LinearNode;

    public sealed record Dense(int Features) : LinearNode;
}

internal sealed record PoolNode(bool Max, int Size, int Stride, int Padding, bool CountPadding);

internal sealed record WeightQuantizerNode(int Bits, bool PerChannel);

internal sealed record ActivationQuantizerNode(int Bits, float Scale);

/// <summary>A place where noise enters.</summary>
/// <param name="Name">Path, such as <c>Input</c> or <c>Conv1.Linear</c>.</param>
/// <param name="Stage">Index of the stage, −1 for the network's input.</param>
/// <param name="Site">Which of the stage's sites: one flag.</param>
/// <param name="Shape">Shape of the values that receive noise.</param>
/// <param name="Kind">The noise struct's fully qualified name, with <c>global::</c>.</param>
/// <param name="KindName">Its name alone, without containers and type arguments.</param>
internal sealed record NoiseSiteNode(string Name, int Stage, Sites Site, ImageShape Shape, string Kind, string KindName);

/// <summary>A kind of noise.</summary>
/// <param name="Code">The struct's fully qualified name, with <c>global::</c>.</param>
/// <param name="Name">Its name alone, without containers and type arguments.</param>
internal sealed record NoiseKind(string Code, string Name);
