using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NoiseGen.Generator.Tests.Documentation;

/// <summary>
/// A block of C# in a page. A comment before it, which readers do not see, may say how it is to be understood:
/// <c>continues</c>: together with the block before;
/// <c>in: NAME</c>: inside one of <see cref="Wrappers"/>;
/// <c>from: PATH</c>: an excerpt of that file, word for word, with … where something is left out.
/// Without one it is compiled as it stands.
/// </summary>
/// <param name="Line">Its first line in the page.</param>
/// <param name="Before">The block before, null for the first one.</param>
internal sealed record CodeBlock(Page Page, int Line, string Mark, string Code, CodeBlock? Before)
{
    /// <summary>The file that it is an excerpt of; null for code that is compiled.</summary>
    public string? Source => Value("from: ");

    /// <summary>Whether it is compiled together with the block before it.</summary>
    public bool Continues => Mark == "continues";

    /// <summary>
    /// The texts that are compiled: one for the statements of a program, and one for each block that only declares types.
    /// </summary>
    public string[] Files()
    {
        string[] chain = [.. Chain().Select(block => block.Value("in: ") is { } wrapper ? Wrappers.Wrap(wrapper, block.Code) : block.Code)];
        string program = string.Concat(chain.Where(IsProgram));
        return [.. chain.Where(code => !IsProgram(code)).Append(program).Where(code => code.Length > 0)];
    }

    public override string ToString() => $"{Page}:{Line}";

    private IEnumerable<CodeBlock> Chain() => Continues
        ? (Before ?? throw new InvalidOperationException($"{this} continues, but there is no block before it.")).Chain().Append(this)
        : [this];

    private string? Value(string key) => Mark.StartsWith(key, StringComparison.Ordinal) ? Mark[key.Length..] : null;

    private static bool IsProgram(string code) =>
        CSharpSyntaxTree.ParseText(code, TestCompilation.ParseOptions)
            .GetCompilationUnitRoot().Members.Any(member => member is GlobalStatementSyntax);
}
