using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NoiseGen.Generator.Analysis;

namespace NoiseGen.Generator.Tests.Diagnostics;

/// <summary>Runs the analyzer as a build does: behind the generator, on the generated code as well.</summary>
internal static class AnalyzerRun
{
    /// <summary>What the analyzer says, in the order of the source.</summary>
    public static Diagnostic[] On(Compilation compilation)
    {
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers([new NetworkAnalyzer()]);
        ImmutableArray<Diagnostic> diagnostics = analysis.GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Id == "AD0001"); // the analyzer crashed
        return [.. diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Location.SourceSpan)];
    }

    /// <summary>What generator and analyzer say, which each leaves to the other.</summary>
    public static Diagnostic[] On(GeneratorDriverRun run) => [.. run.Diagnostics, .. On(run.Output)];

    /// <summary>What generator and analyzer make of these files.</summary>
    public static Diagnostic[] On(params string[] sources) => On(GeneratorDriverRun.Of(sources));

    /// <summary>The text that a diagnostic marks.</summary>
    public static string MarkedText(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan);
}
