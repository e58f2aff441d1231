using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using NoiseGen.Generator.Analysis;

namespace NoiseGen.Generator.Tests.CodeFixes;

/// <summary>A project in an editor's workspace, whose mistakes a code fix corrects.</summary>
internal sealed class FixedProject : FixAllContext.DiagnosticProvider
{
    private readonly CodeFixProvider _provider;
    private readonly ProjectId _id = ProjectId.CreateNewId();
    private readonly DocumentId[] _files;
    private readonly Solution _solution;

    public FixedProject(CodeFixProvider provider, params string[] files)
    {
        _provider = provider;
        _files = [.. files.Select(_ => DocumentId.CreateNewId(_id))];
        _solution = new AdhocWorkspace().CurrentSolution
            .AddProject(ProjectInfo.Create(
                _id, VersionStamp.Default, "Tests", "Tests", LanguageNames.CSharp,
                compilationOptions: new CSharpCompilationOptions(
                    OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable),
                parseOptions: TestCompilation.ParseOptions, metadataReferences: TestCompilation.References))
            .AddDocument(DocumentId.CreateNewId(_id), "GlobalUsings.cs", "global using System; global using NoiseGen;");
        for (int i = 0; i < files.Length; i++) _solution = _solution.AddDocument(_files[i], $"File{i}.cs", files[i]);
    }

    /// <summary>The fixes that an editor offers at the first mistake that the provider can correct.</summary>
    public async Task<CodeAction[]> Offers()
    {
        List<CodeAction> offers = [];
        Diagnostic? first = (await Diagnostics(_solution.GetProject(_id)!)).FirstOrDefault();
        if (first is null) return [];
        await _provider.RegisterCodeFixesAsync(new CodeFixContext(
            _solution.GetDocument(first.Location.SourceTree)!, first, (action, _) => offers.Add(action), CancellationToken.None));
        return [.. offers];
    }

    /// <summary>The files after the first mistake is fixed.</summary>
    public async Task<string[]> FixOne() => await Apply(Assert.Single(await Offers()));

    /// <summary>The files after all mistakes of the project are fixed at once.</summary>
    public async Task<string[]> FixAll() => await FixAll(Assert.Single(await Offers()), _solution.GetDocument(_files[0])!);

    /// <summary>Fixes every mistake alone, and all together if that is offered.</summary>
    public async Task FixEach()
    {
        Project project = _solution.GetProject(_id)!;
        foreach (Diagnostic diagnostic in await Diagnostics(project))
        {
            if (project.GetDocument(diagnostic.Location.SourceTree) is not { } document) continue;
            List<CodeAction> offers = [];
            await _provider.RegisterCodeFixesAsync(
                new CodeFixContext(document, diagnostic, (action, _) => offers.Add(action), CancellationToken.None));
            foreach (CodeAction offer in offers) await Apply(offer);
            if (offers.Count > 0 && _provider.GetFixAllProvider() is not null) await FixAll(offers[0], document);
        }
    }

    public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
        await Diagnostics(project);

    public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
    {
        SyntaxTree? tree = await document.GetSyntaxTreeAsync(cancellationToken);
        return (await Diagnostics(document.Project)).Where(diagnostic => diagnostic.Location.SourceTree == tree);
    }

    public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
        Task.FromResult<IEnumerable<Diagnostic>>([]);

    private async Task<string[]> FixAll(CodeAction one, Document document)
    {
        FixAllContext context = new(
            document, _provider, FixAllScope.Project, one.EquivalenceKey!, _provider.FixableDiagnosticIds, this, CancellationToken.None);
        return await Apply((await _provider.GetFixAllProvider()!.GetFixAsync(context))!);
    }

    private async Task<string[]> Apply(CodeAction action)
    {
        ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(CancellationToken.None);
        Solution changed = Assert.IsType<ApplyChangesOperation>(Assert.Single(operations)).ChangedSolution;
        return [.. await Task.WhenAll(_files.Select(async file => (await changed.GetDocument(file)!.GetTextAsync()).ToString()))];
    }

    // The compiler's and the analyzer's diagnostics, in source order.
    private async Task<Diagnostic[]> Diagnostics(Project project)
    {
        Compilation compilation = (await project.GetCompilationAsync())!;
        ImmutableArray<Diagnostic> found = await compilation.WithAnalyzers([new NetworkAnalyzer()]).GetAllDiagnosticsAsync();
        return [.. found.Where(diagnostic => _provider.FixableDiagnosticIds.Contains(diagnostic.Id))
            .OrderBy(diagnostic => diagnostic.Location.SourceSpan)];
    }
}
