using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using NoiseGen.Generator.Analysis;

namespace NoiseGen.Generator.Tests.Typing;

/// <summary>A project that is open in an editor: its only file changes, and generator and analyzer run after every change.</summary>
internal sealed class EditedProject
{
    // What a user's project lacks before the generator runs: the other parts of properties, and the base class of a block.
    private static readonly string[] ForLackOfGeneratedCode = ["CS9248", "CS0310", "CS0311"];

    private CSharpCompilation _compilation = TestCompilation.Of("");
    private GeneratorDriver _driver = NewDriver();

    /// <summary>How often the file had no mistake, so that the generated code had to compile.</summary>
    public int Generations { get; private set; }

    /// <summary>Changes the file, and returns the fault of the generator or the analyzer after the change; null if there is none.</summary>
    public string? FaultAfter(string text)
    {
        SyntaxTree old = _compilation.SyntaxTrees.Last(), file = TestCompilation.Parse(text, old.FilePath);
        _compilation = _compilation.ReplaceSyntaxTree(old, file);
        _driver = _driver.RunGeneratorsAndUpdateCompilation(_compilation, out Compilation output, out ImmutableArray<Diagnostic> said);
        if (said.FirstOrDefault(diagnostic => !diagnostic.Id.StartsWith("NG", StringComparison.Ordinal)) is { } crash)
            return $"The generator crashed: {crash}";

        ImmutableArray<Diagnostic> mistakes = Analyze(output, file, out Exception? exception);
        if (exception is not null) return $"The analyzer crashed: {exception}";

        if (Generated(_driver) != Generated(NewDriver().RunGenerators(_compilation)))
            return "What is generated depends on what was typed before.";

        return ErrorIn(output, file, mistakes.Concat(said).Any(IsError));
    }

    // Only of this file: an editor does not analyze generated files either.
    private static ImmutableArray<Diagnostic> Analyze(Compilation output, SyntaxTree file, out Exception? crash)
    {
        Exception? thrown = null;
        CompilationWithAnalyzersOptions options = new(
            new AnalyzerOptions([]), (exception, _, _) => thrown = exception, concurrentAnalysis: false, logAnalyzerExecutionTime: false);
        ImmutableArray<Diagnostic> mistakes = output.WithAnalyzers([new NetworkAnalyzer()], options)
            .GetAnalyzerSemanticDiagnosticsAsync(output.GetSemanticModel(file), filterSpan: null, CancellationToken.None)
            .GetAwaiter().GetResult();
        crash = thrown;
        return mistakes;
    }

    // Errors of the user's own code come first. If it has a mistake that the analyzer reports, that is the only error.
    private string? ErrorIn(Compilation output, SyntaxTree file, bool isMistaken)
    {
        if (!_compilation.GetDiagnostics().Where(IsError).All(LacksGeneratedCode)) return null;

        if (!isMistaken) Generations++;
        Compilation program = isMistaken ? output : output.AddSyntaxTrees(UseOf(file));
        Diagnostic? found = program.GetDiagnostics().FirstOrDefault(error => IsError(error) && !(isMistaken && LacksGeneratedCode(error)));
        string? line = found?.Location.SourceTree?.GetText().Lines.GetLineFromPosition(found.Location.SourceSpan.Start).ToString();
        return found is null ? null : $"Generated code does not compile, or lacks a member: {found}\n{line}";
    }

    private static GeneratorDriver NewDriver() =>
        CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: TestCompilation.ParseOptions);

    private static bool LacksGeneratedCode(Diagnostic error) => ForLackOfGeneratedCode.Contains(error.Id);

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;

    private static string Generated(GeneratorDriver driver) =>
        string.Join(
            '\n', driver.GetRunResult().Results.Single().GeneratedSources.Select(source => $"{source.HintName}\n{source.SourceText}"));

    // What a user's program uses of its networks: the constructor, the members of every network, the stages. It is obsolete itself, so it
    // may use obsolete members.
    private static SyntaxTree UseOf(SyntaxTree file)
    {
        IEnumerable<ClassDeclarationSyntax> networks =
            file.GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>().Where(TypedSource.IsNetwork);
        string uses = string.Concat(networks.Select((network, i) => $"static object[] Use{i}() {{ {Use(network)} }}\n"));
        return TestCompilation.Parse($"[System.Obsolete] file static class Program {{ {uses} }}", "Program.cs");
    }

    private static string Use(ClassDeclarationSyntax network)
    {
        string space =
            string.Concat(network.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().Reverse().Select(part => $"{part.Name}."));
        IEnumerable<string> stages =
            network.Members.OfType<PropertyDeclarationSyntax>().Where(stage => stage.Modifiers.Any(SyntaxKind.PublicKeyword))
            .Select(stage => $", net.{stage.Identifier.Text}");
        return $"var net = new global::{space}{network.Identifier.Text}(seed: 1, batchSize: 2, threads: 1); "
            + $"return [net.Summary(), net.Description{string.Concat(stages)}];";
    }
}
