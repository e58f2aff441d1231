namespace NoiseGen.Generator.Tests.Attack;

/// <summary>Draws the words of hostile declarations: most are ordinary, some are the worst that the grammar allows.</summary>
internal sealed class HostileText(Random random)
{
    private static readonly string[] s_names =
    [
        "@class", "@record", "@dynamic", "@var", "@nint", "@file", "@field", "@value", "@__arglist", "@_", "Größe", "名前", "e\u0301té", "ⅷ",
        "x\u200Dy", "N\\u0065t", "System", "NoiseGen", "Stage",
        "Blocks", "Block", "Span", "Unsafe", "Vector512", "Math", "Code", "Rows", "Tiles", "StageAt", "BlocksAt", "s_description", "Create",
        "Describe", "Forward", "Projection", "Input", "Logits",
        "Net", "net", "Unit", "memory", "pass", "Dense4to2", "Layer1_0_Conv", "A__B", "Equals", "ToString", "Finalize",
        "get_Logits", new('L', 300),
    ];

    private static readonly string[] s_sizes =
    [
        "0", "-1", "int.MaxValue", "int.MinValue", "46341", "65536", "1 << 29", "1_000_000", "0x10", "'a'", "(int)Sites.All", "sizeof(int)",
        "checked(2 + 2)", "default", "Width", "Width * 2", "-Width",
        "Missing", "\"3\"", "3.5", "null", "nameof(Stage)", "2147483648", "", "1, 2, 3, 4", "size: 2", "channels: 2",
        "typeof(int)", "new int[0]",
    ];

    private static readonly string[] s_placed =
    [
        "Block.Channels", "Block.Stride", "Block.Channels * 4", "Block.Channels / 4", "(Block.Channels + 1) / Block.Stride",
        "8 / (Block.Stride - 1)", "Block.Channels << 1", "-Block.Channels",
        "Block.Stride == 1 ? 1 : 2", "Block.Channels * 100_000", "Block.Channels % 3 + 1", "(byte)Block.Stride",
        "global::NoiseGen.Block.Channels", "Block.Missing", "Wide",
    ];

    private static readonly string[] s_floats =
        ["float.NaN", "float.PositiveInfinity", "0", "-1f", "1e-45f", "3e38f", "1", "0.5", "0.25m", "Block.Stride", "default"];

    /// <summary>How often something is hostile.</summary>
    public double Hostility { get; } = random.Next(4) switch { 0 => 0.01, 1 => 0.05, 2 => 0.15, _ => 0.4 };

    public bool Chance(double probability) => random.NextDouble() < probability;

    public bool IsHostile() => Chance(Hostility);

    public int Number(int from, int to) => random.Next(from, to + 1);

    public string Any(params IReadOnlyList<string> words) => words[random.Next(words.Count)];

    public string Name(string ordinary) => IsHostile() ? Any(s_names) : ordinary;

    public string Size(int from, int to, bool inBlock) =>
        IsHostile() ? Any(s_sizes) : inBlock && Chance(0.3)
            ? Any("Block.Channels", "Block.Channels * 2", "Block.Channels / 2 + 1") : IsHostile() ? Any(s_placed) : $"{Number(from, to)}";

    public string Float(string ordinary) => IsHostile() ? Any(s_floats) : ordinary;

    /// <summary>A name of this library, in one of its spellings; the file has the aliases.</summary>
    public string Library(string name) =>
        !Chance(Hostility) ? name : Any($"NoiseGen.{name}", $"global::NoiseGen.{name}", $"NG.{name}", $"NG::{name}", $"@{name}", name);

    /// <summary>The same for an attribute without type arguments, which also has a longer name.</summary>
    public string Attribute(string name) => Library(Chance(0.1) ? name + "Attribute" : name);

    /// <summary>Something, or with some hostility nothing or something else.</summary>
    public string Or(string ordinary, params IReadOnlyList<string> others) => IsHostile() ? Any(others) : ordinary;
}
