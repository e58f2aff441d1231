using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NoiseGen.Generator.Tests.Architecture;

/// <summary>A name in one folder's code that refers to something in another folder.</summary>
/// <param name="From">Folder of the code.</param>
/// <param name="To">Folder of the target.</param>
/// <param name="File">The file that contains the name.</param>
/// <param name="Name">The target, such as <c>NoiseSite.Range</c>.</param>
internal sealed record FolderReference(string From, string To, string File, string Name)
{
    /// <summary>All references between the folders of a project. Documentation may name anything.</summary>
    public static IEnumerable<FolderReference> In(SourceProject project)
    {
        foreach (SyntaxTree tree in project.Compilation.SyntaxTrees.Where(tree => tree.FilePath.Length > 0))
        {
            SemanticModel model = project.Compilation.GetSemanticModel(tree);
            string from = project.FolderOf(tree.FilePath);
            IEnumerable<ISymbol> meant = tree.GetRoot().DescendantNodes().SelectMany(node => Meant(model, node));
            foreach (ISymbol symbol in meant.ToHashSet(SymbolEqualityComparer.Default))
            {
                string[] to = [.. symbol.DeclaringSyntaxReferences.Select(part => project.FolderOf(part.SyntaxTree.FilePath)).Distinct()];
                if (to.Length > 0 && !to.Contains(from)) yield return new(from, to[0], Path.GetFileName(tree.FilePath), NameOf(symbol));
            }
        }
    }

    // Not only what is written: also operators, indexers, conversions, the constructors of new(), and the methods that a foreach calls.
    private static IEnumerable<ISymbol> Meant(SemanticModel model, SyntaxNode node)
    {
        if (node is CommonForEachStatementSyntax loop && model.GetForEachStatementInfo(loop).GetEnumeratorMethod is { } enumerator)
            yield return enumerator.OriginalDefinition;
        if (node is not (ExpressionSyntax or ConstructorInitializerSyntax or AttributeSyntax)) yield break;
        ISymbol? symbol = model.GetSymbolInfo(node).Symbol;
        if (symbol is IMethodSymbol { ReducedFrom: { } extension }) symbol = extension;
        if (symbol is IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol or INamedTypeSymbol)
            yield return symbol.OriginalDefinition;
        if (node is ExpressionSyntax expression && model.GetConversion(expression).MethodSymbol is { } conversion)
            yield return conversion.OriginalDefinition;
    }

    private static string NameOf(ISymbol symbol) => symbol is INamedTypeSymbol || symbol.ContainingType is null
        ? symbol.Name
        : $"{symbol.ContainingType.Name}.{(symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } ? "new" : symbol.Name)}";
}
