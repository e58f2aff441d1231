using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NoiseGen.Generator.Graph;

namespace NoiseGen.Generator.Parsing;

/// <summary>
/// A class that cannot be read as a network or block. Its partial properties are completed all the same: for each one without an implementation the compiler would report an
/// error, and where it has such errors, a build does not say what the analyzer found.
/// </summary>
/// <param name="Class">Where the generated code goes.</param>
/// <param name="BaseClass">What the class derives from in its generated part; null where it cannot derive from it.</param>
/// <param name="Properties">The implementations, as code.</param>
internal sealed record ClassStub(ClassName Class, string? BaseClass, EquatableArray<string> Properties)
{
    private static readonly SymbolDisplayFormat s_type =
        SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>The stub of a class; null where there is nothing to complete, or where no second part of the class can stand.</summary>
    /// <param name="baseClass">The library's class that a network, or a block, derives from.</param>
    public static ClassStub? Of(INamedTypeSymbol type, string baseClass, Compilation compilation, CancellationToken cancellation)
    {
        INamedTypeSymbol[] path = [type, .. ClassNames.Containers(type)];
        bool isTwice = type.GetAttributes().Count(attribute => AttributeReader.IsNetwork(attribute) || AttributeReader.IsBlock(attribute)) != 1;
        if (isTwice || type.IsGenericType || path.Any(part => part.IsFileLocal || part.Name.Length == 0)) return null;

        IPropertySymbol[] properties = [.. type.GetMembers().OfType<IPropertySymbol>().Where(property => StageProperties.LacksImplementation(property, cancellation))];
        if (properties.Length == 0 || properties.Select(property => property.Name).Distinct().Count() != properties.Length) return null;
        bool derives = ClassRules.CanDerive(type, baseClass, cancellation) && !TakenNames.ForClass(type.Name, compilation) && !properties.Any(property => TakenNames.ForStage(property.Name, compilation));
        return new(ClassNames.Of(type), derives ? baseClass : null, new([.. properties.Select(property => Code(property, cancellation))]));
    }

    private static string Code(IPropertySymbol property, CancellationToken cancellation)
    {
        string accessors = string.Concat(new[] { property.GetMethod, property.SetMethod }.OfType<IMethodSymbol>().Select(accessor => Code(accessor, property)));
        return $"{StageProperties.Modifiers(property, cancellation)} partial {property.Type.ToDisplayString(s_type)} {ClassNames.Escape(property.Name)} {{ {accessors}}}".TrimStart();
    }

    private static string Code(IMethodSymbol accessor, IPropertySymbol property)
    {
        string modifiers = accessor.DeclaredAccessibility == property.DeclaredAccessibility ? "" : SyntaxFacts.GetText(accessor.DeclaredAccessibility) + " ";
        string keyword = accessor.MethodKind == MethodKind.PropertyGet ? "get" : accessor.IsInitOnly ? "init" : "set";
        return $"{modifiers}{keyword} => throw null!; ";
    }
}
