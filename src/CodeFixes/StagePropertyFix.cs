using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using NoiseGen.Generator.Model;

namespace NoiseGen.CodeFixes;

/// <summary>Converts a field, or a property of another kind, into the partial get-only property that a stage must be.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(StagePropertyFix)), Shared]
public sealed class StagePropertyFix : DeclarationFix
{
    // On a field, the compiler rejects the attribute: "it is only valid on property declarations".
    private const string AttributeOnWrongMember = "CS0592";

    // What a stage cannot have, and partial, which is moved to its proper place.
    private static readonly SyntaxKind[] Unsuitable =
        [SyntaxKind.StaticKeyword, SyntaxKind.ReadOnlyKeyword, SyntaxKind.ConstKeyword, SyntaxKind.VolatileKeyword,
            SyntaxKind.RequiredKeyword, SyntaxKind.PartialKeyword];

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.UnsuitableProperty, AttributeOnWrongMember];

    private protected override string Title => "Convert to a partial property";

    private protected override async Task<MemberDeclarationSyntax[]> DeclarationsAt(
        Document document, TextSpan place, CancellationToken cancellation)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        MemberDeclarationSyntax? member = root?.FindNode(place).FirstAncestorOrSelf<MemberDeclarationSyntax>();
        TypeSyntax? type = member switch
        {
            PropertyDeclarationSyntax { ExplicitInterfaceSpecifier: null } property => property.Type,
            FieldDeclarationSyntax { Declaration: { Variables.Count: 1, Type: var one } } => one,
            _ => null,
        };
        if (type is null || !IsOfStages(model?.GetTypeInfo(type, cancellation).Type)) return [];
        return Rewritten(member!).IsEquivalentTo(member) ? [] : [member!];
    }

    private protected override MemberDeclarationSyntax Rewritten(MemberDeclarationSyntax declaration) =>
        declaration is FieldDeclarationSyntax field
        ? Property(field, field.Declaration.Type, field.Declaration.Variables[0].Identifier)
        : Property(declaration, ((PropertyDeclarationSyntax)declaration).Type, ((PropertyDeclarationSyntax)declaration).Identifier);

    private static bool IsOfStages(ITypeSymbol? type) =>
        type is { Name: "Stage" or "Blocks", ContainingNamespace: { Name: nameof(NoiseGen), ContainingNamespace.IsGlobalNamespace: true } };

    private static PropertyDeclarationSyntax Property(MemberDeclarationSyntax member, TypeSyntax type, SyntaxToken name)
    {
        SyntaxToken first = member.AttributeLists.Count > 0
            ? member.AttributeLists.Last().GetLastToken().GetNextToken() : member.GetFirstToken();
        SyntaxToken[] modifiers =
            [.. member.Modifiers.Where(modifier => !Unsuitable.Contains(modifier.Kind())), WithSpace(SyntaxKind.PartialKeyword)];
        modifiers[0] = modifiers[0].WithLeadingTrivia(first.LeadingTrivia);
        AccessorDeclarationSyntax get = SyntaxFactory.AccessorDeclaration(SyntaxKind.GetAccessorDeclaration)
            .WithKeyword(Token(SyntaxKind.GetKeyword)).WithSemicolonToken(WithSpace(SyntaxKind.SemicolonToken));
        return SyntaxFactory.PropertyDeclaration(
            type.WithoutTrivia().WithTrailingTrivia(SyntaxFactory.Space), name.WithoutTrivia().WithTrailingTrivia(SyntaxFactory.Space))
            .WithAttributeLists(member.AttributeLists)
            .WithModifiers(SyntaxFactory.TokenList(modifiers))
            .WithAccessorList(SyntaxFactory.AccessorList(WithSpace(SyntaxKind.OpenBraceToken), [get], Token(SyntaxKind.CloseBraceToken)))
            .WithTriviaFrom(member);
    }

    private static SyntaxToken WithSpace(SyntaxKind kind) => Token(kind).WithTrailingTrivia(SyntaxFactory.Space);

    // Without elastic trivia, which would make the editor reformat the line.
    private static SyntaxToken Token(SyntaxKind kind) => SyntaxFactory.Token(default, kind, default);
}
