namespace NoiseGen.Generator.Tests.Diagnostics;

/// <summary>Sizes that are out of range, and shapes that do not fit.</summary>
internal static class ShapeCases
{
    public static readonly Case[] All =
    [
        NotPositive("Channels", "Conv2d([|0|], 5)"),
        NotPositive("Kernel", "Conv2d(6, [|0|])"),
        NotPositive("Kernel", "Conv2d([|kernel: 0|], channels: 6)", "by name"),
        NotPositive("Stride", "Conv2d(6, 5, [|Stride = 0|])"),
        NotPositive("Features", "Dense([|0|])"),
        NotPositive("Size", "MaxPool([|0|])"),
        NotPositive("Size", "AvgPool([|0|])", "of an average"),
        NotPositive("Stride", "MaxPool(2, [|Stride = 0|])", "of a pool"),

        Padding(5, 4, "one less than its kernel of 5", "Conv2d(6, 5, [|Padding = 5|])"),
        Padding(-1, 4, "one less than its kernel of 5", "Conv2d(6, 5, [|Padding = -1|])"),
        Padding(2, 1, "half its window of 3", "MaxPool(3, [|Padding = 2|])"),
        Padding(-1, 1, "half its window of 2", "AvgPool(2, [|Padding = -1|])"),

        Case.InStages("first stage", "NG0017",
            "Stage 'Conv' receives 3×32×32 from the input; with padding 0 that is 32×32 pixels, too small for a 33×33 kernel",
            "[Conv2d(6, [|33|])] public partial Stage Conv { get; }"),

        Case.InStages("second stage", "NG0017",
            "Stage 'Conv2' receives 6×14×14 from 'Conv1'; with padding 1 that is 16×16 pixels, too small for a 17×17 kernel",
            """
            [Conv2d(6, 5), MaxPool(2)] public partial Stage Conv1 { get; }
                [Conv2d(6, [|17|], Padding = 1)] public partial Stage Conv2 { get; }
            """),

        Case.InStages("behind a dense layer", "NG0017",
            "Stage 'Conv' receives 4×1×1 from 'Flat'; with padding 0 that is 1×1 pixels, too small for a 3×3 kernel",
            """
            [Dense(4)] public partial Stage Flat { get; }
                [Conv2d(6, [|3|])] public partial Stage Conv { get; }
            """),

        Case.InStages("alone", "NG0018",
            "The pool of stage 'Pool' receives 3×32×32 from the input; with padding 0 that is 32×32 pixels, too small for a 40×40 window",
            "[MaxPool([|40|])] public partial Stage Pool { get; }"),

        Case.InStages("behind its own kernel", "NG0018",
            "The pool of stage 'Conv' receives 6×28×28 from its linear operation; "
                + "with padding 0 that is 28×28 pixels, too small for a 30×30 window",
            "[Conv2d(6, 5), AvgPool([|30|])] public partial Stage Conv { get; }"),

        new("input", "NG0019", "The input of network 'Net' is too large: 3×100000×100000 values exceed the limit of 16777216",
            "[[|Network(3, 100000, 100000)|]] partial class Net { [Dense(10)] public partial Stage Logits { get; } }"),

        Case.InStages("output", "NG0019", "The output of stage 'Conv' is too large: 2000000×32×32 values exceed the limit of 16777216",
            "[[|Conv2d(2000000, 1)|]] public partial Stage Conv { get; }"),

        Case.InStages("weights", "NG0019",
            "Stage 'Conv' is too large: its 30000000×3072 weights and those of the stages before it exceed the limit of 536870912",
            "[[|Dense(30000000)|]] public partial Stage Conv { get; }"),

        Case.InStages("weights of two stages", "NG0019",
            "Stage 'Second' is too large: its 8000×100000 weights and those of the stages before it exceed the limit of 536870912",
            """
            [Dense(100000)] public partial Stage First { get; }
                [[|Dense(8000)|]] public partial Stage Second { get; }
            """),

        Case.InStages("beyond 64 bits", "NG0019",
            "Stage 'Conv' is too large: its 1×3×2147483647×2147483647 weights and those of the stages before it exceed the "
                + "limit of 536870912",
            "[[|Conv2d(1, int.MaxValue, Padding = int.MaxValue - 1)|]] public partial Stage Conv { get; }"),

        Large("a block of images", "1610612928 numbers to work on 32 images",
            "[Network(64, 512, 512)]", "[Relu] public partial Stage A { get; } [AvgPool(512)] public partial Stage Logits { get; }"),
        Large("a pool's window", "4006400096 numbers to work on 32 images",
            "[Network(10)]", "[MaxPool(20000, Padding = 10000)] public partial Stage Logits { get; }"),
        Large("a pool's window beyond 64 bits", "708669603616 numbers to work on 32 images",
            "[Network(10)]", "[MaxPool(int.MaxValue, Padding = int.MaxValue / 2)] public partial Stage Logits { get; }"),

        new("an image", "NG0020",
            "Network 'Net' ends with 6×28×28 from stage 'Conv'; the loss needs a flat vector, so end with a stage such as [Dense(10)]",
            "[Network(3, 32, 32)] partial class Net { [Conv2d(6, 5)] public partial Stage [|Conv|] { get; } }"),

        Case.InStages("of the input", "NG0044",
            "Stage 'Conv' has 2 groups; they must divide the 3 channels that it receives from the input and its 6 output channels",
            "[Conv2d(6, 5, [|Groups = 2|])] public partial Stage Conv { get; }"),
        Case.InStages("of the output", "NG0044",
            "Stage 'Conv' has 3 groups; they must divide the 3 channels that it receives from the input and its 8 output channels",
            "[Conv2d(8, 5, [|Groups = 3|])] public partial Stage Conv { get; }"),
        Case.InStages("groups", "NG0015", "Groups of stage 'Conv' is 0; it must be at least 1",
            "[Conv2d(6, 5, [|Groups = 0|])] public partial Stage Conv { get; }"),
        Case.InStages("a pool's rows", "NG0015", "WindowHeight of stage 'Conv' is 0; it must be at least 1",
            "[MaxPool([|0|], 2)] public partial Stage Conv { get; }"),
        Case.InStages("a pool's columns", "NG0018",
            "The pool of stage 'Conv' receives 3×32×32 from the input; with padding 0 that is 32×32 pixels, too small for a 2×33 window",
            "[AvgPool([|2|], 33)] public partial Stage Conv { get; }"),
        Case.InStages("of dropout", "NG0041", "Rate of stage 'Conv' is 1; it must be above 0 and below 1",
            "[Conv2d(6, 5), Dropout([|1f|])] public partial Stage Conv { get; }"),
    ];

    private static Case Large(string name, string excess, string network, string stages) => new(
        name, "NG0019", $"Network 'Net' is too large: {excess} exceed the limit of 536870912",
        $$"""{{network}} partial class [|Net|] { {{stages}} }""");

    private static Case NotPositive(string argument, string attribute, string variant = "") => Case.InStages(
        $"{argument} {variant}".Trim(), "NG0015", $"{argument} of stage 'Conv' is 0; it must be at least 1",
        $$"""[{{attribute}}] public partial Stage Conv { get; }""");

    private static Case Padding(int value, int largest, string origin, string attribute) => Case.InStages(
        $"{value} of {largest}", "NG0016",
        $"Padding of stage 'Conv' is {value}; it must be 0 … {largest}, {origin}, so that no window lies entirely in the padding",
        $$"""[{{attribute}}] public partial Stage Conv { get; }""");
}
