using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NoiseGen.Generator.Parsing;

/// <summary>
/// Types that have stages, but are neither networks nor blocks: most likely <c>[Network]</c> is missing.
/// They are completed only if the analyzer reports them, since a completed type compiles.
/// </summary>
internal static class StrayStages
{
    /// <summary>
    /// Whether a node is such a type, judged by its text. Networks are excluded here, so that edits elsewhere cost them nothing.
    /// </summary>
    public static bool MayBeIn(SyntaxNode node) => node is TypeDeclarationSyntax type && type.Members.Any(IsStage) && !IsMarked(type);

    /// <summary>The stub of such a type, one for all its parts.</summary>
    public static ClassStub? Parse(GeneratorSyntaxContext context, CancellationToken cancellation)
    {
        if (context.SemanticModel.GetDeclaredSymbol(context.Node, cancellation) is not INamedTypeSymbol type) return null;
        if (IsNetworkOrBlock(type) || !type.GetMembers().Append(type).Any(symbol => AttributeReader.On(symbol).Length > 0)) return null;

        bool isFirst = type.DeclaringSyntaxReferences.Select(part => part.GetSyntax(cancellation)).First(MayBeIn) == context.Node;
        return isFirst ? ClassStub.Of(type, baseClass: null, context.SemanticModel.Compilation, cancellation) : null;
    }

    /// <summary>Whether a declaration is a class or a record class.</summary>
    public static bool IsClass(SyntaxNode node) => node.IsKind(SyntaxKind.ClassDeclaration) || node.IsKind(SyntaxKind.RecordDeclaration);

    private static bool IsStage(MemberDeclarationSyntax member) =>
        member is PropertyDeclarationSyntax property && property.Modifiers.Any(SyntaxKind.PartialKeyword)
            && LastName(property.Type) is "Stage" or "Blocks";

    private static bool IsNetworkOrBlock(INamedTypeSymbol type) => type.TypeKind == TypeKind.Class
        && type.GetAttributes().Any(attribute => AttributeReader.IsNetwork(attribute) || AttributeReader.IsBlock(attribute));

    private static bool IsMarked(TypeDeclarationSyntax type) =>
        IsClass(type) && type.AttributeLists.SelectMany(list => list.Attributes).Any(IsMark);

    private static bool IsMark(AttributeSyntax attribute) =>
        LastName(attribute.Name) is "Network" or nameof(NetworkAttribute) or "Block" or nameof(BlockAttribute);

    private static string? LastName(TypeSyntax type) => type switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        QualifiedNameSyntax name => name.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax name => name.Name.Identifier.ValueText,
        _ => null,
    };
}
