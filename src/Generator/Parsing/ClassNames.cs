using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Parsing;

/// <summary>The names of the user's class that the generated part needs.</summary>
internal static class ClassNames
{
    private static readonly SymbolDisplayFormat QualifiedName = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    public static ClassName Of(INamedTypeSymbol type) => new(
        type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(QualifiedName),
        new([.. Containers(type).Reverse().Select(Header)]),
        Escape(type.Name),
        HintName(type),
        KernelNamespace(HintName(type)));

    /// <summary>
    /// A name as written in code. Contextual keywords are escaped as well, and names in lower case, which may become keywords
    /// and cause compiler warnings: escaping is always allowed.
    /// </summary>
    public static string Escape(string name) => IsKeyword(name) || name.All(letter => letter is >= 'a' and <= 'z') ? "@" + name : name;

    private static bool IsKeyword(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None;

    /// <summary>The types that contain a type, innermost first.</summary>
    public static IEnumerable<INamedTypeSymbol> Containers(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? container = type.ContainingType; container is not null; container = container.ContainingType)
            yield return container;
    }

    /// <summary>How another part of a type begins, such as <c>partial class Net&lt;T&gt;</c>.</summary>
    public static string Header(INamedTypeSymbol type) => $"partial {Keyword(type)} {Escape(type.Name)}{Parameters(type, Variance)}";

    /// <summary>The type as its members write it, such as <c>Net&lt;T&gt;</c>.</summary>
    public static string Self(INamedTypeSymbol type) => Escape(type.Name) + Parameters(type, _ => "");

    private static string Parameters(INamedTypeSymbol type, Func<ITypeParameterSymbol, string> prefix) =>
        type.Arity == 0
            ? "" : $"<{string.Join(", ", type.TypeParameters.Select(parameter => prefix(parameter) + Escape(parameter.Name)))}>";

    private static string Variance(ITypeParameterSymbol parameter) => parameter.Variance switch
    {
        VarianceKind.In => "in ",
        VarianceKind.Out => "out ",
        _ => "",
    };

    private static string Keyword(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Interface } => "interface",
        { TypeKind: TypeKind.Struct, IsRecord: true } => "record struct",
        { TypeKind: TypeKind.Struct } => "struct",
        { IsRecord: true } => "record",
        _ => "class",
    };

    // Metadata names are unique in a compilation, but hint names are compared without case, and equal ones silently drop all output.
    // In the kernels' namespace, two underscores separate a nested type from its containing type.
    private static string HintName(INamedTypeSymbol type)
    {
        string[] path = [.. Namespaces(type).Reverse().Select(part => part.Name)];
        string types = string.Join("+", Containers(type).Reverse().Append(type).Select(part => part.MetadataName));
        string name = string.Join(".", path.Append(types));
        bool mayReadAsNested = types.Contains("__") || types.Contains("_+") || types.Contains("+_");
        string kinds = KindsAmongTwins(type);
        return HasTwin(type) || mayReadAsNested || kinds.Length > 0 ? $"{name}-{StableHash.Of(name + kinds):x8}" : name;
    }

    // A class and a struct with the same name are a mistake, which the compiler reports; both are completed anyway.
    private static string KindsAmongTwins(INamedTypeSymbol type)
    {
        INamedTypeSymbol[] path = [.. Containers(type).Append(type)];
        bool hasTwin = path.Any(one => ((INamespaceOrTypeSymbol)one.ContainingSymbol).GetTypeMembers(one.Name, one.Arity).Length > 1);
        return hasTwin ? string.Concat(path.Select(one => $" {one.TypeKind} {one.IsRecord}")) : "";
    }

    // Containing types are part of the last name, so that no network's namespace is nested in another's or named like one of its classes.
    private static string KernelNamespace(string hintName) =>
        "NoiseGen.Generated." + string.Join(".", hintName.Replace('-', '_').Replace("+", "__").Split('.').Select(Escape));

    private static IEnumerable<INamespaceSymbol> Namespaces(INamedTypeSymbol type)
    {
        for (INamespaceSymbol part = type.ContainingNamespace; !part.IsGlobalNamespace; part = part.ContainingNamespace) yield return part;
    }

    private static bool HasTwin(INamedTypeSymbol type) =>
        Containers(type).Concat<INamespaceOrTypeSymbol>(Namespaces(type)).Append(type).Any(HasSiblingOfOtherCase);

    private static bool HasSiblingOfOtherCase(INamespaceOrTypeSymbol symbol) =>
        ((INamespaceOrTypeSymbol)symbol.ContainingSymbol).GetMembers().OfType<INamespaceOrTypeSymbol>()
            .Any(sibling => sibling.Name != symbol.Name && string.Equals(sibling.Name, symbol.Name, StringComparison.OrdinalIgnoreCase));
}
