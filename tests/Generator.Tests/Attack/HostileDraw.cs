using System.Text;

namespace NoiseGen.Generator.Tests.Attack;

/// <summary>Draws a declaration of hostile shape, as the files of a project.</summary>
internal sealed class HostileDraw
{
    private const string Vectors = "System.Runtime.Intrinsics.Vector512<float>";

    private static readonly string[] s_members =
    [
        "public int Create;", "enum Describe { }", "class Stage { }", "static void StageAt(string name) { }", "int s_description = 1;",
        "public static Net Create(ulong seed, int size, int threads) => null!;",
        "public Net(ulong seed, int batchSize, int threads) : this() { }", "public Net() { }", "public Net(float x) : this() { }",
        "public override string ToString() => \"\";", "void Dispose() { }",
        "public static implicit operator int(Net net) => 1;", "~Net() { }", "static Net() { }", "public int this[int i] => i;",
        "event Action Changed { add { } remove { } }", "[Relu] public Stage field;",
        "[Relu] void Method() { }", "[Dense(3)] int Number => 3;", "[Relu] partial Stage Method();", "delegate Stage Made();",
        "const int Logits2 = 1;", "class Code { }", "struct System { }", "class NoiseGen { }",
        "public int Forward => 1;", "record Row(int X);", "[Relu] Stage Body => null!;",
        "partial Stage Other { get; } partial Stage Other => null!;", "public partial int Count { get; }",
        "[Relu] public partial Stage Half {",
    ];

    private static readonly string[] s_modifiers =
    [
        "", "private", "internal", "protected", "protected internal", "private protected", "public virtual", "public sealed",
        "public override", "public new", "public static", "public required", "public unsafe",
        "public extern", "public abstract", "public readonly", "[Obsolete] public", "public async", "file",
    ];

    private readonly Random _random;
    private readonly HostileText _text;
    private readonly List<string> _stages = [];
    private int _names;

    private HostileDraw(int seed)
    {
        _random = new(seed);
        _text = new(_random);
    }

    /// <summary>The files of a project.</summary>
    public static string[] Draw(int seed) => new HostileDraw(seed).Files();

    private string[] Files()
    {
        StringBuilder file = new("using NG = NoiseGen;\nusing Layer = NoiseGen.DenseAttribute;\n");
        if (_text.Chance(0.2)) file.Append("#nullable disable\n");
        if (_text.Chance(0.1)) file.Append("[assembly: CLSCompliant(true)]\n");
        bool isOpen = _text.Chance(0.3);
        if (_text.Chance(0.5))
            file.Append($"namespace {_text.Name("App")}{(_text.Chance(0.3) ? "." + _text.Name("Inner") : "")}{(isOpen ? "\n{\n" : ";\n")}");
        else isOpen = false;

        file.Append("static class Sizes { public const int Width = 3, Wide = Block.Channels * 2; }\n");
        int blocks = _text.IsHostile() ? _text.Number(3, 30) : _text.Number(0, 2);
        string network = Nested(Class(_text.Or("Network", "Block", "Network, Block"), _text.Name("Net"), blocks, isBlock: false));
        file.Append(network);
        for (int i = 0; i < blocks; i++)
            file.Append(Class("Block", i == 0 ? "Unit" : $"Unit{i}", i + 1 < blocks ? i + 2 : 0, isBlock: true, level: i));
        file.Append(Noise());
        if (isOpen) file.Append("}\n");
        return _text.IsHostile()
            ? [file.ToString(), _text.Any("partial class Net { }", "partial class Net { [Relu] public partial Stage Elsewhere { get; } }",
                "class System { }", "class @var { }", "partial class Unit;", "namespace NoiseGen.Generated { class Net { } }",
                "global using Stage = System.String;", "namespace Generated { class Span; }")] : [file.ToString()];
    }

    private string Nested(string declaration)
    {
        for (int depth = _text.IsHostile() ? _text.Number(1, 6) : 0; depth > 0; depth--)
            declaration = _text.Any("partial class", "static partial class", "partial struct", "partial record", "partial interface",
                    "readonly partial record struct", "class", "file partial class", "partial class")
                + $" {_text.Name($"Outer{depth}")}{_text.Or("", "<T>", "<in T>", "(int X)")}\n{{\n{declaration}}}\n";
        return declaration;
    }

    private string Class(string mark, string name, int blocks, bool isBlock, int level = 0)
    {
        StringBuilder text = new();
        string marks = string.Join(", ", mark.Split(", ").Select(one => one == "Network" ? Network() : _text.Attribute(one)));
        text.Append($"[{marks}{Policies(isClass: true)}]{_text.Or("", "[Obsolete]", "[Relu]", "[Network(3)]", "[System.Serializable]")}\n");
        string modifiers = _text.Or(isBlock ? "public partial" : "public sealed partial", "", "partial", "static partial",
            "abstract partial", "file partial", "internal unsafe partial", "public partial");
        text.Append($"{modifiers} {_text.Or("class", "struct", "record", "interface", "record struct", "enum")} {name}");
        text.Append(_text.Or("", "<T>", "(int X)", " : Exception", " : NeuralNetwork", " : IDisposable", " : BlockStages") + "\n{\n");
        _stages.Clear();
        int stages = Hostile300() ? 300 : _text.Number(_text.IsHostile() ? 0 : 1, 4);
        for (int i = 0; i < stages; i++) text.Append(Stage(i, stages, blocks, isBlock, level));
        if (_text.IsHostile()) text.Append($"    {_text.Any(s_members)}\n");
        text.Append("}\n");
        return text.ToString();
    }

    // Half a second each, so there are few of them.
    private bool Hostile300() => _text.Chance(0.004);

    private string Network() => _text.IsHostile()
        ? $"{_text.Attribute("Network")}({_text.Size(1, 4, inBlock: false)}, {_text.Size(1, 9, inBlock: false)}, "
            + $"{_text.Size(1, 9, inBlock: false)}{_text.Or("", ", Winograd = false", ", Winograd = 1")})"
        : $"Network({_text.Any("4", "3, 8, 8", "2, 5, 7", "1, 1, 1")})";

    private string Stage(int index, int count, int blocks, bool isBlock, int level)
    {
        string name = _text.Name(index == count - 1 ? isBlock ? "Last" : "Logits" : $"Stage{_names++}");
        string unit = level == 0 && !isBlock ? "Unit" : $"Unit{level + 1}";
        bool repeats = blocks > 0 && index == 0 && (isBlock ? blocks > 1 : _text.Chance(0.7));
        string operations = repeats ? Repeat(unit, isBlock) : index == count - 1 && !isBlock
            ? _text.Or($"Dense({_text.Size(2, 4, false)})", "Relu", "Layer(2)", "GlobalAvgPool") : Operations(isBlock);
        string type = _text.Or(repeats && _text.Chance(0.5) ? $"{_text.Library("Blocks")}<{unit}>" : _text.Library("Stage"), "Stage?",
            "Stage[]", "int", "string", "Blocks<Unit>", "Blocks<int>", "dynamic", "ref Stage", "(Stage, Stage)");
        string body = _text.Or("{ get; }", "{ get; set; }", "{ get; init; }", "=> null!;", "{ get => null!; }", "{ [Obsolete] get; }",
            "{ }", ";", "{ get; } = null!;", "{ set; }");
        string modifiers = _text.Or("public", s_modifiers);
        string partial = $"[{operations}{Policies(isClass: false)}] {modifiers}{_text.Or(" partial", "", " partial partial")}";
        string line = $"    {partial} {type} {name} {body}\n";
        _stages.Add(name);
        return _text.IsHostile() ? _text.Any($"#if true\n{line}#endif\n", $"    // {line}", $"    /* {name} */ {line}",
            $"#pragma warning disable\n{line}", $"    /// <summary><see cref=\"{name}\"/></summary>\n{line}", line[..(line.Length / 2)],
            line.Replace("[", "[property: ", StringComparison.Ordinal), line + line) : line;
    }

    private string Repeat(string unit, bool isBlock) =>
        $"{_text.Library("Repeat")}<{_text.Or(unit, "int", "Missing", "Net", "Unit", "List<Unit>", "T")}>({_text.Size(1, 2, isBlock)}"
        + (_text.Chance(0.5) ? $", Channels = {_text.Size(1, 5, isBlock)}" : "")
        + (_text.Chance(0.3) ? $", Stride = {(isBlock ? _text.Any("1", "Block.Stride") : _text.Size(1, 2, false))}" : "") + ")"
        + _text.Or("", ", From", ", Relu", ", From(\"Nobody\")");

    private string Operations(bool isBlock)
    {
        List<string> operations = [];
        if (_text.Chance(0.15) || _text.IsHostile()) operations.Add(Reference("From"));
        if (_text.Chance(0.6)) operations.Add(Linear(isBlock));
        if (_text.Chance(0.2))
            operations.Add(_text.Or("BatchNorm", $"BatchNorm(Epsilon = {_text.Float("1e-5f")}, Momentum = {_text.Float("0.1f")})"));
        if (_text.Chance(0.15))
            operations.Add(_text.Any(Reference("Add"), Reference("Concat"), isBlock ? "Residual" : Reference("Concat")));
        if (_text.Chance(0.6) || operations.Count == 0)
            operations.Add(_text.Any("Relu", "Tanh", "Sigmoid", "LeakyRelu", $"LeakyRelu({_text.Float("0.1f")})"));
        if (_text.Chance(0.2)) operations.Add(_text.Any($"MaxPool({_text.Size(1, 2, isBlock)}{Window(isBlock)})",
            $"AvgPool({_text.Size(1, 2, isBlock)}, {_text.Size(1, 2, isBlock)}{Window(isBlock)}, CountPadding = false)", "GlobalAvgPool"));
        if (_text.Chance(0.1)) operations.Add($"Dropout({_text.Float("0.3f")})");
        if (_text.IsHostile()) operations.Add(_text.Any("Relu", "Dense(1)", "GlobalAvgPool", "Obsolete", "Residual", "Network(2)",
            "Missing", "Block", "", "assembly: Relu", "Repeat<Unit>"));
        if (_text.IsHostile()) operations.Reverse();
        return string.Join(_text.Or(", ", "] [", ",, "), operations);
    }

    private string Linear(bool isBlock) => _text.Any(
        $"{_text.Attribute("Dense")}({_text.Size(1, 9, isBlock)}{_text.Or("", ", Bias = false", ", Bias = null", ", Features = 3")})",
        $"{_text.Attribute("Conv2d")}({_text.Size(1, 8, isBlock)}, {_text.Size(1, 3, false)}{Window(isBlock)})",
        $"{_text.Attribute("Conv2d")}({_text.Size(1, 8, isBlock)}, {_text.Size(1, 3, false)}, {_text.Size(1, 2, false)}"
            + $"{Window(isBlock)}{_text.Or("", ", Groups = 2", $", Groups = {_text.Size(1, 2, isBlock)}")})");

    private string Window(bool isBlock) =>
        _text.Chance(0.6)
            ? ""
            : $", {_text.Any("Stride", "StrideHeight", "StrideWidth", "Padding", "PaddingHeight", "PaddingWidth")} "
                + $"= {_text.Size(0, 2, isBlock)}";

    private string Reference(string attribute) => _stages.Count == 0 || _text.IsHostile()
        ? attribute + _text.Any(
            "", "(\"\")", "(null)", "(nameof(Missing))", "(nameof(Stage))", "(\"Stage0\" + \"\")", "(stage: \"\\u0000\")", "(3)")
        : $"{attribute}(nameof({_text.Any(_stages)}))";

    private string Policies(bool isClass)
    {
        StringBuilder text = new();
        if (_text.Chance(0.25))
            text.Append($", {_text.Library("Noise")}<{NoiseKind()}>({NoiseSites()})");
        if (_text.Chance(0.2))
            text.Append($", Quantize({Quantizer()})");
        if (_text.IsHostile() && !isClass)
            text.Append(_text.Any(", NoNoise", ", NoQuantize", ", NoNoise(Sites.None)", ", NoNoise((Sites)64)"));
        return text.ToString();
    }

    private string NoiseKind() => _text.Or(
        _text.Any("Additive", "Multiplicative", "Kinds.Own"),
        "int", "Kinds.Private", "Kinds.Generic<int>", "Kinds.Old", "string", "INoise");

    private string NoiseSites() => _text.Or(
        "", "Sites.Linear", "Sites.None", "(Sites)(-1)", "Sites.All | Sites.Input", "(Sites)int.MinValue", "sites: Sites.Sum",
        "Sites.Pool, Unit = SigmaUnit.QuantizerStep", "Unit = (SigmaUnit)7");

    private string Quantizer() => _text.Or(
        "Bits = 8", "Bits = 1", "Bits = 0", "Bits = int.MaxValue", "WeightBits = -1", $"Scale = {_text.Float("0.1f")}",
        "Weights = (WeightScaling)9", "Activations = ActivationScaling.Learned, Scale = 1f", "Bits = Block.Stride");

    private string Noise()
    {
        string apply = $"{{ public static {Vectors} Apply({Vectors} values, {Vectors} sigma, {Vectors} samples) => values; }}";
        return $"{_text.Or("static", "static", "file static")} "
            + $"class Kinds {{ public struct Own : INoise {apply} {_text.Or("public", "private")} struct Private : INoise {apply} "
            + $"public struct Generic<T> : INoise {apply} [Obsolete(\"old\")] public struct Old : INoise {apply} }}\n";
    }
}
