using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace NoiseGen.CodeFixes;

/// <summary>
/// A fix that rewrites declarations. A declaration with several mistakes, in this file or another, is rewritten once.
/// </summary>
public abstract class DeclarationFix : CodeFixProvider
{
    private protected DeclarationFix() { }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => new AllTogether(this);

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        MemberDeclarationSyntax[] declarations =
            await DeclarationsAt(context.Document, context.Span, context.CancellationToken).ConfigureAwait(false);
        if (declarations.Length == 0) return;
        context.RegisterCodeFix(
            CodeAction.Create(Title, token => Rewrite(context.Document.Project.Solution, declarations, token), GetType().Name),
            context.Diagnostics);
    }

    private protected abstract string Title { get; }

    /// <summary>The declarations to rewrite for a mistake at a place in a document; none if this fix cannot correct it.</summary>
    private protected abstract Task<MemberDeclarationSyntax[]> DeclarationsAt(
        Document document, TextSpan place, CancellationToken cancellation);

    /// <summary>The corrected declaration. Nested declarations have already been rewritten.</summary>
    private protected abstract MemberDeclarationSyntax Rewritten(MemberDeclarationSyntax declaration);

    private async Task<Solution> Rewrite(
        Solution solution, IEnumerable<MemberDeclarationSyntax> declarations, CancellationToken cancellation)
    {
        foreach (IGrouping<SyntaxTree, MemberDeclarationSyntax> file in declarations.Distinct()
            .GroupBy(declaration => declaration.SyntaxTree))
        {
            if (solution.GetDocumentId(file.Key) is not { } document) continue;
            SyntaxNode root = await file.Key.GetRootAsync(cancellation).ConfigureAwait(false);
            solution = solution.WithDocumentSyntaxRoot(document, root.ReplaceNodes(file, (_, declaration) => Rewritten(declaration)));
        }

        return solution;
    }

    private sealed class AllTogether(DeclarationFix fix) : FixAllProvider
    {
        public override async Task<CodeAction?> GetFixAsync(FixAllContext context)
        {
            List<MemberDeclarationSyntax> declarations = [];
            foreach (Diagnostic diagnostic in await Diagnostics(context).ConfigureAwait(false))
            {
                if (context.Solution.GetDocument(diagnostic.Location.SourceTree) is { } document)
                    declarations.AddRange(await fix.DeclarationsAt(document, diagnostic.Location.SourceSpan, context.CancellationToken)
                        .ConfigureAwait(false));
            }

            return CodeAction.Create(
                fix.Title, token => fix.Rewrite(context.Solution, declarations, token), context.CodeActionEquivalenceKey);
        }

        private static async Task<IEnumerable<Diagnostic>> Diagnostics(FixAllContext context)
        {
            if (context is { Scope: FixAllScope.Document, Document: { } document })
                return await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false);
            List<Diagnostic> found = [];
            foreach (Project project in context.Scope == FixAllScope.Solution ? context.Solution.Projects : [context.Project])
                found.AddRange(await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false));
            return found;
        }
    }
}
