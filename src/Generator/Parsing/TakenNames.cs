using Microsoft.CodeAnalysis;

namespace NoiseGen.Generator.Parsing;

/// <summary>Names that the user's class and stages cannot have.</summary>
internal static class TakenNames
{
    // What the generated part of the class declares beside INetwork's members.
    private const string OfGeneratedCode = "s_description";

    /// <summary>Whether a stage of this name would hide a member of every network, or confuse the generated code.</summary>
    public static bool ForStage(string name, Compilation compilation) =>
        ForClass(name, compilation) || Inherited(compilation).Any(type => type.GetMembers(name).Any(IsInherited));

    /// <summary>Whether a class of this name would confuse the generated code.</summary>
    public static bool ForClass(string name, Compilation compilation) =>
        name == OfGeneratedCode || compilation.GetTypeByMetadataName($"{nameof(NoiseGen)}.INetwork`1")?.GetMembers(name).IsEmpty == false;

    // What a network and what a block inherits: a name that one of them cannot have is no name for a stage.
    private static IEnumerable<INamedTypeSymbol> Inherited(Compilation compilation)
    {
        foreach (string baseClass in new[] { ClassRules.BaseClass, ClassRules.BlockBaseClass })
        {
            INamedTypeSymbol? type = compilation.GetTypeByMetadataName($"{nameof(NoiseGen)}.{baseClass}");
            for (; type is not null; type = type.BaseType) yield return type;
        }
    }

    private static bool IsInherited(ISymbol member) =>
        member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;
}
