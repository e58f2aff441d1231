using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NoiseGen.Generator.Diagnostics;
using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Model;
using NoiseGen.Generator.Parsing;
using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Analysis;

/// <summary>Reports every mistake in a network's declaration at the attribute that caused it, while the user is typing.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NetworkAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(typeof(NetworkAttribute).FullName) is not null)
                start.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
        });
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
        bool isNetwork = type.GetAttributes().Any(AttributeReader.IsNetwork), isBlock = type.GetAttributes().Any(AttributeReader.IsBlock);
        if ((isNetwork || isBlock) && ClassRules.IsFileLocal(type)) return; // the generator reports it
        if (isNetwork)
        {
            if (type.TypeKind == TypeKind.Class) Report(type, Problems(type, context.Compilation, context.CancellationToken), context);
        }
        else if (isBlock)
        {
            Report(type, BlockClass.Parse(type, context.Compilation, context.CancellationToken).Problems, context);
        }
        else
        {
            ReportStrays(type, context);
        }
    }

    private static void Report(INamedTypeSymbol network, IEnumerable<Problem> problems, SymbolAnalysisContext context)
    {
        foreach (Problem problem in problems)
        {
            Location location = PlaceLocator.Locate(network, problem.Place, context.CancellationToken);
            IEnumerable<Location> related = problem.Related.Select(place => PlaceLocator.Locate(network, place, context.CancellationToken));
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.Of(problem.Id), location, related, [.. problem.Arguments]));
        }
    }

    private static IEnumerable<Problem> Problems(INamedTypeSymbol network, Compilation compilation, CancellationToken cancellation)
    {
        ParsedNetwork parsed = NetworkParser.Parse(network, compilation, cancellation);
        if (parsed.Declaration is not { } declaration) return parsed.Problems;

        ProblemList suggestions = new();
        AttributeOrder.Check(declaration, suggestions);
        GraphResult result = GraphBuilder.Build(declaration);
        Problem? tooLarge = result.Graph is { } graph ? Planner.Plan(graph).Memory.Problem(declaration.Class.Name) : null;
        return result.Problems.Concat(tooLarge is null ? [] : [tooLarge]).Concat(suggestions.ToArray());
    }

    private static void ReportStrays(INamedTypeSymbol type, SymbolAnalysisContext context)
    {
        foreach (ISymbol symbol in type.GetMembers().OfType<IPropertySymbol>().Prepend<ISymbol>(type))
        {
            foreach (AttributeData attribute in AttributeReader.On(symbol))
            {
                Location location = PlaceLocator.Locate(attribute, null, context.CancellationToken) ?? symbol.Locations[0];
                string name = attribute.AttributeClass!.Name;
                context.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.Of(DiagnosticIds.OutsideNetwork), location, name[..^nameof(Attribute).Length], symbol.Name, type.Name));
            }
        }
    }
}
