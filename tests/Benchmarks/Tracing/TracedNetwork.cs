extern alias Generator;

using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Generator::NoiseGen.Generator;
using NoiseGen.Benchmarks.Contest;
using NoiseGen.Benchmarks.Generation;
using NoiseGen.Benchmarks.Networks;

namespace NoiseGen.Benchmarks.Tracing;

/// <summary>
/// A network of the benchmarks, generated and compiled anew with time stamps around its calls:
/// each kernel is timed in the training step itself, on the data and in the caches that it finds there.
/// </summary>
internal sealed class TracedNetwork
{
    private static readonly CSharpParseOptions s_parseOptions = new(LanguageVersion.CSharp14);

    private readonly Type _type;

    private TracedNetwork(Type type, NetworkDescription description, IReadOnlyList<CallSite> sites) =>
        (_type, Description, Sites) = (type, description, sites);

    /// <summary>The network's declaration.</summary>
    public NetworkDescription Description { get; }

    /// <summary>The timed calls; a call's number is its place.</summary>
    public IReadOnlyList<CallSite> Sites { get; }

    /// <summary>Generates a variant of a network, adds the time stamps, and compiles it.</summary>
    /// <exception cref="InvalidOperationException">What was generated does not compile with them.</exception>
    public static TracedNetwork Of(string network, Variant variant)
    {
        BenchmarkNetwork declared = BenchmarkNetworks.Find(network, variant);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Traced",
            [Parse("global using System; global using System.Linq; global using NoiseGen;"), Parse(CallRewriter.Declaration),
                Parse(declared.ReadSource())],
            OpenProject.References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: NullableContextOptions.Enable));
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: s_parseOptions);
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out _);

        NetworkDescription description = declared.Description;
        var sites = new List<CallSite>();
        Compilation traced = generated;
        foreach (GeneratedSourceResult source in driver.GetRunResult().Results.Single().GeneratedSources)
        {
            if (!source.HintName.StartsWith($"{declared.Type.FullName}.", StringComparison.Ordinal)) continue;
            SyntaxNode root =
                new CallRewriter(generated.GetSemanticModel(source.SyntaxTree), description, sites).Visit(source.SyntaxTree.GetRoot());
            traced = traced.ReplaceSyntaxTree(source.SyntaxTree, source.SyntaxTree.WithRootAndOptions(root, s_parseOptions));
        }

        Type type = Load(traced).GetType(declared.Type.FullName!)!;
        return new TracedNetwork(type, description, sites);
    }

    /// <summary>Makes a network whose calls go to a trace.</summary>
    public NeuralNetwork Create(CallTrace trace, int batch, int threads)
    {
        _type.Assembly.GetType("NoiseGen.Tracing.Calls")!.GetField("Ended")!.SetValue(null, (Action<int, long>)trace.Ended);
        return (NeuralNetwork)Activator.CreateInstance(_type, 1UL, batch, threads)!;
    }

    private static Assembly Load(Compilation compilation)
    {
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        if (result.Success) return Assembly.Load(image.ToArray());
        IEnumerable<Diagnostic> errors = result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        throw new InvalidOperationException($"The generated code does not compile with time stamps: {string.Join("; ", errors.Take(5))}");
    }

    private static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text, s_parseOptions);
}
