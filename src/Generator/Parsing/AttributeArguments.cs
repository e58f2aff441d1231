using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Parsing;

/// <summary>The arguments of one of this library's attributes; they are all constants.</summary>
internal readonly struct AttributeArguments
{
    private readonly AttributeData _attribute;
    private readonly SizeReader _sizes;

    private AttributeArguments(AttributeData attribute, SizeReader sizes) => (_attribute, _sizes) = (attribute, sizes);

    /// <summary>Reads the arguments; null while one is missing, incomplete or not a constant.</summary>
    public static AttributeArguments? Of(AttributeData attribute, SizeReader sizes) =>
        attribute.AttributeConstructor is { } constructor
        && constructor.Parameters.Length == attribute.ConstructorArguments.Length
        && !attribute.ConstructorArguments.Any(IsError)
        && !attribute.NamedArguments.Any(argument => IsError(argument.Value))
            ? new AttributeArguments(attribute, sizes)
            : null;

    /// <summary>
    /// The arguments that contain a block's placeholders where they have no meaning, or in unsupported arithmetic:
    /// the property that each sets, and its text.
    /// </summary>
    public IEnumerable<(string Property, string Text)> Misplaced
    {
        get
        {
            foreach ((string property, TypedConstant constant) in Given())
            {
                if (Argument(property) is not { } argument) continue;
                bool isPlaced = constant.Value is int folded && HasSizes
                    ? _sizes.Read(argument, folded) is not null
                    : !_sizes.MentionsPlaceholder(argument);
                if (!isPlaced) yield return (property, argument.ToString());
            }
        }
    }

    /// <summary>What sets a property: an assignment, or the constructor's parameter of that name. Null if neither exists.</summary>
    public object? Value(string property)
    {
        foreach ((string name, TypedConstant constant) in Given())
        {
            if (name == property) return constant.Value;
        }

        return null;
    }

    public bool? Bool(string property) => Value(property) as bool?;

    public int? Int(string property) => Value(property) as int?;

    /// <summary>A name; null if not given, empty if given as null.</summary>
    public string? Text(string property) => Given().Any(argument => argument.Property == property) ? Value(property) as string ?? "" : null;

    /// <summary>The value of a constructor's parameter, which exists because a constructor with that parameter was called.</summary>
    public int Required(string property) => Int(property) ?? 0;

    /// <summary>A number that may contain a block's placeholders; null if not given.</summary>
    public SizeExpression? Size(string property) =>
        Int(property) is not { } folded ? null : Argument(property) is { } argument ? _sizes.Read(argument, folded) : folded;

    /// <summary>The source of the argument that sets a property; null if there is none.</summary>
    public static AttributeArgumentSyntax? Written(AttributeData attribute, AttributeSyntax syntax, string property)
    {
        if (syntax.ArgumentList is not { Arguments: var arguments }) return null;
        for (int i = 0; i < arguments.Count; i++)
        {
            bool sets = arguments[i] switch
            {
                { NameEquals: { } assigned } => assigned.Name.Identifier.ValueText == property,
                { NameColon: { } named } => Sets(named.Name.Identifier.ValueText, property),
                _ => i < attribute.AttributeConstructor?.Parameters.Length
                    && Sets(attribute.AttributeConstructor.Parameters[i].Name, property),
            };
            if (sets) return arguments[i];
        }

        return null;
    }

    // Attributes whose integers are all sizes or repetition counts.
    private bool HasSizes => _attribute.AttributeClass!.Name
        is nameof(Conv2dAttribute) or nameof(DenseAttribute) or nameof(MaxPoolAttribute) or nameof(AvgPoolAttribute)
            or nameof(RepeatAttribute<>);

    // Assignments override what the constructor sets.
    private IEnumerable<(string Property, TypedConstant Constant)> Given()
    {
        foreach (KeyValuePair<string, TypedConstant> argument in _attribute.NamedArguments) yield return (argument.Key, argument.Value);
        for (int i = 0; i < _attribute.ConstructorArguments.Length; i++)
        {
            string parameter = _attribute.AttributeConstructor!.Parameters[i].Name;
            yield return (char.ToUpperInvariant(parameter[0]) + parameter[1..], _attribute.ConstructorArguments[i]);
        }
    }

    private ExpressionSyntax? Argument(string property) =>
        _attribute.ApplicationSyntaxReference?.GetSyntax(_sizes.Cancellation) is AttributeSyntax syntax
            ? Written(_attribute, syntax, property)?.Expression
            : null;

    // In this library, a constructor's parameter and the property that it sets differ only in the case of the first letter.
    private static bool Sets(string parameter, string property) => string.Equals(parameter, property, StringComparison.OrdinalIgnoreCase);

    private static bool IsError(TypedConstant constant) => constant.Kind == TypedConstantKind.Error;
}
