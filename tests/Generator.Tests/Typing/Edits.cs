using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace NoiseGen.Generator.Tests.Typing;

/// <summary>What people do to a file: they type it, and then they delete, swap and change parts of it.</summary>
internal sealed class Edits(Random random)
{
    private static readonly string[] Numbers =
    [
        "0", "1", "-1", "2", "3", "5", "7", "8", "16", "31", "100", "4096", "65536", "1000000007", "int.MaxValue",
        "int.MinValue", "2147483648",
        "0.5f", "1e-30f", "float.NaN", "1e39f", "'x'", "null",
    ];

    private static readonly string[] Words =
    [
        "Input", "Code", "Description", "Stage", "Create", "Tiles", "Logits", "Conv1", "Sites", "System", "NoiseGen", "Block", "@class",
        "record", "field", "_", "é",
        "s_description",
    ];

    private static readonly string[] Strings = ["\"\"", "null", "\"a\\\"b\"", "\"{0}\"", "nameof(Missing)", "\"\"\"\n", "1"];

    private static readonly string[] Modifiers =
    [
        "public", "private", "internal", "protected", "static", "abstract", "sealed", "virtual", "override", "new", "required", "readonly",
        "unsafe", "extern", "file",
        "partial", "ref", "async",
    ];

    private static readonly string[] Attributes =
    [
        "Conv2d(4, 3)", "Conv2d(6, 1, 3, Groups = 2)", "Dense(7)", "BatchNorm", "Relu", "LeakyRelu(0.1f)", "Sigmoid", "Tanh", "MaxPool(2)",
        "AvgPool(3, Stride = 1)",
        "GlobalAvgPool", "Dropout(0.3f)", "Add(\"Conv1\")", "Concat", "Concat(nameof(Conv1))", "Residual",
        "From(\"Stem\")", "Noise<Additive>",
        "Noise<Combined>(Sites.Linear)", "Noise<Additive>(Sites.Activation, Unit = SigmaUnit.QuantizerStep)", "NoNoise", "Quantize",
        "Quantize(Bits = 1)", "NoQuantize",
        "Obsolete", "Obsolete(\"No\", true)", "Network(4)", "Block", "Repeat<BasicBlock>(2)", "Repeat<Missing>", "Missing",
    ];

    private static readonly string[] Accessors =
        ["{ get; }", "{ get; set; }", "{ get; init; }", "{ set; }", "=> null!;", "{ get => null!; }", "{ get; } = null!;", ";", "{ }"];

    /// <summary>
    /// The file while it is typed from the top: the text so far, with or without the braces that an editor closes automatically.
    /// </summary>
    public string Typed(string text)
    {
        string typed = text[..random.Next(text.Length + 1)];
        return Coin() ? typed : Closed(typed);
    }

    /// <summary>A text with all of its open braces closed.</summary>
    public static string Closed(string text) =>
        text + string.Concat(Enumerable.Repeat("\n}", Math.Max(0, text.Count(c => c == '{') - text.Count(c => c == '}'))));

    /// <summary>The finished file while one of its lines is typed.</summary>
    public string TypedInside(string text)
    {
        int place = random.Next(text.Length);
        int end = text.IndexOf('\n', place);
        return text[..place] + (end < 0 ? "" : text[end..]);
    }

    /// <summary>One change or two.</summary>
    public string Changed(string text)
    {
        Func<string, string>[] changes =
        [
            DeleteToken, DeleteTokens, SwapAttributes, SwapTokens, ChangeNumber, ChangeNumber, ChangeWord, ChangeString, ChangeModifier,
            ChangeAttribute, ChangeAttribute,
            ChangeAccessors, CopyLine, DeleteLine,
        ];
        for (int left = random.Next(1, 3); left > 0; left--) text = Any(changes)(text);
        return text;
    }

    private string DeleteToken(string text) => Replace(text, Tokens(text), _ => "");

    private string DeleteTokens(string text)
    {
        TextSpan[] tokens = Tokens(text);
        return Replace(
            text, [.. tokens.Skip(5).Select((last, i) => TextSpan.FromBounds(tokens[i + random.Next(4)].Start, last.End))], _ => "");
    }

    private string SwapAttributes(string text) => Swap(text, Nodes<AttributeSyntax>(text));

    private string SwapTokens(string text) => Swap(text, Tokens(text));

    private string ChangeNumber(string text) => Replace(text, Tokens(text, SyntaxKind.NumericLiteralToken), _ => Any(Numbers));

    private string ChangeWord(string text)
    {
        TextSpan[] words = Tokens(text, SyntaxKind.IdentifierToken);
        return Replace(text, words, _ => Coin() ? Any(Words) : text.Substring(Any(words).Start, Any(words).Length));
    }

    private string ChangeString(string text)
    {
        string[] names = [.. Tokens(text, SyntaxKind.IdentifierToken).Select(word => $"\"{text.Substring(word.Start, word.Length)}\"")];
        return Replace(
            text, [.. Nodes<InvocationExpressionSyntax>(text), .. Tokens(text, SyntaxKind.StringLiteralToken)],
            _ => Coin() ? Any(Strings) : Any(names));
    }

    private string ChangeModifier(string text) => Replace(
        text, Tokens(text, SyntaxKind.PublicKeyword, SyntaxKind.InternalKeyword, SyntaxKind.SealedKeyword, SyntaxKind.PartialKeyword),
        old => Coin() ? Any(Modifiers) : $"{Any(Modifiers)} {old}");

    private string ChangeAttribute(string text) => Replace(text, Nodes<AttributeSyntax>(text), old => random.Next(3) switch
    {
        0 => $"{Any(Attributes)}, {old}",
        1 => $"{old}, {Any(Attributes)}",
        _ => Any(Attributes),
    });

    private string ChangeAccessors(string text) => Replace(text, Nodes<AccessorListSyntax>(text), _ => Any(Accessors));

    private string CopyLine(string text)
    {
        string[] lines = text.Split('\n');
        int to = random.Next(lines.Length);
        return string.Join('\n', [.. lines[..to], Any(lines), .. lines[to..]]);
    }

    private string DeleteLine(string text)
    {
        string[] lines = text.Split('\n');
        int line = random.Next(lines.Length);
        return string.Join('\n', [.. lines[..line], .. lines[(line + 1)..]]);
    }

    private string Swap(string text, TextSpan[] places)
    {
        if (places.Length < 2) return text;
        TextSpan one = Any(places), other = Any(places);
        (TextSpan first, TextSpan second) = one.Start < other.Start ? (one, other) : (other, one);
        if (first.End > second.Start) return text;
        return text[..first.Start] + text[second.Start..second.End] + text[first.End..second.Start]
            + text[first.Start..first.End] + text[second.End..];
    }

    // A text without such a place is unchanged.
    private string Replace(string text, TextSpan[] places, Func<string, string> replacement)
    {
        if (places.Length == 0) return text;
        TextSpan place = Any(places);
        return text[..place.Start] + replacement(text[place.Start..place.End]) + text[place.End..];
    }

    private static TextSpan[] Tokens(string text, params SyntaxKind[] kinds) =>
        [.. SyntaxFactory.ParseTokens(text).Where(token => token.Span.Length > 0 && (kinds.Length == 0 || kinds.Contains(token.Kind())))
            .Select(token => token.Span)];

    private static TextSpan[] Nodes<T>(string text)
        where T : SyntaxNode => [.. TestCompilation.Parse(text, "").GetRoot().DescendantNodes().OfType<T>().Select(node => node.Span)];

    private bool Coin() => random.Next(2) == 0;

    private T Any<T>(T[] items) => items[random.Next(items.Length)];
}
