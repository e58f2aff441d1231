using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using NoiseGen.Generator.Model;

namespace NoiseGen.CodeFixes;

/// <summary>Makes a network's class, in all its parts, and the types that contain it partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialFix)), Shared]
public sealed class MakePartialFix : DeclarationFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.ClassNotPartial, DiagnosticIds.ContainerNotPartial];

    private protected override string Title => "Make the class and its containing types partial";

    private protected override async Task<MemberDeclarationSyntax[]> DeclarationsAt(
        Document document, TextSpan place, CancellationToken cancellation)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return root?.FindNode(place).FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type
            ? [.. Parts(model?.GetDeclaredSymbol(type, cancellation), cancellation)] : [];
    }

    // C# requires partial to be the last modifier. The first token of the declaration keeps its leading trivia.
    private protected override MemberDeclarationSyntax Rewritten(MemberDeclarationSyntax declaration)
    {
        var type = (TypeDeclarationSyntax)declaration;
        SyntaxToken partial = SyntaxFactory.Token(default, SyntaxKind.PartialKeyword, [SyntaxFactory.Space]);
        if (type.Modifiers.Count > 0) return type.AddModifiers(partial);
        SyntaxTriviaList before = type.Keyword.LeadingTrivia;
        return type.WithKeyword(type.Keyword.WithLeadingTrivia()).AddModifiers(partial.WithLeadingTrivia(before));
    }

    // The declarations, of a type and its containing types, that are not partial.
    private static IEnumerable<TypeDeclarationSyntax> Parts(INamedTypeSymbol? type, CancellationToken cancellation)
    {
        for (; type is not null; type = type.ContainingType)
        {
            foreach (SyntaxReference part in type.DeclaringSyntaxReferences)
            {
                if (part.GetSyntax(cancellation) is TypeDeclarationSyntax declaration
                    && !declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
                    yield return declaration;
            }
        }
    }
}
