using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NoiseGen.Generator.Tests.Attack;

/// <summary>
/// Every keyword, and every name that generated code uses, as the name of everything that a user names. These are many: each place tries a
/// different share of them, and all of them with NOISEGEN_HOSTILE_NAMES=all.
/// </summary>
public sealed class NameAttackTests
{
    private const string Vectors = "global::System.Runtime.Intrinsics.Vector512<float>";

    private const string Apply = $"{{ public static {Vectors} Apply({Vectors} values, {Vectors} sigma, {Vectors} samples) => values; }}";

    private const int Shares = 6;

    // Tried everywhere: each was wrong somewhere once.
    private static readonly string[] s_suspects =
        ["dynamic", "__arglist", "nint", "var", "System", "Create", "Describe", "s_description", "StageAt", "Net"];

    // Names that are not keywords, but that the compiler treats specially.
    private static readonly string[] s_special = ["dynamic", "var", "_", "__", "nint", "nuint", "notnull", "unmanaged", "args", "value",
        "field", "record", "lowercase", "Größe", "名", "e\u0301", "ⅷ"];

    private static readonly Lazy<string[]> s_all =
        new(() => [.. Keywords().Concat(s_special).Concat(OfGeneratedCode()).Distinct().Order(StringComparer.Ordinal)]);

    // Variables and parameters conflict only with a type of the same name that has no namespace.
    private static readonly Lazy<string[]> s_names = new(() =>
        [.. Keywords().Concat(s_special).Concat(OfGeneratedCode().Where(name => char.IsUpper(name[0])
            || name.Contains('_', StringComparison.Ordinal))).Distinct().Order(StringComparer.Ordinal)]);

    public static TheoryData<string, string> Places => new()
    {
        {
            "a namespace, a network, a block and a kind of noise",
            $"namespace # {{ [{N}Network(4), {N}Noise<In?.Kinds.#>] partial class # {{ [{N}Repeat<In?.Units.#>] public "
            + $"partial {N}Blocks<In?.Units.#> Outputs {{ get; }} }} }} "
            + $"namespace In? {{ namespace Kinds {{ struct # : {N}INoise {Apply} }} "
            + $"namespace Units {{ [{N}Block] public partial class # {{ [{N}Relu] public partial {N}Stage Only {{ get; }} }} }} }}"
        },
        {
            "a containing class, a stage and a block's stage",
            $"namespace In? {{ partial class # {{ [{N}Network(4)] partial class Net {{ [{N}Relu] public partial {N}Stage # {{ get; }} "
            + $"[{N}Repeat<Unit>] public partial {N}Blocks<Unit> Last {{ get; }} }} }} "
            + $"[{N}Block] public partial class Unit {{ [{N}Relu] public partial {N}Stage # {{ get; }} }} }}"
        },
        {
            "a repeated block and a type beside the network",
            $"namespace In? {{ [{N}Network(4)] partial class Net {{ [{N}Repeat<Unit>] public partial {N}Stage # {{ get; }} }} "
            + $"[{N}Block] public partial class Unit {{ [{N}Relu] public partial {N}Stage Only {{ get; }} }} class # {{ }} }}"
        },
        {
            "a field, and a block's",
            $"namespace In? {{ [{N}Network(4)] partial class Net {{ [{N}Relu] public partial {N}Stage Logits {{ get; }} "
            + $"public int # = 1; }} "
            + $"[{N}Block] partial class Unit {{ [{N}Relu] public partial {N}Stage Only {{ get; }} public int # = 1; }} }}"
        },
        {
            "a method and a nested type",
            $"namespace In? {{ [{N}Network(4)] partial class Net {{ [{N}Relu] public partial {N}Stage Logits {{ get; }} "
            + $"public static int #(ulong a, int b, int c) => b; }} "
            + $"[{N}Network(4)] partial class Net2 {{ [{N}Relu] public partial {N}Stage Logits {{ get; }} public class # {{ }} }} }}"
        },
    };

    private static string N => "global::NoiseGen.";

    [Theory]
    [MemberData(nameof(Places))]
    public async Task NameIsAcceptedOrRefused(string place, string source)
    {
        int share = Places.Select(row => (string)row[0]).TakeWhile(other => other != place).Count() % Shares;
        bool isAll = Environment.GetEnvironmentVariable("NOISEGEN_HOSTILE_NAMES") == "all";
        string[] names = isAll ? s_names.Value : [.. s_names.Value.Where((_, i) => i % Shares == share).Union(s_suspects)];
        // such a namespace is refused in every network, which would hide other errors
        if (share == 0) names = [.. names.Except(["nint"])];
        string[] sources = [.. names.Select(
            (name, i) => source.Replace("#", "@" + name, StringComparison.Ordinal).Replace("?", $"{i}", StringComparison.Ordinal))];

        string wrong = await Probe.OfEach(sources);

        Assert.True(wrong.Length == 0, $"As the name of {place}:\n{wrong}");
    }

    // Types without a namespace take precedence over everything that a using imports.
    [Fact]
    public async Task TypesOfNoNamespaceStandInNobodysWay()
    {
        string types = string.Concat(s_all.Value.Except(["System", "NoiseGen", "var", "nint"]).Select(name => $"class @{name} {{ }} "));

        Assert.Equal("", await Probe.Of(TestCompilation.Of(types.Replace("class @Net {", "class @Net2 {"), Rich)));
    }

    // With a namespace there is no other way to say what generated code means.
    [Theory]
    [InlineData("class System { }")]
    [InlineData("public struct System { }")]
    public async Task ATypeCalledSystemIsRefused(string type)
    {
        CSharpCompilation compilation = TestCompilation.Of(
            $"{type} [NoiseGen.Network(4)] partial class Net {{ [NoiseGen.Relu] public partial NoiseGen.Stage Logits {{ get; }} }}");
        compilation = compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[0], TestCompilation.Parse("", "GlobalUsings.cs"));

        Assert.Equal("", await Probe.Of(compilation));
    }

    private const string Rich = $$"""
        [Network(3, 16, 16), Noise<Additive>, Quantize(Bits = 8)]
        partial class Net
        {
            [Conv2d(6, 3, Padding = 1), BatchNorm, Relu, MaxPool(2), Dropout(0.5f)] public partial Stage Conv1 { get; }
            [Conv2d(6, 3, Padding = 1), Add(nameof(Conv1)), LeakyRelu, AvgPool(2)]  public partial Stage Conv2 { get; }
            [Repeat<Unit>(2, Channels = 8)]                                         public partial Blocks<Unit> Units { get; }
            [Conv2d(32, 3, Padding = 1), Sigmoid, Noise<CombinedAdditiveFirst>]     public partial Stage Wide { get; }
            [Conv2d(32, 3, Padding = 1), Quantize(Bits = 6, Activations = ActivationScaling.Learned), Tanh]
                                                                                    public partial Stage Wider { get; }
            [Dense(2)]                                                              public partial Stage Logits { get; }
        }
        [Block] public partial class Unit
        {
            [Conv2d(Block.Channels, 3, Padding = 1), Residual, Relu, Noise<Multiplicative>] public partial Stage Conv { get; }
        }
        """;

    private static IEnumerable<string> Keywords() => SyntaxFacts.GetKeywordKinds().Concat(SyntaxFacts.GetContextualKeywordKinds())
        .Select(SyntaxFacts.GetText).Where(text => SyntaxFacts.IsValidIdentifier(text));

    // Every identifier in what is generated for a network with nearly all operations.
    private static IEnumerable<string> OfGeneratedCode() => GeneratorDriverRun.Of(Rich).Result.GeneratedSources
        .SelectMany(source => source.SyntaxTree.GetRoot().DescendantTokens())
        .Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText);
}
