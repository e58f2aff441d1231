namespace NoiseGen.Generator.Tests.Diagnostics;

/// <summary>Mistakes in how stages and blocks are connected.</summary>
internal static class WiringCases
{
    private const string Unit =
        "[Block] public partial class Unit { [Conv2d(Block.Channels, 3, Padding = 1), Residual] public partial Stage Conv { get; } }";

    public static readonly Case[] All =
    [
        Case.InStages("two", "NG0035",
            "Stage 'Conv' has two activations; it may have one of [Relu], [LeakyRelu], [Sigmoid], [Tanh], so make it two stages",
            "[Conv2d(6, 5), Relu, [|Tanh|]] public partial Stage Conv { get; }"),

        AfterFirst("two", "NG0036",
            "Stage 'Conv' has two second inputs; it may have one of [Add], [Concat], [Residual], so make it two stages",
            "Conv2d(3, 1), Add(nameof(First)), [|Concat(nameof(First))|]"),

        AfterFirst("to add", "NG0037", "Stage 'Conv' reads 'Missing', which is not an earlier stage of its class; earlier stages: First",
            "Conv2d(3, 1), [|Add(\"Missing\")|]"),
        AfterFirst("to read", "NG0037", "Stage 'Conv' reads 'Logits', which is not an earlier stage of its class; earlier stages: First",
            "[|From(nameof(Logits))|], Conv2d(3, 1)"),

        AfterFirst("a sum", "NG0038", "Stage 'Conv' has 6×32×32 to add to 3×32×32 from 'First'; it needs equal shapes",
            "Conv2d(6, 1), [|Add(nameof(First))|]"),
        AfterFirst("a concatenation", "NG0038",
            "Stage 'Conv' has 6×30×30 to concatenate to 3×32×32 from 'First'; it needs equal heights and widths",
            "Conv2d(6, 3), [|Concat(nameof(First))|]"),
        InBlock("a residual", "NG0038",
            "Stage 'Units[0].Conv' has 6×28×28 to add to 3×32×32 from the input; it needs heights and widths that a stride can lead to",
            "[[|Repeat<Block1>(1)|]]",
            "[Block] public partial class Block1 { [Conv2d(6, 5), Residual] public partial Stage Conv { get; } }"),

        Case.InStages("channels", "NG0039",
            "Stage 'Conv' uses Block.Channels, which only stages of a [Block] have: it stands for what [Repeat] gives the block; "
                + "write the number",
            "[Conv2d([|Block.Channels|], 3)] public partial Stage Conv { get; }"),
        Case.InStages("channels in arithmetic", "NG0039",
            "Stage 'Conv' uses Block.Stride, which only stages of a [Block] have: it stands for what [Repeat] gives the block; "
                + "write the number",
            "[Conv2d(6, 3, [|Padding = 1 - Block.Stride / 2|])] public partial Stage Conv { get; }"),
        new("channels of a repeated block", "NG0039",
            "Stage 'Units' uses Block.Channels, which only stages of a [Block] have: it stands for what [Repeat] gives the block; "
                + "write the number",
            """
            [Network(3, 32, 32)]
            partial class Net
            {
                [Repeat<Unit>([|Channels = Block.Channels * 2|])] public partial Stage Units { get; }
                [Dense(10)] public partial Stage Logits { get; }
            }
            """, Unit),
        Case.InStages("a residual", "NG0039",
            "Stage 'Conv' uses [Residual], which only stages of a [Block] have: it stands for the block's input; "
                + "name a stage, such as [Add(nameof(Stem))], or [Add] for the network's input",
            "[Conv2d(3, 1), [|Residual|]] public partial Stage Conv { get; }"),

        Case.InStages("no block", "NG0040",
            "'Conv' repeats 'String', which is a class without [Block]; it must be a class with [Block] and at least one stage",
            "[[|Repeat<string>(2)|]] public partial Stage Conv { get; }"),
        new("no block, by its repetitions", "NG0040",
            "'Units' repeats 'Helper', which is a class without [Block]; it must be a class with [Block] and at least one stage",
            "[Network(3, 8, 8)] partial class Net { [[|Repeat<Helper>(2)|]] public partial Blocks<Helper> Units { get; } "
                + "[Dense(2)] public partial Stage Logits { get; } }",
            "class Helper;"),
        new("no block in a block", "NG0040",
            "'Units' repeats 'Helper', which is a class without [Block]; it must be a class with [Block] and at least one stage",
            "[Block] partial class Group { [[|Repeat<Helper>(2)|]] public partial Stage Units { get; } }", "class Helper;"),
        InBlock("too many stages", "NG0040",
            "'Units' repeats 'Level0', which is a block of more than 1000 stages; it must be a class with [Block] and at least one stage",
            "[[|Repeat<Level0>(1)|]]", string.Join('\n', Enumerable.Range(0, 24).Select(level =>
                $"[Block] public partial class Level{level} {{ [Repeat<Level{level + 1}>(1)] public partial Stage A {{ get; }} "
                + $"[Repeat<Level{level + 1}>(1)] public partial Stage B {{ get; }} }}"))
                + "[Block] public partial class Level24 { [Relu] public partial Stage A { get; } }"),
        InBlock("too deep", "NG0040",
            "'Units' repeats 'Level0', which is a block of blocks that are nested more than 50 deep; "
                + "it must be a class with [Block] and at least one stage",
            "[[|Repeat<Level0>(1)|]]", string.Join('\n', Enumerable.Range(0, 300).Select(level =>
                $"[Block] public partial class Level{level} {{ [Repeat<Level{level + 1}>(1)] public partial Stage A {{ get; }} }}"))
                + "[Block] public partial class Level300 { [Relu] public partial Stage A { get; } }"),
        new("a network that repeats what repeats it", "NG0040",
            "'Nets' repeats 'Net', which is a class without [Block]; it must be a class with [Block] and at least one stage",
            "[Network(3, 8, 8)] partial class Net { [Repeat<Unit>] public partial Blocks<Unit> Units { get; } "
                + "[Dense(2)] public partial Stage Logits { get; } }",
            "[Block] partial class Unit { [[|Repeat<Net>|]] public partial Stage Nets { get; } }"),
        InBlock("itself", "NG0040",
            "'Units' repeats 'Block1', which is a block that contains itself; it must be a class with [Block] and at least one stage",
            "[[|Repeat<Block1>(2)|]]", "[Block] public partial class Block1 { [Repeat<Block1>(1)] public partial Stage Conv { get; } }"),

        Case.InStages("epsilon", "NG0041", "Epsilon of stage 'Conv' is 0; it must be a finite number above 0",
            "[Conv2d(6, 5), BatchNorm([|Epsilon = 0f|])] public partial Stage Conv { get; }"),
        Case.InStages("momentum", "NG0041", "Momentum of stage 'Conv' is 1.5; it must be above 0 and at most 1",
            "[Conv2d(6, 5), BatchNorm([|Momentum = 1.5f|])] public partial Stage Conv { get; }"),

        InBlock("what is reckoned from a block's channels", "NG0015", "Channels of stage 'Units[0].Conv' is 0; it must be at least 1",
            "[[|Repeat<Block1>(Channels = 3)|]]",
            "[Block] public partial class Block1 { [Conv2d(Block.Channels / 4, 1)] public partial Stage Conv { get; } }"),
        InBlock("a division by zero", "NG0041",
            "Channels of stage 'Units[0].Conv' is 8 / (Block.Stride - 1), where Block.Channels is 3 and Block.Stride 1; "
                + "it must be a number of 32 bits, and no division by 0",
            "[[|Repeat<Block1>|]]",
            "[Block] public partial class Block1 { [Conv2d(8 / (Block.Stride - 1), 1)] public partial Stage Conv { get; } }"),
        InBlock("what 32 bits do not hold", "NG0041",
            "Channels of stage 'Units[0].Conv' is Block.Channels * 60000, where Block.Channels is 40000 and Block.Stride 1; "
                + "it must be a number of 32 bits, and no division by 0",
            "[[|Repeat<Block1>(Channels = 40_000)|]]",
            "[Block] public partial class Block1 { [Conv2d(Block.Channels * 60_000, 1)] public partial Stage Conv { get; } }"),

        new("a block", "NG0042", "Stage 'Units' repeats a block, so it cannot have operations; move them to a stage before or after it",
            """
            [Network(3, 32, 32)]
            partial class Net
            {
                [Repeat<Unit>(2), NoNoise, [|Relu|]] public partial Stage Units { get; }
                [Dense(10)] public partial Stage Logits { get; }
            }
            """, Unit),

        Case.InStages("with a sign", "NG0043",
            "The activations of stage 'Conv' are quantized to 1 bit, but those of Tanh are signed, "
                + "and one bit leaves only −1 and 0; use at least 2",
            "[Conv2d(6, 5), Tanh, Quantize(WeightBits = 8, [|ActivationBits = 1|])] public partial Stage Conv { get; }"),
        Case.InStages("with a sign, by the bits of both", "NG0043",
            "The activations of stage 'Conv' are quantized to 1 bit, but those of LeakyRelu are signed, "
                + "and one bit leaves only −1 and 0; use at least 2",
            "[Conv2d(6, 5), LeakyRelu, Quantize([|Bits = 1|], WeightBits = 8)] public partial Stage Conv { get; }"),
        new("with a sign, by the network's policy", "NG0043",
            "The activations of stage 'Conv' are quantized to 1 bit, but those of Tanh are signed, "
                + "and one bit leaves only −1 and 0; use at least 2",
            """
            [Network(3, 32, 32), Quantize(WeightBits = 8, ActivationBits = 1)]
            partial class Net
            {
                [Conv2d(6, 5), Tanh] public partial Stage [|Conv|] { get; }
                [Dense(10)] public partial Stage Logits { get; }
            }
            """),

        Misplaced("Channels", "Block.Channels << 1", "Conv2d([|Block.Channels << 1|], 1)"),
        Misplaced("Padding", "Block.Stride > 1 ? 1 : 0", "Conv2d(4, 3, [|Padding = Block.Stride > 1 ? 1 : 0|])"),
        Misplaced("Kernel", "(int)(Block.Stride * 1.5)", "Conv2d(4, [|(int)(Block.Stride * 1.5)|])"),
        Misplaced("Bias", "Block.Stride == 1", "Conv2d(4, 3, [|Bias = Block.Stride == 1|])"),
        Misplaced("Rate", "0.5f / Block.Stride", "Relu, Dropout([|0.5f / Block.Stride|])"),
        Misplaced("Slope", "Block.Stride", "LeakyRelu([|Block.Stride|])"),
        Misplaced("Bits", "Block.Stride", "Conv2d(4, 3), Quantize([|Bits = Block.Stride|])"),
        Misplaced("Sites", "(Sites)Block.Stride", "Conv2d(4, 3), NoNoise([|(Sites)Block.Stride|])"),
        new("in the network's input", "NG0048",
            "Channels of 'Net' is 'Block.Channels'; Block.Channels and Block.Stride are allowed in the sizes of [Conv2d], [Dense], "
                + "[MaxPool] and [AvgPool] and in [Repeat], alone or with +, -, *, / and %",
            "[Network([|Block.Channels|], 8, 8)] partial class Net { [Dense(10)] public partial Stage Logits { get; } }"),
    ];

    private static Case Misplaced(string property, string text, string attribute, string name = "Conv") =>
        InOneBlock($"{property} is {text}", "NG0048",
        $"{property} of '{name}' is '{text}'; Block.Channels and Block.Stride are allowed in the sizes of [Conv2d], [Dense], "
            + "[MaxPool] and [AvgPool] and in [Repeat], alone or with +, -, *, / and %",
        attribute);

    private static Case InOneBlock(string name, string id, string message, string attributes) =>
        new(name, id, message, $$"""[Block] public partial class Unit { [{{attributes}}] public partial Stage Conv { get; } }""");

    private static Case AfterFirst(string name, string id, string message, string attributes) => Case.InStages(name, id, message, $$"""
        [Conv2d(3, 1)] public partial Stage First { get; }
            [{{attributes}}] public partial Stage Conv { get; }
        """);

    private static Case InBlock(string name, string id, string message, string attributes, string block) => new(name, id, message, $$"""
        [Network(3, 32, 32)]
        partial class Net
        {
            {{attributes}} public partial Stage Units { get; }
            [Dense(10)] public partial Stage Logits { get; }
        }
        """, block);
}
