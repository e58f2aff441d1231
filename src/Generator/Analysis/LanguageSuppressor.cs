using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NoiseGen.Generator.Parsing;

namespace NoiseGen.Generator.Analysis;

/// <summary>Suppresses other analyzers' warnings about code that this language requires. Page: docs/diagnostics/suppressions.md.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LanguageSuppressor : DiagnosticSuppressor
{
    internal static readonly SuppressionDescriptor PrivateStage = new(
        "NGS0001", "IDE0051", "A private stage is a layer of its network: declaring it uses it");

    internal static readonly SuppressionDescriptor NoiseKindWithoutEquality = new(
        "NGS0002", "CA1815", "A kind of noise must be a struct, and has no instances to compare");

    internal static readonly SuppressionDescriptor StaticMemberOfNoiseKind = new(
        "NGS0003", "CA1000", "A kind of noise implements the static members of its interface");

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions =>
        [PrivateStage, NoiseKindWithoutEquality, StaticMemberOfNoiseKind];

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (Diagnostic diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is not { } tree) continue;
            SyntaxNode place = tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan);
            ISymbol? symbol = context.GetSemanticModel(tree).GetDeclaredSymbol(place, context.CancellationToken);
            SuppressionDescriptor suppression = SupportedSuppressions.Single(one => one.SuppressedDiagnosticId == diagnostic.Id);
            if (symbol is not null && IsAskedFor(suppression, symbol))
                context.ReportSuppression(Suppression.Create(suppression, diagnostic));
        }
    }

    private static bool IsAskedFor(SuppressionDescriptor suppression, ISymbol symbol) => symbol switch
    {
        IPropertySymbol stage => suppression == PrivateStage && AttributeReader.On(stage).Length > 0
            && stage.ContainingType.GetAttributes()
                .Any(attribute => AttributeReader.IsNetwork(attribute) || AttributeReader.IsBlock(attribute)),
        INamedTypeSymbol type => suppression == NoiseKindWithoutEquality && Interfaces(type).Any(),
        IMethodSymbol method =>
            suppression == StaticMemberOfNoiseKind && Interfaces(method.ContainingType).SelectMany(one => one.GetMembers())
            .Any(member =>
                SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method)),
        _ => false,
    };

    // This library's interfaces that a kind of noise implements; none for a different type.
    private static IEnumerable<INamedTypeSymbol> Interfaces(INamedTypeSymbol type) =>
        type.AllInterfaces.Any(one => AttributeReader.IsNamed(one, nameof(INoiseKind)))
            ? type.AllInterfaces.Where(one => AttributeReader.IsNamed(one, one.Name)) : [];
}
