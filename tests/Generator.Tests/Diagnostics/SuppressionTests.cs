using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NoiseGen.Generator.Analysis;

namespace NoiseGen.Generator.Tests.Diagnostics;

/// <summary>Other analyzers do not report what the language requires, and nothing else is suppressed.</summary>
public sealed class SuppressionTests
{
    private const string Apply =
        "public static System.Runtime.Intrinsics.Vector512<float> Apply(System.Runtime.Intrinsics.Vector512<float> values, "
        + "System.Runtime.Intrinsics.Vector512<float> sigma, System.Runtime.Intrinsics.Vector512<float> samples) => values;";

    [Theory]
    [InlineData("IDE0051", SymbolKind.Property,
        "[Network(4)] partial class Net { [Dense(3), Relu] private partial Stage Hidden { get; } "
            + "[Dense(2)] partial Stage Logits { get; } }", "Hidden, Logits")]
    [InlineData("IDE0051", SymbolKind.Property,
        "[Block] partial class Unit { [Relu] private partial Stage Hidden { get; } private int Other => 1; }", "Hidden")]
    [InlineData("IDE0051", SymbolKind.Property,
        "partial class Net { [Relu] private Stage Hidden => null!; [Obsolete] private Stage Other => null!; }", "")]
    [InlineData("CA1815", SymbolKind.NamedType,
        $"public struct Kind : INoise {{ {Apply} }} "
            + $"public struct Other; public struct Third : IDisposable {{ public void Dispose() {{ }} }}", "Kind")]
    [InlineData("CA1000", SymbolKind.Method,
        $"public struct Kind<T> : INoise {{ {Apply} public static void Other() {{ }} }} public class Helper<T> {{ {Apply} }}", "Apply")]
    public async Task OnlyWhatTheLanguageAsksForIsSilenced(string id, SymbolKind kind, string source, string expected)
    {
        CompilationWithAnalyzers analysis = GeneratorDriverRun.Of(source).Output.WithAnalyzers(
            [new Complainer(id, kind), new LanguageSuppressor()],
            new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: false,
                logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: true));

        ImmutableArray<Diagnostic> found = await analysis.GetAnalyzerDiagnosticsAsync();

        Assert.All(found, diagnostic => Assert.Equal(id, diagnostic.Id));
        Assert.NotEmpty(found);
        Assert.Equal(
            expected, string.Join(", ", found.Where(diagnostic => diagnostic.IsSuppressed).Select(AnalyzerRun.MarkedText).Order()));
    }

    [Fact]
    public void EverySuppressionIsDescribed()
    {
        string page = File.ReadAllText(Path.Combine(Snapshot.RepositoryRoot, "docs", "diagnostics", "suppressions.md"));

        Assert.All(new LanguageSuppressor().SupportedSuppressions,
            one => Assert.Contains($"| {one.Id} | {one.SuppressedDiagnosticId} |", page, StringComparison.Ordinal));
    }

    // Stands for another analyzer: it reports every symbol of a kind in the user's files. It is not part of a product, and has no releases.
#pragma warning disable RS1001, RS1017, RS1038, RS2008
    private sealed class Complainer(string id, SymbolKind kind) : DiagnosticAnalyzer
    {
        private readonly DiagnosticDescriptor _complaint =
            new(id, "A complaint", "A complaint", "Tests", DiagnosticSeverity.Warning, isEnabledByDefault: true);

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [_complaint];

        public override void Initialize(AnalysisContext context)
        {
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.EnableConcurrentExecution();
            context.RegisterSymbolAction(
                symbol => symbol.ReportDiagnostic(Diagnostic.Create(_complaint, symbol.Symbol.Locations[0])), kind);
        }
    }
#pragma warning restore RS1001, RS1017, RS1038, RS2008
}
