extern alias Runtime;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NoiseGen.Generator.Tests;

/// <summary>Compilations such as a user's project makes them.</summary>
internal static class TestCompilation
{
    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14);

    public static readonly MetadataReference[] References =
    [
        .. Directory.EnumerateFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System*.dll")
            .Append(typeof(Runtime::NoiseGen.NeuralNetwork).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>A library of these files, File0.cs, File1.cs, …; the namespaces of an ordinary project are used globally.</summary>
    public static CSharpCompilation Of(params string[] sources) => CSharpCompilation.Create(
        "Tests",
        [Parse("global using System; global using NoiseGen;", "GlobalUsings.cs"), .. sources.Select((source, i) => Parse(source, $"File{i}.cs"))],
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, ParseOptions, path);

    /// <summary>Fails with the errors and warnings of a compilation, those of generated code included.</summary>
    public static void AssertNoWarnings(Compilation compilation)
    {
        Diagnostic[] found = [.. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];
        Assert.True(found.Length == 0, string.Join('\n', found.Select(diagnostic => diagnostic.ToString())));
    }
}
