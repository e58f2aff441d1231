using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Parsing;

/// <summary>The properties of a class that declare stages, and the rules for them.</summary>
internal static class StageProperties
{
    private const string StageType = "Stage";
    private const string BlocksType = "Blocks";

    /// <summary>
    /// The properties with an attribute of this library, and the incomplete ones of type <c>Stage</c> or <c>Blocks</c>,
    /// in source order.
    /// </summary>
    public static IPropertySymbol[] Of(INamedTypeSymbol network, CancellationToken cancellation) =>
        [.. network.GetMembers().OfType<IPropertySymbol>().Where(property => IsStage(property, cancellation))];

    /// <summary>Checks a stage against those before it.</summary>
    public static void CheckTogether(IPropertySymbol[] stages, ProblemList problems, CancellationToken cancellation)
    {
        for (int i = 1; i < stages.Length; i++)
        {
            IPropertySymbol stage = stages[i];
            if (Syntax(stage, cancellation).Parent != Syntax(stages[0], cancellation).Parent)
                problems.Add(DiagnosticIds.StagesInTwoParts, Place.Name(i), stage.Name, stage.ContainingType.Name, stages[0].Name);

            if (stages.Take(i).FirstOrDefault(earlier => DifferInCaseOnly(earlier.Name, stage.Name)) is { } twin)
                problems.Add(DiagnosticIds.NamesDifferInCase, Place.Name(i), stage.Name, twin.Name);
        }
    }

    public static void Check(
        IPropertySymbol property, int index, Compilation compilation, ProblemList problems, CancellationToken cancellation)
    {
        if (property.Type.TypeKind == TypeKind.Error) return; // the compiler reports it

        Place name = Place.Name(index);
        if (IsOfBlocks(property) && !IsTyped(property))
            problems.Add(DiagnosticIds.UnsuitableProperty, name, property.Name, NotRepeated(property));
        else if (!HasStageType(property))
            problems.Add(DiagnosticIds.NotAStage, name, property.Name, property.Type.ToDisplayString());
        else if (Unsuitable(property, cancellation) is { } reason)
            problems.Add(DiagnosticIds.UnsuitableProperty, name, property.Name, reason);

        if (TakenNames.ForStage(property.Name, compilation))
            problems.Add(DiagnosticIds.NameTaken, name, "Stage", property.Name, TakenNames.ByNetworks);
    }

    /// <summary>
    /// Whether a stage has the name of its class, which C# reserves for constructors. The compiler and the generator report it.
    /// </summary>
    public static bool IsNamedLikeItsClass(IPropertySymbol property) => property.Name == property.ContainingType.Name;

    /// <summary>The modifiers without <c>partial</c>; both parts of a partial property have the same ones.</summary>
    public static string Modifiers(IPropertySymbol property, CancellationToken cancellation) => string.Join(
        " ", Syntax(property, cancellation).Modifiers.Where(modifier => !modifier.IsKind(SyntaxKind.PartialKeyword))
            .Select(modifier => modifier.Text));

    /// <summary>Whether a partial property lacks its implementation.</summary>
    public static bool LacksImplementation(IPropertySymbol property, CancellationToken cancellation) =>
        property is { IsPartialDefinition: true, RefKind: RefKind.None }
        && property is { Type.TypeKind: not TypeKind.Error, ExplicitInterfaceImplementations.IsEmpty: true }
        && property.Name.Length > 0 && Syntax(property, cancellation).Parent is TypeDeclarationSyntax && !IsCompletedByUser(property);

    // A record's parameter is a property too, but cannot be a stage.
    private static bool IsStage(IPropertySymbol property, CancellationToken cancellation) =>
        property.DeclaringSyntaxReferences is [var part, ..]
        && part.GetSyntax(cancellation) is BasePropertyDeclarationSyntax
        && (AttributeReader.On(property).Length > 0
            || (property.IsPartialDefinition && (HasStageType(property) || IsOfBlocks(property)) && !IsCompletedByUser(property)));

    private static bool DifferInCaseOnly(string left, string right) =>
        left != right && string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the property is of type <c>Blocks&lt;TBlock&gt;</c>, where TBlock is the repeated block.</summary>
    public static bool IsTyped(IPropertySymbol property) =>
        IsOfBlocks(property)
        && property.Type is INamedTypeSymbol { TypeArguments: [var block] }
        && SymbolEqualityComparer.Default.Equals(block, BlockParser.BlockOf(property));

    private static bool IsOfBlocks(IPropertySymbol property) => AttributeReader.IsNamed(property.Type, BlocksType);

    private static bool HasStageType(IPropertySymbol property) =>
        (AttributeReader.IsNamed(property.Type, StageType) || IsTyped(property)) && property.RefKind == RefKind.None
            && property.NullableAnnotation != NullableAnnotation.Annotated;

    private static string NotRepeated(IPropertySymbol property)
    {
        string block = ((INamedTypeSymbol)property.Type).TypeArguments[0].ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        return $"is of type 'Blocks<{block}>' without [Repeat<{block}>]";
    }

    private static string? Unsuitable(IPropertySymbol property, CancellationToken cancellation)
    {
        if (property.IsIndexer) return "is an indexer";
        if (!property.ExplicitInterfaceImplementations.IsEmpty) return "implements an interface explicitly";
        if (property.IsStatic) return "is static";
        if (!Syntax(property, cancellation).Modifiers.Any(SyntaxKind.PartialKeyword)) return "is not partial";
        if (property.GetMethod is null || property.SetMethod is not null) return "is not get-only";
        return !property.IsPartialDefinition || IsCompletedByUser(property) ? "has a body" : null;
    }

    // The analyzer also sees the generator's implementation. Roslyn recognizes generated files by this suffix as well.
    private static bool IsCompletedByUser(IPropertySymbol property) =>
        property.PartialImplementationPart?.DeclaringSyntaxReferences
            .Any(part => !part.SyntaxTree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal)) == true;

    private static BasePropertyDeclarationSyntax Syntax(IPropertySymbol property, CancellationToken cancellation) =>
        (BasePropertyDeclarationSyntax)property.DeclaringSyntaxReferences[0].GetSyntax(cancellation);
}
