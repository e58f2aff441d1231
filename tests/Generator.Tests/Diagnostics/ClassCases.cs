namespace NoiseGen.Generator.Tests.Diagnostics;

/// <summary>Mistakes of the class.</summary>
internal static class ClassCases
{
    private const string Body = "{ [Dense(2)] public partial Stage Logits { get; } }";

    private const string Suitable =
        "it must be a class that is not static, abstract, generic, a record or local to its file, without a primary constructor, "
        + "whose other constructors begin with : this(…), "
        + "and with only one of [Network] and [Block]";

    public static readonly Case[] All =
    [
        new("class not partial", "NG0001",
            "Network 'Net' is not partial; the generator writes its other part, so declare it as 'partial class Net' in every part",
            $"[Network(4)] class [|Net|] {Body}"),

        new("one part not partial", "NG0001",
            "Network 'Net' is not partial; the generator writes its other part, so declare it as 'partial class Net' in every part",
            $"[Network(4)] partial class [|Net|] {Body}", "class Net { }"),

        new("container not partial", "NG0002",
            "Network 'Net' is nested in 'Outer', which is not partial; "
                + "every containing type must be, because the generated part is nested in it",
            $$"""class Outer { [Network(4)] partial class [|Net|] {{Body}} }"""),

        Unsuitable("static", $"static partial class [|Net|] {Body}"),
        Unsuitable("abstract", $"abstract partial class [|Net|] {Body}"),
        Unsuitable("generic", $"partial class [|Net|]<T> {Body}"),
        Unsuitable("a record", $"partial record [|Net|] {Body}"),
        Unsuitable("local to its file", $"file partial class [|Net|] {Body}"),
        Unsuitable("a class with a primary constructor", $"partial class [|Net|](int size) {Body}"),
        Unsuitable("a class with a constructor that does not call the generated one",
            $"partial class [|Net|] {{ public Net(float x) {{ }} {Body[1..]}"),
        Unsuitable("a class with a constructor that does not call the generated one",
            $"partial class [|Net|] {{ public Net(float x) : base() {{ }} {Body[1..]}", "but its base's"),

        Unsuitable("generic",
            $"partial class [|Net|]<@in, T> where @in : struct where T : System.IComparable<T> {Body}", "with constraints"),
        Unsuitable("a record", $"sealed partial record class [|Net|] {Body}", "by two words"),
        Unsuitable("nested in the generic type 'Outer<T>'", $$"""partial class Outer<T> { [Network(4)] partial class [|Net|] {{Body}} }"""),
        Unsuitable("nested in the generic type 'Outer<T>.Middle'",
            $$"""partial class Outer<T> { partial struct Middle { [Network(4)] partial class [|Net|] {{Body}} } }"""),
        Unsuitable("nested in the generic type 'IOuter<T>'",
            $$"""partial interface IOuter<T> { [Network(4)] partial class [|Net|] {{Body}} }"""),
        Unsuitable("local to its file", $$"""file partial class Outer { [Network(4)] partial class [|Net|] {{Body}} }""",
            "by what contains it"),
        Unsuitable("a block as well", $"[Network(4), Block] partial class [|Net|] {Body}"),

        UnsuitableBlock("generic", "partial class [|Unit|]<T> { [Relu] public partial Stage Stage1 { get; } }"),
        UnsuitableBlock("a record", "partial record [|Unit|] { [Relu] public partial Stage Stage1 { get; } }"),
        UnsuitableBlock("local to its file", "file partial class [|Unit|] { [Relu] public partial Stage Stage1 { get; } }"),

        new("block not partial", "NG0001",
            "Block 'Unit' is not partial; the generator writes its other part, so declare it as 'partial class Unit' in every part",
            "[Block] class [|Unit|] { [Relu] public partial Stage Stage1 { get; } }"),

        new("another base class", "NG0004",
            "Network 'Net' derives from 'Some.Other'; its base class is 'NeuralNetwork', declared by the generated part, "
                + "so remove 'Some.Other'",
            $$"""namespace Some { class Other; [Network(4)] partial class [|Net|] : Other {{Body}} }"""),

        new("another base class of a block", "NG0004",
            "Block 'Unit' derives from 'Other'; its base class is 'BlockStages', declared by the generated part, so remove 'Other'",
            "class Other; [Block] partial class [|Unit|] : Other { [Relu] public partial Stage Stage1 { get; } }"),

        new("features", "NG0005", "The input of network 'Net' has 0 as its features; it must be at least 1",
            $"[Network([|0|])] partial class Net {Body}"),

        new("channels by name", "NG0005", "The input of network 'Net' has 0 as its channels; it must be at least 1",
            $"[Network(width: 1, [|channels: 0|], height: 1)] partial class Net {Body}"),

        new("height", "NG0005", "The input of network 'Net' has -3 as its height; it must be at least 1",
            $"[Network(1, [|-3|], 1)] partial class Net {Body}"),

        new("constant width", "NG0005", "The input of network 'Net' has 0 as its width; it must be at least 1",
            $"[Network(1, 1, [|Sizes.Width|])] partial class Net {Body} static class Sizes {{ public const int Width = 0; }}"),

        new("no stages", "NG0006",
            "Network 'Net' has no stages; declare at least one, such as '[Dense(10)] public partial Stage Logits { get; }'",
            "[Network(4)] partial class [|Net|] { public Stage Helper => null!; }"),

        new("no stages in a block", "NG0006",
            "Block 'Unit' has no stages; declare at least one, such as '[Dense(10)] public partial Stage Logits { get; }'",
            "[Block] partial class [|Unit|];"),

        new("two parts", "NG0007",
            "Stage 'Logits' is declared in another part of class 'Net' than stage 'Hidden'; "
            + "stages run in the order in which one part declares them, "
            + "so declare them all in the same part",
            "[Network(4)] partial class Net { [Dense(3)] public partial Stage Hidden { get; } }",
            "partial class Net { [Dense(2)] public partial Stage [|Logits|] { get; } }"),

        new("attribute on the class", "NG0010",
            "[Quantize] on 'Net' has no effect, because class 'Net' has no [Network] attribute; add it, or remove this one",
            "[[|Quantize(Bits = 4)|]] partial class Net;"),

        new("attribute on a property", "NG0010",
            "[Relu] on 'Conv' has no effect, because class 'Net' has no [Network] attribute; add it, or remove this one",
            "class Net { [[|Relu|]] public Stage Conv => null!; }"),

        Stray("a class", "partial class Net"),
        Stray("a generic class", "partial class Net<T>"),
        Stray("a record", "partial record Net"),
        Stray("a struct", "readonly partial struct Net"),
        Stray("a record struct", "partial record struct Net"),
        Stray("an interface", "partial interface Net"),
        new("stages of two parts", "NG0010", NoNetwork("Dense", "Logits"),
            "partial class Net { public partial Stage Hidden { get; } }",
            "partial class Net { [[|Dense(2)|]] public partial Stage Logits { get; } }"),
    ];

    private static Case Stray(string what, string declaration) => new(
        $"stages of {what}", "NG0010", NoNetwork("Dense", "Logits"),
        $$"""{{declaration}} { [[|Dense(2)|]] public partial NoiseGen.Stage Logits { get; } }""");

    private static string NoNetwork(string attribute, string property) =>
        $"[{attribute}] on '{property}' has no effect, because class 'Net' has no [Network] attribute; add it, or remove this one";

    private static Case Unsuitable(string what, string declaration, string variant = "") => new(
        $"{what} {variant}".Trim(), "NG0003", $"Network 'Net' is {what}; {Suitable}",
        declaration.Contains("[Network", StringComparison.Ordinal) ? declaration : $"[Network(4)] {declaration}");

    private static Case UnsuitableBlock(string what, string declaration) =>
        new($"block: {what}", "NG0003", $"Block 'Unit' is {what}; {Suitable}", $"[Block] {declaration}");
}
