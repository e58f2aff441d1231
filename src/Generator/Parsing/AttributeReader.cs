using Microsoft.CodeAnalysis;
using NoiseGen.Generator.Model;
using NoiseGen.Generator.Operations;

namespace NoiseGen.Generator.Parsing;

/// <summary>Reads this library's attributes.</summary>
internal static class AttributeReader
{
    private const string Namespace = nameof(NoiseGen);

    /// <summary>
    /// This library's attributes on a symbol, in source order. A <see cref="Diagnostics.Place"/> has indices into this list.
    /// </summary>
    public static AttributeData[] On(ISymbol symbol) => [.. symbol.GetAttributes().Where(IsKnown)];

    /// <summary>
    /// The attribute as a record; null if it has mistakes that the compiler reports,
    /// or a block's placeholders where they have no meaning.
    /// </summary>
    public static AttributeDeclaration? Read(AttributeData attribute, SizeReader sizes) =>
        AttributeArguments.Of(attribute, sizes) is { } arguments && !arguments.Misplaced.Any()
            ? Read(attribute.AttributeClass!, arguments) : null;

    public static bool IsNetwork(AttributeData attribute) => IsNamed(attribute.AttributeClass, nameof(NetworkAttribute));

    public static bool IsBlock(AttributeData attribute) => IsNamed(attribute.AttributeClass, nameof(BlockAttribute));

    /// <summary>Whether a type is this library's type of this name.</summary>
    public static bool IsNamed(ITypeSymbol? type, string name) =>
        type is { ContainingType: null, ContainingNamespace: { Name: Namespace, ContainingNamespace.IsGlobalNamespace: true } }
            && type.Name == name;

    private static bool IsKnown(AttributeData attribute) =>
        attribute.AttributeClass is { } type && IsNamed(type, type.Name)
            && (IsKnown(type.Name) || Activations.OfAttribute(type.Name) is not null);

    private static bool IsKnown(string name) => name
        is nameof(NetworkAttribute)
        or nameof(BlockAttribute)
        or nameof(RepeatAttribute<>)
        or nameof(Conv2dAttribute)
        or nameof(DenseAttribute)
        or nameof(BatchNormAttribute)
        or nameof(FromAttribute)
        or nameof(AddAttribute)
        or nameof(ConcatAttribute)
        or nameof(ResidualAttribute)
        or nameof(MaxPoolAttribute)
        or nameof(AvgPoolAttribute)
        or nameof(GlobalAvgPoolAttribute)
        or nameof(DropoutAttribute)
        or nameof(NoiseAttribute<>)
        or nameof(NoNoiseAttribute)
        or nameof(QuantizeAttribute)
        or nameof(NoQuantizeAttribute)
        or nameof(DeviceAttribute<>)
        or nameof(DigitalAttribute);

    private static AttributeDeclaration? Read(INamedTypeSymbol type, AttributeArguments arguments) => type.Name switch
    {
        nameof(NetworkAttribute) => Network(arguments),
        nameof(Conv2dAttribute) => Conv2d(arguments),
        nameof(BlockAttribute) => new AttributeDeclaration.Block(),
        nameof(RepeatAttribute<>) => new AttributeDeclaration.Repeat(
            arguments.Size(nameof(RepeatAttribute<>.Count)) ?? 0,
            arguments.Size(nameof(RepeatAttribute<>.Channels)),
            arguments.Size(nameof(RepeatAttribute<>.Stride)) ?? 1),
        nameof(DenseAttribute) => new AttributeDeclaration.Dense(
            arguments.Size(nameof(DenseAttribute.Features)) ?? 0, arguments.Bool(nameof(DenseAttribute.Bias)) ?? true),
        nameof(BatchNormAttribute) => BatchNorm(arguments),
        nameof(FromAttribute) => new AttributeDeclaration.From(arguments.Text(nameof(FromAttribute.Stage))),
        nameof(AddAttribute) => new AttributeDeclaration.Merge(IsSum: true, arguments.Text(nameof(AddAttribute.Stage))),
        nameof(ConcatAttribute) => new AttributeDeclaration.Merge(IsSum: false, arguments.Text(nameof(ConcatAttribute.Stage))),
        nameof(ResidualAttribute) => new AttributeDeclaration.Residual(),
        nameof(MaxPoolAttribute) => new AttributeDeclaration.Pool(Max: true, Window(arguments), CountPadding: false),
        nameof(AvgPoolAttribute) => new AttributeDeclaration.Pool(
            Max: false, Window(arguments), arguments.Bool(nameof(AvgPoolAttribute.CountPadding)) ?? true),
        nameof(GlobalAvgPoolAttribute) => new AttributeDeclaration.GlobalAvgPool(),
        nameof(DropoutAttribute) =>
            new AttributeDeclaration.Dropout(arguments.Value(nameof(DropoutAttribute.Rate)) as float? ?? new DropoutAttribute().Rate),
        nameof(NoiseAttribute<>) => Noise(type, arguments),
        nameof(NoNoiseAttribute) => new AttributeDeclaration.NoNoise((Sites)arguments.Required(nameof(NoNoiseAttribute.Sites))),
        nameof(QuantizeAttribute) => Quantize(arguments),
        nameof(NoQuantizeAttribute) => new AttributeDeclaration.NoQuantize(),
        nameof(DeviceAttribute<>) => Device(type, arguments),
        nameof(DigitalAttribute) => new AttributeDeclaration.Digital(),
        _ => Activations.OfAttribute(type.Name) is { } activation ? Activate(activation, arguments) : null,
    };

    private static AttributeDeclaration.Activate Activate(ActivationOperation activation, AttributeArguments arguments) => new(
        activation.Kind, activation.Slope is { } slope ? arguments.Value(slope.Property) as float? ?? slope.Default : 0f);

    private static AttributeDeclaration.Network Network(AttributeArguments arguments)
    {
        bool winograd = arguments.Bool(nameof(NetworkAttribute.Winograd)) ?? true;
        return arguments.Int(nameof(DenseAttribute.Features)) is { } features
            ? new(features, 1, 1, IsVector: true, winograd)
            : new(
                arguments.Required(nameof(NetworkAttribute.Channels)),
                arguments.Required(nameof(NetworkAttribute.Height)),
                arguments.Required(nameof(NetworkAttribute.Width)),
                IsVector: false,
                winograd);
    }

    private static AttributeDeclaration.Conv2d Conv2d(AttributeArguments arguments) => new(
        arguments.Size(nameof(Conv2dAttribute.Channels)) ?? 0, Window(arguments), arguments.Size(nameof(Conv2dAttribute.Groups)) ?? 1,
        arguments.Bool(nameof(Conv2dAttribute.Bias)) ?? true);

    private static WindowDeclaration Window(AttributeArguments arguments)
    {
        SizeExpression? size = arguments.Size(nameof(Conv2dAttribute.Kernel)) ?? arguments.Size(nameof(MaxPoolAttribute.Size));
        return new(
            size ?? arguments.Size(nameof(Conv2dAttribute.KernelHeight)) ?? arguments.Size(nameof(MaxPoolAttribute.WindowHeight)) ?? 0,
            size ?? arguments.Size(nameof(Conv2dAttribute.KernelWidth)) ?? arguments.Size(nameof(MaxPoolAttribute.WindowWidth)) ?? 0,
            arguments.Size(nameof(WindowAttribute.Stride)),
            arguments.Size(nameof(WindowAttribute.StrideHeight)),
            arguments.Size(nameof(WindowAttribute.StrideWidth)),
            arguments.Size(nameof(WindowAttribute.Padding)),
            arguments.Size(nameof(WindowAttribute.PaddingHeight)),
            arguments.Size(nameof(WindowAttribute.PaddingWidth)));
    }

    private static AttributeDeclaration.BatchNorm BatchNorm(AttributeArguments arguments)
    {
        BatchNormAttribute defaults = new();
        return new(
            arguments.Value(nameof(BatchNormAttribute.Epsilon)) as float? ?? defaults.Epsilon,
            arguments.Value(nameof(BatchNormAttribute.Momentum)) as float? ?? defaults.Momentum);
    }

    // A kind that is not a struct with one of the interfaces violates the attribute's constraint: the compiler reports it.
    private static AttributeDeclaration.Noise? Noise(INamedTypeSymbol type, AttributeArguments arguments)
    {
        if (type.TypeArguments is not [INamedTypeSymbol { TypeKind: TypeKind.Struct } kind]) return null;
        bool Is(string name) => kind.AllInterfaces.Any(one => IsNamed(one, name));
        if (!Is(nameof(INoise)) && !Is(nameof(ICombinedNoise))) return null;
        NoiseForm form = Is(nameof(ICombinedNoise))
            ? NoiseForm.Combined : Is(nameof(IScalingNoise)) ? NoiseForm.Scaling : NoiseForm.Additive;
        var unit = (SigmaUnit)(arguments.Int(nameof(NoiseAttribute<>.Unit)) ?? 0);
        return new(
            new NoiseKind(
                new NoiseStruct(kind.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), kind.Name, form, unit == SigmaUnit.Range),
                unit, arguments.Bool(nameof(NoiseAttribute<>.BeforeQuantizer)) ?? false),
            (Sites)arguments.Required(nameof(NoiseAttribute<>.Sites)));
    }

    // Another type violates the attribute's constraint: the compiler reports it.
    private static AttributeDeclaration.Device? Device(INamedTypeSymbol type, AttributeArguments arguments)
    {
        if (type.TypeArguments is not [INamedTypeSymbol { TypeKind: TypeKind.Struct } device]
            || !device.AllInterfaces.Any(one => IsNamed(one, nameof(IMemoryDevice)))) return null;
        return new(
            device.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), device.Name,
            (WeightScaling)(arguments.Int(nameof(DeviceAttribute<>.Mapping)) ?? (int)WeightScaling.PerTensor),
            (DriftCompensation)(arguments.Int(nameof(DeviceAttribute<>.Compensation)) ?? (int)DriftCompensation.Global));
    }

    private static AttributeDeclaration.Quantize Quantize(AttributeArguments arguments)
    {
        QuantizeAttribute defaults = new();
        return new(
            arguments.Int(nameof(QuantizeAttribute.Bits)) ?? defaults.Bits,
            arguments.Int(nameof(QuantizeAttribute.WeightBits)),
            arguments.Int(nameof(QuantizeAttribute.ActivationBits)),
            arguments.Value(nameof(QuantizeAttribute.Scale)) as float?,
            (WeightScaling)(arguments.Int(nameof(QuantizeAttribute.Weights)) ?? (int)defaults.Weights),
            (ActivationScaling)(arguments.Int(nameof(QuantizeAttribute.Activations)) ?? (int)defaults.Activations));
    }
}
