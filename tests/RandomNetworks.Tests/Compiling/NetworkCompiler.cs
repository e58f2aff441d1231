extern alias Generator;

using System.Collections.Immutable;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Generator::NoiseGen.Generator;
using Generator::NoiseGen.Generator.Analysis;
using Generator::NoiseGen.Generator.Planning;
using NoiseGen.Tests.RandomNetworks.Declarations;

namespace NoiseGen.Tests.RandomNetworks.Compiling;

/// <summary>What became of a declaration: a network, or the compiler's complaints.</summary>
internal sealed record Compiled(LoadedNetwork? Network, string Errors);

/// <summary>Compiles declarations with the generator, in memory.</summary>
internal static class NetworkCompiler
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14);

    private static readonly MetadataReference[] References =
    [
        .. Directory.EnumerateFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System*.dll")
            .Append(typeof(NeuralNetwork).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    // A context does not load two assemblies of one name.
    private static int _compilations;

    /// <summary>
    /// Compiles declarations, all at once, for a compilation costs seconds however small it is; where that fails, each half for itself,
    /// until the errors belong to one declaration.
    /// </summary>
    /// <param name="networks">The declarations.</param>
    /// <param name="context">Where the classes are loaded.</param>
    /// <returns>A result for each, in their order.</returns>
    public static Compiled[] Compile(ReadOnlySpan<NetworkModel> networks, AssemblyLoadContext context)
    {
        if (networks.IsEmpty) return [];
        Compilation compilation = Generate(networks);
        using var assembly = new MemoryStream();
        if (compilation.Emit(assembly).Success)
        {
            assembly.Position = 0;
            System.Reflection.Assembly loaded = context.LoadFromStream(assembly);
            var results = new Compiled[networks.Length];
            for (int i = 0; i < results.Length; i++)
                results[i] = new(LoadedNetwork.Of(loaded.GetType($"{Namespace(i)}.{networks[i].Name}", throwOnError: true)!), "");
            return results;
        }

        if (networks.Length == 1) return [new(null, Errors(compilation))];
        int half = networks.Length / 2;
        return [.. Compile(networks[..half], context), .. Compile(networks[half..], context)];
    }

    /// <summary>Namespaces of their own let several declarations have classes of one name.</summary>
    private static string Namespace(int index) => $"Drawn{index}";

    private static Compilation Generate(ReadOnlySpan<NetworkModel> networks)
    {
        var trees = new SyntaxTree[networks.Length];
        for (int i = 0; i < trees.Length; i++)
            trees[i] = CSharpSyntaxTree.ParseText(SourceText.Of(networks[i], Namespace(i)), ParseOptions, $"{networks[i].Name}.cs");

        var compilation = CSharpCompilation.Create(
            $"RandomNetworks{Interlocked.Increment(ref _compilations)}", trees, References,
            new(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: NullableContextOptions.Enable));
        Dictionary<string, Thresholds> thresholds = [];
        for (int i = 0; i < trees.Length; i++) thresholds.Add(Namespace(i), networks[i].Thresholds);
        var generator = new NetworkGenerator(graph => thresholds[graph.Class.Namespace]);
        CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> crashes);
        Assert.Empty(crashes);
        return output;
    }

    // The analyzer says what is wrong with a declaration; the compiler only that nothing was generated.
    private static string Errors(Compilation compilation)
    {
        IEnumerable<Diagnostic> analyzed =
            compilation.WithAnalyzers([new NetworkAnalyzer()]).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
        return string.Join('\n', analyzed.Concat(compilation.GetDiagnostics())
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(8));
    }
}
