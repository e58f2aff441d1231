using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NoiseGen.Generator.Model;

namespace NoiseGen.CodeFixes;

/// <summary>Writes a stage's operations in the order in which they run; policies stay where they are.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AttributeOrderFix)), Shared]
public sealed class AttributeOrderFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.AttributeOrder];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Diagnostic diagnostic = context.Diagnostics[0];
        context.RegisterCodeFix(
            CodeAction.Create("Write operations in execution order", token => Reorder(context.Document, diagnostic, token),
                nameof(AttributeOrderFix)), diagnostic);
        return Task.CompletedTask;
    }

    // The analyzer knows the order: its additional locations are the operations in it.
    private static async Task<Document> Reorder(Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null) return document;
        AttributeSyntax[] ordered =
            [.. diagnostic.AdditionalLocations.Select(place => root.FindNode(place.SourceSpan)).OfType<AttributeSyntax>()];
        AttributeSyntax[] places = [.. ordered.OrderBy(attribute => attribute.SpanStart)];
        return document.WithSyntaxRoot(
            root.ReplaceNodes(places, (place, _) => ordered[Array.IndexOf(places, place)].WithTriviaFrom(place)));
    }
}
