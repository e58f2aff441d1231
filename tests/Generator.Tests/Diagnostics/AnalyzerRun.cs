using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NoiseGen.Generator.Analysis;

namespace NoiseGen.Generator.Tests.Diagnostics;

/// <summary>Runs the analyzer as a build does: after the generator, on the generated code as well.</summary>
internal static class AnalyzerRun
{
    /// <summary>The analyzer's diagnostics, in source order.</summary>
    public static Diagnostic[] On(Compilation compilation)
    {
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers([new NetworkAnalyzer()]);
        ImmutableArray<Diagnostic> diagnostics = analysis.GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Id == "AD0001"); // the analyzer crashed
        return [.. diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Location.SourceSpan)];
    }

    /// <summary>The diagnostics of generator and analyzer; each leaves some to the other.</summary>
    public static Diagnostic[] On(GeneratorDriverRun run) => [.. run.Diagnostics, .. On(run.Output)];

    /// <summary>The result of generator and analyzer for these files.</summary>
    public static Diagnostic[] On(params string[] sources) => On(GeneratorDriverRun.Of(sources));

    /// <summary>The text that a diagnostic marks.</summary>
    public static string MarkedText(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan);
}
