extern alias Runtime;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NoiseGen.Generator.Tests;

/// <summary>Compilations like those of a user's project.</summary>
internal static class TestCompilation
{
    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14);

    // A new compiler has more warnings; a project selects them by this level.
    private const int AllWarnings = 9999;

    public static readonly MetadataReference[] References =
    [
        .. Directory.EnumerateFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System*.dll")
            .Append(typeof(Runtime::NoiseGen.NeuralNetwork).Assembly.Location)
            .Append(typeof(Onnx.OnnxExport).Assembly.Location)
            .Append(typeof(Sweeps.Sweep).Assembly.Location)
            .Append(typeof(Images.ImageFolder).Assembly.Location)
            .Append(typeof(SkiaSharp.SKBitmap).Assembly.Location)
            .Append(typeof(TensorBoard.TensorBoardLog).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>A library of these files, File0.cs, File1.cs, …; the namespaces of an ordinary project are used globally.</summary>
    public static CSharpCompilation Of(params string[] sources) => Library("global using System; global using NoiseGen;", sources);

    /// <summary>What <c>dotnet new console</c> makes of these files: a program if one of them has statements, else a library.</summary>
    public static CSharpCompilation OfProject(params string[] sources)
    {
        CSharpCompilation compilation = Library(
            "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
                + "global using System.Threading; global using System.Threading.Tasks; global using NoiseGen;",
            sources);
        bool isProgram =
            compilation.SyntaxTrees.Any(tree => tree.GetCompilationUnitRoot().Members.Any(member => member is GlobalStatementSyntax));
        return isProgram ? compilation.WithOptions(compilation.Options.WithOutputKind(OutputKind.ConsoleApplication)) : compilation;
    }

    public static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, ParseOptions, path);

    // All compilations start from this one, so that its references are analyzed only once.
    private static readonly CSharpCompilation s_empty = CSharpCompilation.Create(
        "Tests", [], References,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, warningLevel: AllWarnings, nullableContextOptions: NullableContextOptions.Enable));

    private static CSharpCompilation Library(string usings, string[] sources) =>
        s_empty.AddSyntaxTrees([Parse(usings, "GlobalUsings.cs"), .. sources.Select((source, i) => Parse(source, $"File{i}.cs"))]);

    /// <summary>Fails with the errors and warnings of a compilation, those of generated code included.</summary>
    public static void AssertNoWarnings(Compilation compilation)
    {
        Diagnostic[] found = [.. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];
        Assert.True(found.Length == 0, string.Join('\n', found.Select(diagnostic => diagnostic.ToString())));
    }
}
