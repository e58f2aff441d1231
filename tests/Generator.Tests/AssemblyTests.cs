using System.Reflection;
using NoiseGen.Generator.Model;
using NoiseGen.Generator.Diagnostics;

namespace NoiseGen.Generator.Tests;

/// <summary>Properties of the built generator and of the files beside it.</summary>
public sealed class AssemblyTests
{
    public static TheoryData<string> Ids => [.. Descriptors.All.Select(descriptor => descriptor.Id)];

    // A newer reference builds here, but a user's SDK 10.0.100 silently does not load it.
    [Fact]
    public void ReferencesTheOldestCompilerThatItServes()
    {
        AssemblyName[] references = [.. typeof(NetworkGenerator).Assembly.GetReferencedAssemblies()
            .Where(name => name.Name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal))];

        Assert.Equal(["Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp"], references.Select(name => name.Name).Order());
        Assert.All(references, name => Assert.Equal(new Version(5, 0, 0, 0), name.Version));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void DiagnosticHasAPage(string id)
    {
        var descriptor = Descriptors.Of(id);
        string page = File.ReadAllText(Path.Combine(Snapshot.RepositoryRoot, "docs", "diagnostics", $"{id}.md"));

        Assert.StartsWith($"# {id}: {descriptor.Title}\n", page);
        Assert.Contains("**Why.**", page, StringComparison.Ordinal);
        Assert.Contains("**Fix.**", page, StringComparison.Ordinal);
        Assert.EndsWith($"/docs/diagnostics/{id}.md", descriptor.HelpLinkUri);
    }

    // Ids from 1000 on belong to the package's build; its tests cover them.
    [Fact]
    public void EveryPageHasADiagnostic() => Assert.Equal(
        Descriptors.All.Select(descriptor => descriptor.Id),
        Directory.EnumerateFiles(Path.Combine(Snapshot.RepositoryRoot, "docs", "diagnostics"), "NG0*.md")
            .Select(Path.GetFileNameWithoutExtension).Order());

    [Theory]
    [MemberData(nameof(Ids))]
    public void DiagnosticIsInTheListOfReleases(string id)
    {
        var descriptor = Descriptors.Of(id);
        string lists = string.Concat(Directory.EnumerateFiles(
            Path.Combine(Snapshot.RepositoryRoot, "src", "Generator"), "AnalyzerReleases.*.md").Select(File.ReadAllText));

        Assert.Contains($"{id} | {descriptor.Category} | {descriptor.DefaultSeverity} | {descriptor.Title}\n", lists);
    }

    [Fact]
    public void EveryIdHasADescriptor()
    {
        IEnumerable<string?> ids = typeof(DiagnosticIds).GetFields().Select(field => (string?)field.GetRawConstantValue());

        Assert.Equal(ids.Order(), Descriptors.All.Select(descriptor => descriptor.Id));
    }
}
