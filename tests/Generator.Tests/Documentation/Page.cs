using System.Text.RegularExpressions;

namespace NoiseGen.Generator.Tests.Documentation;

/// <summary>A page of the documentation.</summary>
/// <param name="Path">From the repository's root, with slashes.</param>
internal sealed partial record Page(string Path)
{
    /// <summary>The README files and everything in docs.</summary>
    public static IEnumerable<Page> All =>
    [
        .. new[] { "README.md", "src/Package/README.md", "tests/Benchmarks/README.md" }.Select(path => new Page(path)),
        .. Directory.EnumerateFiles(Full("docs"), "*.md", SearchOption.AllDirectories)
            .Select(path => new Page(System.IO.Path.GetRelativePath(Snapshot.RepositoryRoot, path).Replace('\\', '/')))
            .OrderBy(page => page.Path, StringComparer.Ordinal),
    ];

    public string Text { get; } = File.ReadAllText(Full(Path)).ReplaceLineEndings("\n");

    /// <summary>The text without code blocks.</summary>
    public string Prose => AnyBlock().Replace(Text, "");

    /// <summary>The C# blocks, in order.</summary>
    public CodeBlock[] Blocks
    {
        get
        {
            List<CodeBlock> blocks = [];
            foreach (Match match in Block().Matches(Text))
            {
                int line = Text.AsSpan(0, match.Groups["code"].Index).Count('\n') + 1;
                blocks.Add(new(this, line, match.Groups["mark"].Value, match.Groups["code"].Value, blocks.LastOrDefault()));
            }

            return [.. blocks];
        }
    }

    /// <summary>The targets of relative links, from the repository's root, including the part after #.</summary>
    public IEnumerable<string> Links => Link().Matches(Prose).Select(match => match.Groups[1].Value)
        .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal))
        .Select(target => target.StartsWith('#') ? Path + target : Combine(target));

    /// <summary>The anchors of this page: its headings, as web pages name them.</summary>
    public IEnumerable<string> Anchors => Heading().Matches(Prose)
        .Select(match => NotInAnchors().Replace(match.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    public static string Full(string path) => System.IO.Path.Combine(Snapshot.RepositoryRoot, path);

    public override string ToString() => Path;

    private string Combine(string target)
    {
        string full = System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Full(Path))!, target));
        return System.IO.Path.GetRelativePath(Snapshot.RepositoryRoot, full).Replace('\\', '/');
    }

    [GeneratedRegex(@"(?:^<!-- (?<mark>[^\n]*?) -->\n)?^```csharp\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^```.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex AnyBlock();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
