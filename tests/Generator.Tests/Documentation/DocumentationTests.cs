using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using NoiseGen.Generator.Tests.Diagnostics;

namespace NoiseGen.Generator.Tests.Documentation;

/// <summary>The documentation's code compiles, its quotations are accurate, and its links have targets.</summary>
public sealed partial class DocumentationTests
{
    private static readonly Page[] s_pages = [.. Page.All];

    // Diagnostic pages show mistakes; DiagnosticPageTests checks them.
    private static readonly CodeBlock[] s_blocks =
        [.. s_pages.Where(page => !page.Path.StartsWith("docs/diagnostics/", StringComparison.Ordinal)).SelectMany(page => page.Blocks)];

    // A block that another one continues is compiled together with it.
    public static TheoryData<string> Compiled =>
        [.. s_blocks.Where(block => block.Source is null && !s_blocks.Any(next => next.Continues && next.Before == block))
            .Select(block => block.ToString())];

    public static TheoryData<string> Excerpts => [.. s_blocks.Where(block => block.Source is not null).Select(block => block.ToString())];

    public static TheoryData<string> Linked => [.. s_pages.SelectMany(page => page.Links.Select(link => $"{page} → {link}")).Distinct()];

    [Theory]
    [MemberData(nameof(Compiled))]
    public void BlockCompiles(string name)
    {
        string[] files = Block(name).Files();

        GeneratorDriverRun run = GeneratorDriverRun.Of(TestCompilation.OfProject(files)).AssertCompiles();

        Assert.Empty(AnalyzerRun.On(run).Select(diagnostic => diagnostic.ToString()));
        AssertShapes(Block(name), run);
    }

    [Theory]
    [MemberData(nameof(Excerpts))]
    public void ExcerptIsWordForWord(string name)
    {
        CodeBlock block = Block(name);
        string source = Lines(File.ReadAllText(Page.Full(block.Source!)));
        string[] pieces = [.. Regex.Split(Lines(block.Code), @"^…\n", RegexOptions.Multiline).Where(piece => piece.Length > 0)];

        Assert.NotEmpty(pieces);
        int from = 0;
        foreach (string piece in pieces)
        {
            int found = source.IndexOf(piece, from, StringComparison.Ordinal);
            Assert.True(found >= 0, $"{block.Source} does not have, behind the pieces before it:\n{piece}");
            from = found + piece.Length;
        }
    }

    [Theory]
    [MemberData(nameof(Linked))]
    public void LinkLeadsSomewhere(string link)
    {
        string[] target = link.Split(" → ")[1].Split('#');

        Assert.True(Path.Exists(Page.Full(target[0])), $"{target[0]} does not exist.");
        if (target.Length > 1) Assert.Contains(target[1], new Page(target[0]).Anchors);
    }

    [Fact]
    public void BothReadmesBeginWithTheSameProgram() =>
        Assert.Contains(new Page("src/Package/README.md").Blocks[0].Code, new Page("README.md").Blocks.Select(block => block.Code));

    private static CodeBlock Block(string name) => s_blocks.Single(block => block.ToString() == name);

    // Comments after stages give their shapes: 3×32×32 → 6×28×28.
    private static void AssertShapes(CodeBlock block, GeneratorDriverRun run)
    {
        foreach (Match stage in Shape().Matches(block.Code))
            Assert.Equal($"{stage.Groups[1]} → {stage.Groups[2]}",
                $"{stage.Groups[1]} → {run.Graph.Stages.Single(one => one.Path == stage.Groups[1].Value).Output}");
    }

    [GeneratedRegex(@"Stage (\w+) \{ get; \} *// [^\n]*→ ([\d×]+)")]
    private static partial Regex Shape();

    // Excerpts are compared without indentation.
    private static string Lines(string text) =>
        string.Concat(text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => line + "\n"));
}
