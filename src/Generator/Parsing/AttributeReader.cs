using Microsoft.CodeAnalysis;
using NoiseGen.Generator.Graph;

namespace NoiseGen.Generator.Parsing;

/// <summary>Reads this library's attributes.</summary>
internal static class AttributeReader
{
    private const string Namespace = nameof(NoiseGen);

    /// <summary>This library's attributes on a symbol, in the order of the source. A <see cref="Diagnostics.Place"/> counts in this list.</summary>
    public static AttributeData[] On(ISymbol symbol) => [.. symbol.GetAttributes().Where(IsKnown)];

    /// <summary>The attribute as a record; null where it has mistakes that the compiler reports.</summary>
    public static AttributeDeclaration? Read(AttributeData attribute) =>
        Arguments.Of(attribute) is { } arguments ? Read(attribute.AttributeClass!, arguments) : null;

    public static bool IsNetwork(AttributeData attribute) => IsNamed(attribute.AttributeClass, nameof(NetworkAttribute));

    /// <summary>Whether a type is the library's of this name.</summary>
    public static bool IsNamed(ITypeSymbol? type, string name) =>
        type is { ContainingType: null, ContainingNamespace: { Name: Namespace, ContainingNamespace.IsGlobalNamespace: true } } && type.Name == name;

    private static bool IsKnown(AttributeData attribute) => attribute.AttributeClass is { } type && IsNamed(type, type.Name) && type.Name
        is nameof(NetworkAttribute)
        or nameof(Conv2dAttribute)
        or nameof(DenseAttribute)
        or nameof(ReluAttribute)
        or nameof(MaxPoolAttribute)
        or nameof(AvgPoolAttribute)
        or nameof(NoiseAttribute<>)
        or nameof(NoNoiseAttribute)
        or nameof(QuantizeAttribute)
        or nameof(NoQuantizeAttribute);

    private static AttributeDeclaration? Read(INamedTypeSymbol type, Arguments arguments) => type.Name switch
    {
        nameof(NetworkAttribute) => Network(arguments),
        nameof(Conv2dAttribute) => Conv2d(arguments),
        nameof(DenseAttribute) => new AttributeDeclaration.Dense(arguments.Required(nameof(DenseAttribute.Features))),
        nameof(ReluAttribute) => new AttributeDeclaration.Relu(),
        nameof(MaxPoolAttribute) => MaxPool(arguments),
        nameof(AvgPoolAttribute) => AvgPool(arguments),
        nameof(NoiseAttribute<>) => Noise(type, arguments),
        nameof(NoNoiseAttribute) => new AttributeDeclaration.NoNoise((Sites)arguments.Required(nameof(NoNoiseAttribute.Sites))),
        nameof(QuantizeAttribute) => Quantize(arguments),
        nameof(NoQuantizeAttribute) => new AttributeDeclaration.NoQuantize(),
        _ => null,
    };

    private static AttributeDeclaration.Network Network(Arguments arguments) => arguments.Int(nameof(DenseAttribute.Features)) is { } features
        ? new(features, 1, 1, IsVector: true)
        : new(
            arguments.Required(nameof(NetworkAttribute.Channels)),
            arguments.Required(nameof(NetworkAttribute.Height)),
            arguments.Required(nameof(NetworkAttribute.Width)),
            IsVector: false);

    private static AttributeDeclaration.Conv2d Conv2d(Arguments arguments)
    {
        Conv2dAttribute written = new(arguments.Required(nameof(Conv2dAttribute.Channels)), arguments.Required(nameof(Conv2dAttribute.Kernel)));
        return new(
            written.Channels,
            written.Kernel,
            arguments.Int(nameof(Conv2dAttribute.Stride)) ?? written.Stride,
            arguments.Int(nameof(Conv2dAttribute.Padding)) ?? written.Padding);
    }

    private static AttributeDeclaration.Pool MaxPool(Arguments arguments) => new(
        Max: true,
        arguments.Required(nameof(MaxPoolAttribute.Size)),
        arguments.Int(nameof(MaxPoolAttribute.Stride)),
        arguments.Int(nameof(MaxPoolAttribute.Padding)) ?? 0,
        CountPadding: false);

    private static AttributeDeclaration.Pool AvgPool(Arguments arguments)
    {
        AvgPoolAttribute written = new(arguments.Required(nameof(AvgPoolAttribute.Size)));
        return new(
            Max: false,
            written.Size,
            arguments.Int(nameof(AvgPoolAttribute.Stride)),
            arguments.Int(nameof(AvgPoolAttribute.Padding)) ?? written.Padding,
            arguments.Value(nameof(AvgPoolAttribute.CountPadding)) as bool? ?? written.CountPadding);
    }

    // A kind that is not a struct with INoise breaks the attribute's constraint: the compiler says so.
    private static AttributeDeclaration.Noise? Noise(INamedTypeSymbol type, Arguments arguments) =>
        type.TypeArguments is [INamedTypeSymbol { TypeKind: TypeKind.Struct } kind] && kind.AllInterfaces.Any(one => IsNamed(one, nameof(INoise)))
            ? new(
                new NoiseKind(kind.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), kind.Name),
                (Sites)arguments.Required(nameof(NoiseAttribute<>.Sites)))
            : null;

    private static AttributeDeclaration.Quantize Quantize(Arguments arguments)
    {
        QuantizeAttribute defaults = new();
        return new(
            arguments.Int(nameof(QuantizeAttribute.Bits)) ?? defaults.Bits,
            arguments.Int(nameof(QuantizeAttribute.WeightBits)),
            arguments.Int(nameof(QuantizeAttribute.ActivationBits)),
            arguments.Value(nameof(QuantizeAttribute.Scale)) as float? ?? defaults.Scale,
            (WeightScaling)(arguments.Int(nameof(QuantizeAttribute.Weights)) ?? (int)defaults.Weights));
    }

    /// <summary>Whether a constructor's parameter gives a property its value: by the habit of this library, they differ in the first letter's case only.</summary>
    public static bool Sets(string parameter, string property) => string.Equals(parameter, property, StringComparison.OrdinalIgnoreCase);

    /// <summary>The constants of an attribute whose every argument is one.</summary>
    private readonly struct Arguments
    {
        private readonly AttributeData _attribute;

        private Arguments(AttributeData attribute) => _attribute = attribute;

        /// <summary>Null while an argument is missing, half typed or not a constant.</summary>
        public static Arguments? Of(AttributeData attribute) =>
            attribute.AttributeConstructor is { } constructor
            && constructor.Parameters.Length == attribute.ConstructorArguments.Length
            && !attribute.ConstructorArguments.Any(IsError)
            && !attribute.NamedArguments.Any(argument => IsError(argument.Value))
                ? new Arguments(attribute)
                : null;

        /// <summary>What sets a property: an assignment, or the constructor's parameter of that name. Null where nothing does.</summary>
        public object? Value(string property)
        {
            foreach (KeyValuePair<string, TypedConstant> argument in _attribute.NamedArguments)
            {
                if (argument.Key == property) return argument.Value.Value;
            }

            for (int i = 0; i < _attribute.ConstructorArguments.Length; i++)
            {
                if (Sets(_attribute.AttributeConstructor!.Parameters[i].Name, property)) return _attribute.ConstructorArguments[i].Value;
            }

            return null;
        }

        public int? Int(string property) => Value(property) as int?;

        /// <summary>The value of a constructor's parameter: a constructor with that parameter was called, so that it is there.</summary>
        public int Required(string property) => Int(property) ?? 0;

        private static bool IsError(TypedConstant constant) => constant.Kind == TypedConstantKind.Error;
    }
}
