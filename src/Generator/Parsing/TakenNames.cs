using Microsoft.CodeAnalysis;

namespace NoiseGen.Generator.Parsing;

/// <summary>Names that the user's class and stages cannot have.</summary>
internal static class TakenNames
{
    // What the generated part declares or ends its files' names with (which are compared without case), and the types that its code names from inside
    // the user's class, where a stage of the same name would come first. A test compares this list with the code.
    private static readonly HashSet<string> OfGeneratedCode = new(StringComparer.OrdinalIgnoreCase)
    {
        "GeneratedCode", "s_description", "Code", "Tile", "Tiles",
        "AveragePool", "LaneMask", "Math", "MaxPool", "MemoryMarshal", "MethodImplOptions", "NoiseRow", "Share", "Taps", "Unsafe", "Vector512",
    };

    /// <summary>Whether a stage of this name would hide a member of every network, or confuse the generated code.</summary>
    public static bool ForStage(string name, Compilation compilation) =>
        ForClass(name, compilation) || Inherited(compilation).Any(type => type.GetMembers(name).Any(IsInherited));

    /// <summary>Whether a class of this name would confuse the generated code.</summary>
    public static bool ForClass(string name, Compilation compilation) =>
        OfGeneratedCode.Contains(name) || compilation.GetTypeByMetadataName($"{nameof(NoiseGen)}.INetwork`1")?.GetMembers(name).IsEmpty == false;

    private static IEnumerable<INamedTypeSymbol> Inherited(Compilation compilation)
    {
        INamedTypeSymbol? type = compilation.GetTypeByMetadataName($"{nameof(NoiseGen)}.{ClassRules.BaseClass}");
        for (; type is not null; type = type.BaseType) yield return type;
    }

    private static bool IsInherited(ISymbol member) =>
        member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;
}
