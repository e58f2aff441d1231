namespace NoiseGen.Generator.Model;

/// <summary>What the user wrote: readable, but not checked yet. Without Roslyn types, and with value equality.</summary>
/// <param name="Class">The class that the generated code completes.</param>
/// <param name="Attributes">This library's attributes on the class, as written.</param>
/// <param name="Stages">The stages, in declaration order.</param>
internal sealed record NetworkDeclaration(
    ClassName Class,
    EquatableArray<AttributeDeclaration> Attributes,
    EquatableArray<StageDeclaration> Stages)
{
    /// <summary>
    /// The largest number of stages. More are most likely a wrong repetition count, and planning them would take minutes.
    /// </summary>
    public const int MostStages = 1000;

    /// <summary>The deepest nesting of blocks. They are read recursively, on compiler threads whose stack may be small.</summary>
    public const int DeepestBlock = 50;
}

/// <summary>A block's class, as seen by the place that uses it.</summary>
/// <param name="Name">Name of the class, for messages.</param>
/// <param name="Code">Its fully qualified name, with <c>global::</c>.</param>
/// <param name="Attributes">This library's attributes on the class, as written.</param>
/// <param name="Stages">Its stages, in declaration order.</param>
internal sealed record BlockDeclaration(
    string Name, string Code, EquatableArray<AttributeDeclaration> Attributes, EquatableArray<StageDeclaration> Stages);

/// <summary>A property that declares a stage, or a block's repetitions.</summary>
/// <param name="Name">Name of the property, as the compiler knows it.</param>
/// <param name="Identifier">The name as written in code, escaped if it is a keyword.</param>
/// <param name="Modifiers">The property's modifiers without <c>partial</c>, such as <c>public</c>.</param>
/// <param name="Attributes">This library's attributes on the property, as written.</param>
/// <param name="Block">The block that is repeated; null for a stage.</param>
/// <param name="IsTyped">Whether the property is of type <c>Blocks&lt;TBlock&gt;</c>.</param>
internal sealed record StageDeclaration(
    string Name, string Identifier, string Modifiers, EquatableArray<AttributeDeclaration> Attributes,
    BlockDeclaration? Block, bool IsTyped);

/// <summary>One attribute. Null means that an argument is not given and has no constant default.</summary>
internal abstract record AttributeDeclaration
{
    private AttributeDeclaration() { }

    /// <param name="IsVector">Whether the input was given as a number of features.</param>
    public sealed record Network(int Channels, int Height, int Width, bool IsVector, bool Winograd) : AttributeDeclaration;

    public sealed record Conv2d(SizeExpression Channels, WindowDeclaration Window, SizeExpression Groups, bool Bias) : AttributeDeclaration;

    public sealed record Dense(SizeExpression Features, bool Bias) : AttributeDeclaration;

    public sealed record BatchNorm(float Epsilon, float Momentum) : AttributeDeclaration;

    public sealed record Activate(Activation Kind, float Slope) : AttributeDeclaration;

    public sealed record Pool(bool Max, WindowDeclaration Window, bool CountPadding) : AttributeDeclaration;

    public sealed record GlobalAvgPool : AttributeDeclaration;

    public sealed record Dropout(float Rate) : AttributeDeclaration;

    /// <param name="Stage">The earlier stage; null for the input of the network or block.</param>
    public sealed record From(string? Stage) : AttributeDeclaration;

    /// <param name="Stage">The earlier stage; null for the input of the network or block.</param>
    public sealed record Merge(bool IsSum, string? Stage) : AttributeDeclaration;

    public sealed record Residual : AttributeDeclaration;

    public sealed record Block : AttributeDeclaration;

    public sealed record Repeat(SizeExpression Count, SizeExpression? Channels, SizeExpression Stride) : AttributeDeclaration;

    public sealed record Noise(NoiseKind Kind, Sites Sites) : AttributeDeclaration;

    public sealed record NoNoise(Sites Sites) : AttributeDeclaration;

    /// <param name="Scale">Null if not given.</param>
    public sealed record Quantize(int Bits, int? WeightBits, int? ActivationBits, float? Scale, WeightScaling Weights,
        ActivationScaling Activations) : AttributeDeclaration;

    public sealed record NoQuantize : AttributeDeclaration;

    /// <param name="Code">The struct, fully qualified with <c>global::</c>.</param>
    /// <param name="Name">The struct's name.</param>
    public sealed record Device(string Code, string Name, WeightScaling Mapping, DriftCompensation Compensation) : AttributeDeclaration;

    public sealed record Digital : AttributeDeclaration;
}

/// <summary>A window as written; null for what is not given.</summary>
internal sealed record WindowDeclaration(
    SizeExpression Height, SizeExpression Width, SizeExpression? Stride, SizeExpression? StrideHeight, SizeExpression? StrideWidth,
    SizeExpression? Padding, SizeExpression? PaddingHeight, SizeExpression? PaddingWidth);

/// <summary>The parser's result.</summary>
/// <param name="Declaration">The declaration; null if it has problems, or mistakes that the compiler reports.</param>
/// <param name="Problems">The problems of the class and its properties.</param>
internal sealed record ParsedNetwork(NetworkDeclaration? Declaration, EquatableArray<Problem> Problems);
