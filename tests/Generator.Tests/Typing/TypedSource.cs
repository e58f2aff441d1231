using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NoiseGen.Generator.Tests.Typing;

/// <summary>A file as a user types it: one network that this repository declares, and what it needs.</summary>
/// <param name="Name">Names the network and its file.</param>
/// <param name="Text">The finished file.</param>
internal sealed partial record TypedSource(string Name, string Text)
{
    /// <summary>The networks of the samples, of the README and of the tests that run them.</summary>
    public static TypedSource[] All { get; } =
    [
        .. InFolder("samples", "Harden", "Networks"),
        .. InFolder("tests", "Network.Tests", "Declared"),
        .. CodeBlock().Matches(File.ReadAllText(Path.Combine(Snapshot.RepositoryRoot, "README.md")))
            .SelectMany(block => InText("README.md", block.Groups[1].Value)),
    ];

    private static IEnumerable<TypedSource> InFolder(params string[] folder) =>
        Directory.EnumerateFiles(Path.Combine([Snapshot.RepositoryRoot, .. folder]), "*.cs").Order(StringComparer.Ordinal)
            .SelectMany(file => InText(Path.GetFileName(file), File.ReadAllText(file)));

    // Each of the file's networks without the others, since a state takes as long as generating its code, and without the statements of a
    // program, since it is typed into a library.
    private static IEnumerable<TypedSource> InText(string file, string text)
    {
        SyntaxNode root = TestCompilation.Parse(text, file).GetRoot();
        ClassDeclarationSyntax[] networks = [.. root.DescendantNodes().OfType<ClassDeclarationSyntax>().Where(IsNetwork)];
        return networks.Select(network => new TypedSource(
            $"{network.Identifier.Text} of {file}",
            root.RemoveNodes([.. networks.Where(other => other != network), .. root.ChildNodes().OfType<GlobalStatementSyntax>()],
                SyntaxRemoveOptions.KeepNoTrivia)!.ToFullString()));
    }

    /// <summary>Whether a class has the network attribute, as far as the syntax shows.</summary>
    public static bool IsNetwork(ClassDeclarationSyntax type) =>
        type.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString() == "Network");

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
