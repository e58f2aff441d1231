extern alias Generator;

using System.Runtime.Loader;
using Generator::NoiseGen.Generator;
using Generator::NoiseGen.Generator.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NoiseGen.Tests.Scaffold;

/// <summary>
/// Compiles scaffolded declarations with the generator, in memory, all at once: every compilation costs seconds, however small it is.
/// </summary>
internal static class ScaffoldCompiler
{
    private static readonly CSharpParseOptions s_parsing = new(LanguageVersion.CSharp14);

    /// <summary>The assembly of some files. Any error or warning of the compiler or the analyzer fails the test.</summary>
    public static System.Reflection.Assembly Compile(IEnumerable<string> files)
    {
        var compilation = CSharpCompilation.Create(
            "Scaffolded", files.Select((file, index) => CSharpSyntaxTree.ParseText(file, s_parsing, $"{index}.cs")), References(),
            new(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: s_parsing)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        IEnumerable<Diagnostic> analyzed = output.WithAnalyzers([new NetworkAnalyzer()])
            .GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
        Assert.Empty(analyzed.Concat(output.GetDiagnostics()).Where(one => one.Severity >= DiagnosticSeverity.Warning)
            .Select(one => one.ToString()));

        using var assembly = new MemoryStream();
        Assert.True(output.Emit(assembly).Success);
        assembly.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(assembly);
    }

    private static IEnumerable<MetadataReference> References() =>
        Directory.EnumerateFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System*.dll")
            .Append(typeof(NeuralNetwork).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path));
}
