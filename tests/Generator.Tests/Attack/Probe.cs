using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using NoiseGen.Generator.Analysis;
using NoiseGen.CodeFixes;
using NoiseGen.Generator.Parsing;
using NoiseGen.Generator.Tests.CodeFixes;

namespace NoiseGen.Generator.Tests.Attack;

/// <summary>
/// The result of a declaration that nobody would write: generator, analyzer and code fixes must not throw, and the generated code compiles
/// without a warning, unless an error explains what is wrong.
/// </summary>
internal static class Probe
{
    // The compiler's errors about what the generator left out. They say that something is missing, not what is wrong.
    private static readonly HashSet<string> s_symptoms = ["CS9248", "CS1729", "CS0534", "CS0535"];

    private static readonly CodeFixProvider[] s_fixes =
        [new MakePartialFix(), new AttributeOrderFix(), new StageNameFix(), new StagePropertyFix()];

    /// <summary>The faults, one per line; empty if there are none.</summary>
    public static async Task<string> Of(CSharpCompilation compilation)
    {
        CSharpGeneratorDriver.Create(
            [new NetworkGenerator().AsSourceGenerator()], parseOptions: (CSharpParseOptions)compilation.SyntaxTrees.First().Options)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> generated);
        ImmutableArray<Diagnostic> analyzed = await output.WithAnalyzers([new NetworkAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        ImmutableArray<Diagnostic> compiled = output.GetDiagnostics();
        List<string> found = [.. generated.Concat(analyzed).Where(one => !one.Id.StartsWith("NG", StringComparison.Ordinal))
            .Select(one => $"crashed: {one}")];

        bool isExplained = generated.Concat(analyzed).Any(IsError) || compiled.Any(one => !IsGenerated(one) && Explains(one));
        if (!isExplained) found.AddRange(
            compiled.Where(one => IsError(one) || (IsGenerated(one) && one.Severity == DiagnosticSeverity.Warning)).Select(Text));
        return string.Join('\n', found.Concat(await Fixes(compilation, compiled.Concat(analyzed))));
    }

    /// <summary>
    /// The faults of classes that have nothing in common, each in a separate file: a compilation of all of them takes hardly longer than
    /// that of one. An error that nothing in the class's file explains is a fault of its generated files.
    /// </summary>
    public static async Task<string> OfEach(IReadOnlyList<string> sources)
    {
        CSharpCompilation compilation = TestCompilation.Of([.. sources]);
        CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: TestCompilation.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> generated);
        ImmutableArray<Diagnostic> analyzed = await output.WithAnalyzers([new NetworkAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        ImmutableArray<Diagnostic> compiled = output.GetDiagnostics();
        List<string> found = [.. generated.Concat(analyzed).Where(one => !one.Id.StartsWith("NG", StringComparison.Ordinal))
            .Select(one => $"crashed: {one}")];

        HashSet<string?> explained = [.. generated.Concat(analyzed).Concat(compiled.Where(one => !s_symptoms.Contains(one.Id)))
            .Where(IsError).Select(one => one.Location.SourceTree?.FilePath)];
        foreach (Diagnostic one in compiled.Where(one => IsError(one) || (IsGenerated(one) && one.Severity == DiagnosticSeverity.Warning)))
        {
            string[] files = [.. FilesOf(one, compilation)];
            if (!files.Any(explained.Contains)) found.Add($"{files.FirstOrDefault()}: {Text(one)}");
        }

        return string.Join('\n', found);
    }

    // A diagnostic's file, or those of the networks and blocks whose generated files begin with the same name.
    private static IEnumerable<string> FilesOf(Diagnostic diagnostic, CSharpCompilation compilation) => IsGenerated(diagnostic)
        ? compilation.SyntaxTrees.Where(tree => Classes(compilation, tree)
            .Any(hint => Path.GetFileName(diagnostic.Location.SourceTree!.FilePath).StartsWith(hint + ".", StringComparison.Ordinal)))
            .Select(tree => tree.FilePath)
        : [diagnostic.Location.SourceTree?.FilePath ?? ""];

    private static IEnumerable<string> Classes(CSharpCompilation compilation, SyntaxTree tree)
    {
        SemanticModel model = compilation.GetSemanticModel(tree);
        return tree.GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>()
            .Select(declaration => ClassNames.Of(model.GetDeclaredSymbol(declaration)!).HintName);
    }

    private static async Task<List<string>> Fixes(CSharpCompilation compilation, IEnumerable<Diagnostic> diagnostics)
    {
        List<string> crashes = [];
        foreach (CodeFixProvider fix in s_fixes)
        {
            if (!diagnostics.Any(one => fix.FixableDiagnosticIds.Contains(one.Id) && !IsGenerated(one))) continue;
            try
            {
                await new FixedProject(fix, [.. compilation.SyntaxTrees.Select(tree => tree.ToString())]).FixEach();
            }
#pragma warning disable CA1031 // whatever it is, it is what is looked for
            catch (Exception exception)
#pragma warning restore CA1031
            {
                crashes.Add($"crashed: {fix.GetType().Name}: {exception}");
            }
        }

        return crashes;
    }

    // An attribute without such arguments, and an interface that a block promises, are the user's own errors. So is a target that no
    // property has: the compiler warns that it ignores the attributes.
    private static bool Explains(Diagnostic diagnostic) => diagnostic.Id switch
    {
        "CS0657" => true,
        "CS1729" => NodeOf(diagnostic).FirstAncestorOrSelf<AttributeSyntax>() is not null,
        "CS0535" => NodeOf(diagnostic).FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type
            && !type.AttributeLists.ToString().Contains("Network", StringComparison.Ordinal),
        _ => IsError(diagnostic) && !s_symptoms.Contains(diagnostic.Id),
    };

    private static SyntaxNode NodeOf(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree!.GetRoot().FindNode(diagnostic.Location.SourceSpan);

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;

    private static bool IsGenerated(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true;

    private static string Text(Diagnostic diagnostic) =>
        $"{diagnostic}\n    {diagnostic.Location.SourceTree?.GetText().Lines[diagnostic.Location.GetLineSpan().StartLinePosition.Line]}";
}
