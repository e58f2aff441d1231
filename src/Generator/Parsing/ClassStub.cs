using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Parsing;

/// <summary>
/// A type that is not a network or block, or cannot be read as one.
/// Its stages are completed anyway: the compiler would report an error for each one without an implementation,
/// and with such errors a build does not show what the analyzer found.
/// </summary>
/// <param name="Class">The class that the generated code completes.</param>
/// <param name="Header">The header of the generated part, such as <c>partial class Net&lt;T&gt;</c>.</param>
/// <param name="Self">The type's name with its type parameters.</param>
/// <param name="BaseClass">The base class in the generated part; null if the class cannot derive from it.</param>
/// <param name="Properties">The implementations, as code.</param>
internal sealed record ClassStub(ClassName Class, string Header, string Self, string? BaseClass, EquatableArray<string> Properties)
{
    private static readonly SymbolDisplayFormat s_type =
        SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
            SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat s_parameter = s_type.WithParameterOptions(
        SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeModifiers);

    /// <summary>The stub of a type; null if there is nothing to complete, or the type cannot have a second part.</summary>
    /// <param name="baseClass">The library's base class of networks or of blocks; null for neither.</param>
    public static ClassStub? Of(INamedTypeSymbol type, string? baseClass, Compilation compilation, CancellationToken cancellation)
    {
        // The compiler reports a duplicate attribute.
        bool isTwice = type.GetAttributes().Count(AttributeReader.IsNetwork) > 1 || type.GetAttributes().Count(AttributeReader.IsBlock) > 1;
        if (isTwice || ClassRules.IsFileLocal(type) || ClassNames.Containers(type).Prepend(type).Any(part => part.Name.Length == 0))
            return null;

        IPropertySymbol[] properties =
            [.. StageProperties.Of(type, cancellation).Where(property => StageProperties.LacksImplementation(property, cancellation))];
        if (properties.Length == 0 || properties.Select(property => property.Name).Distinct().Count() != properties.Length) return null;
        bool derives = baseClass is not null && ClassRules.CanDerive(type, baseClass, cancellation)
            && !TakenNames.ForClass(type.Name, compilation) && !TakenNames.Collisions(type, compilation, cancellation).Any()
            && !properties.Any(property => TakenNames.ForStage(property.Name, compilation));
        string[] code = [.. properties.Select(property => Code(property, cancellation))];
        return new(ClassNames.Of(type), ClassNames.Header(type), ClassNames.Self(type), derives ? baseClass : null, new(code));
    }

    private static string Code(IPropertySymbol property, CancellationToken cancellation)
    {
        string accessors = string.Concat(
            new[] { property.GetMethod, property.SetMethod }.OfType<IMethodSymbol>().Select(accessor => Code(accessor, property)));
        string modifiers = StageProperties.Modifiers(property, cancellation);
        return $"{modifiers} partial {property.Type.ToDisplayString(s_type)} {Name(property)} {{ {accessors}}}".TrimStart();
    }

    private static string Name(IPropertySymbol property) => property.IsIndexer
        ? $"this[{string.Join(", ", property.Parameters.Select(parameter => parameter.ToDisplayString(s_parameter)))}]"
        : ClassNames.Escape(property.Name);

    private static string Code(IMethodSymbol accessor, IPropertySymbol property)
    {
        string modifiers = accessor.DeclaredAccessibility == property.DeclaredAccessibility
            ? "" : SyntaxFacts.GetText(accessor.DeclaredAccessibility) + " ";
        string keyword = accessor.MethodKind == MethodKind.PropertyGet ? "get" : accessor.IsInitOnly ? "init" : "set";
        return $"{modifiers}{keyword} => throw null!; ";
    }
}
