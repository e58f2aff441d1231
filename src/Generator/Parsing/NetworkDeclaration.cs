using NoiseGen.Generator.Diagnostics;
using NoiseGen.Generator.Graph;

namespace NoiseGen.Generator.Parsing;

/// <summary>What the user wrote, unchecked but readable: no Roslyn types, equal when the content is.</summary>
/// <param name="Class">Where the generated code goes.</param>
/// <param name="Attributes">This library's attributes on the class, as written.</param>
/// <param name="Stages">The stages, in declaration order.</param>
internal sealed record NetworkDeclaration(
    ClassName Class,
    EquatableArray<AttributeDeclaration> Attributes,
    EquatableArray<StageDeclaration> Stages);

/// <summary>A stage's property.</summary>
/// <param name="Name">Name of the property, as the compiler knows it.</param>
/// <param name="Identifier">The name as it is written in code, escaped where it is a keyword.</param>
/// <param name="Modifiers">The property's modifiers without <c>partial</c>, such as <c>public</c>.</param>
/// <param name="Attributes">This library's attributes on the property, as written.</param>
internal sealed record StageDeclaration(string Name, string Identifier, string Modifiers, EquatableArray<AttributeDeclaration> Attributes);

/// <summary>One attribute. Null stands for an argument that is not given and has no constant default.</summary>
internal abstract record AttributeDeclaration
{
    private AttributeDeclaration() { }

    /// <param name="IsVector">Whether the input was given as a number of features.</param>
    public sealed record Network(int Channels, int Height, int Width, bool IsVector) : AttributeDeclaration;

    public sealed record Conv2d(int Channels, int Kernel, int Stride, int Padding) : AttributeDeclaration;

    public sealed record Dense(int Features) : AttributeDeclaration;

    public sealed record Relu : AttributeDeclaration;

    public sealed record Pool(bool Max, int Size, int? Stride, int Padding, bool CountPadding) : AttributeDeclaration;

    public sealed record Noise(NoiseKind Kind, Sites Sites) : AttributeDeclaration;

    public sealed record NoNoise(Sites Sites) : AttributeDeclaration;

    public sealed record Quantize(int Bits, int? WeightBits, int? ActivationBits, float Scale, WeightScaling Weights) : AttributeDeclaration;

    public sealed record NoQuantize : AttributeDeclaration;
}

/// <summary>The parser's answer.</summary>
/// <param name="Declaration">The declaration; null where it has problems, or mistakes that the compiler reports already.</param>
/// <param name="Problems">What is wrong with the class and its properties.</param>
internal sealed record ParsedNetwork(NetworkDeclaration? Declaration, EquatableArray<Problem> Problems);
