extern alias Generator;

using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Generator::NoiseGen.Generator;

namespace NoiseGen.Benchmarks.Generation;

/// <summary>A project that is open in an editor: the generator runs again whenever one of its files has changed.</summary>
internal sealed class OpenProject
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14);

    /// <summary>What a network's project refers to: the runtime's libraries and NoiseGen.</summary>
    public static MetadataReference[] References { get; } =
    [
        .. Directory.EnumerateFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System*.dll")
            .Append(typeof(NeuralNetwork).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly SyntaxTree[] _files;
    private CSharpCompilation _compilation;
    private GeneratorDriver _driver;

    /// <summary>Opens a project with these files; nothing is generated yet.</summary>
    public OpenProject(IEnumerable<string> files)
    {
        _files = [.. files.Prepend("global using System; global using NoiseGen;").Select((text, i) => Parse(text, i))];
        _compilation = CSharpCompilation.Create(
            "OpenProject", _files, References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        _driver = CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: ParseOptions);
    }

    /// <summary>Number of networks that were generated.</summary>
    /// <exception cref="InvalidOperationException">The generator failed.</exception>
    public int Networks
    {
        get
        {
            GeneratorRunResult result = _driver.GetRunResult().Results.Single();
            if (result.Exception is not null) throw new InvalidOperationException("The generator failed.", result.Exception);
            return result.GeneratedSources.Count(source => source.HintName.EndsWith(".Code.g.cs", StringComparison.Ordinal));
        }
    }

    /// <summary>Changes a file, and runs the generator.</summary>
    /// <param name="index">The file, from 0 in the order given.</param>
    /// <param name="text">What it says now.</param>
    /// <returns>Milliseconds of the generator alone: an editor parses and replaces the file for its own needs.</returns>
    public double Edit(int index, string text)
    {
        SyntaxTree file = Parse(text, index + 1);
        _compilation = _compilation.ReplaceSyntaxTree(_files[index + 1], file);
        _files[index + 1] = file;
        return Generate();
    }

    /// <summary>Runs the generator.</summary>
    /// <returns>Milliseconds.</returns>
    public double Generate()
    {
        long start = Stopwatch.GetTimestamp();
        _driver = _driver.RunGenerators(_compilation);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static SyntaxTree Parse(string text, int index) => CSharpSyntaxTree.ParseText(text, ParseOptions, $"File{index}.cs");
}
