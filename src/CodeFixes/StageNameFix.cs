using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NoiseGen.Generator.Model;

namespace NoiseGen.CodeFixes;

/// <summary>
/// Corrects the name of an earlier stage in <c>[From]</c>, <c>[Add]</c> and <c>[Concat]</c>: the most similar one, as <c>nameof</c>.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(StageNameFix)), Shared]
public sealed class StageNameFix : CodeFixProvider
{
    // The compiler reports a nameof of something that does not exist.
    private const string UnknownName = "CS0103";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.UnknownStage, UnknownName];

    // The most similar name is a guess, so each fix needs a look: there is no fix for all.
    /// <inheritdoc/>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || model is null || root.FindNode(context.Span).FirstAncestorOrSelf<AttributeSyntax>() is not { } attribute)
            return;
        if (!NamesAStage(model.GetTypeInfo(attribute, context.CancellationToken).Type)
            || attribute.ArgumentList is not { Arguments: [{ Expression: var written }, ..] })
            return;
        if (Nearest(Name(written), EarlierStages(attribute)) is not { } stage) return;

        SyntaxNode corrected = root.ReplaceNode(written, SyntaxFactory.ParseExpression($"nameof({stage.Text})").WithTriviaFrom(written));
        context.RegisterCodeFix(
            CodeAction.Create($"Change to 'nameof({stage.Text})'", _ => Task.FromResult(context.Document.WithSyntaxRoot(corrected)),
                nameof(StageNameFix)), context.Diagnostics);
    }

    private static bool NamesAStage(ITypeSymbol? attribute) => attribute is
    {
        Name: "FromAttribute" or "AddAttribute" or "ConcatAttribute",
        ContainingNamespace: { Name: nameof(NoiseGen), ContainingNamespace.IsGlobalNamespace: true },
    };

    // The last name in nameof(Stem) and nameof(Net.Stem), the text of "Stem".
    private static string Name(ExpressionSyntax written) =>
        written.DescendantTokens()
            .LastOrDefault(token => token.IsKind(SyntaxKind.IdentifierToken) || token.IsKind(SyntaxKind.StringLiteralToken)).ValueText;

    private static IEnumerable<SyntaxToken> EarlierStages(AttributeSyntax attribute) =>
        attribute.FirstAncestorOrSelf<PropertyDeclarationSyntax>() is { Parent: TypeDeclarationSyntax type } property
            ? type.Members.TakeWhile(member => member != property).OfType<PropertyDeclarationSyntax>()
                .Where(stage => stage.AttributeLists.Count > 0).Select(stage => stage.Identifier)
            : [];

    // Of equally similar names, the last: stages more often read what is just before them.
    private static SyntaxToken? Nearest(string name, IEnumerable<SyntaxToken> stages) =>
        stages.Reverse().OrderBy(stage => EditDistance.Between(name, stage.ValueText))
            .Select(stage => (SyntaxToken?)stage).FirstOrDefault();
}
