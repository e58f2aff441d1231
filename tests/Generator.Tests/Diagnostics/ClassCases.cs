namespace NoiseGen.Generator.Tests.Diagnostics;

/// <summary>Mistakes of the class.</summary>
internal static class ClassCases
{
    private const string Body = "{ [Dense(2)] public partial Stage Logits { get; } }";

    public static readonly Case[] All =
    [
        new("class not partial", "NG0001",
            "Network 'Net' is not partial; the generator writes its other part, so declare it as 'partial class Net' in every part",
            $"[Network(4)] class [|Net|] {Body}"),

        new("one part not partial", "NG0001",
            "Network 'Net' is not partial; the generator writes its other part, so declare it as 'partial class Net' in every part",
            $"[Network(4)] partial class [|Net|] {Body}", "class Net { }"),

        new("container not partial", "NG0002",
            "Network 'Net' is nested in 'Outer', which is not partial; every containing type must be, for the generated part lies inside it",
            $$"""class Outer { [Network(4)] partial class [|Net|] {{Body}} }"""),

        Unsuitable("static", $"static partial class [|Net|] {Body}"),
        Unsuitable("abstract", $"abstract partial class [|Net|] {Body}"),
        Unsuitable("generic", $"partial class [|Net|]<T> {Body}"),
        Unsuitable("a record", $"partial record [|Net|] {Body}"),
        Unsuitable("local to its file", $"file partial class [|Net|] {Body}"),
        Unsuitable("a class with a primary constructor", $"partial class [|Net|](int size) {Body}"),

        new("a block as well", "NG0003",
            "Network 'Net' is a block as well; a network is a class that is not static, abstract, generic, a record or local to its file, and has no primary constructor",
            $"[Network(4), Block] partial class [|Net|] {Body}"),

        new("in a generic type", "NG0003",
            "Network 'Net' is nested in the generic type 'Outer<T>'; a network is a class that is not static, abstract, generic, a record or local to its file, "
            + "and has no primary constructor",
            $$"""partial class Outer<T> { [Network(4)] partial class [|Net|] {{Body}} }"""),

        new("deep in a generic type", "NG0003",
            "Network 'Net' is nested in the generic type 'Outer<T>.Middle'; a network is a class that is not static, abstract, generic, a record or local to its file, "
            + "and has no primary constructor",
            $$"""partial class Outer<T> { partial struct Middle { [Network(4)] partial class [|Net|] {{Body}} } }"""),

        new("another base class", "NG0004",
            "Network 'Net' derives from 'Some.Other'; a network derives from 'NeuralNetwork', which the generated part says",
            $$"""namespace Some { class Other; [Network(4)] partial class [|Net|] : Other {{Body}} }"""),

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

        new("two parts", "NG0007",
            "Stage 'Logits' is declared in another part of class 'Net' than stage 'Hidden'; stages run in the order in which one part declares them, "
            + "so all must stand in the same part",
            "[Network(4)] partial class Net { [Dense(3)] public partial Stage Hidden { get; } }",
            "partial class Net { [Dense(2)] public partial Stage [|Logits|] { get; } }"),

        new("attribute on the class", "NG0010",
            "[Quantize] on 'Net' has no effect, because class 'Net' has no [Network] attribute; add it, or remove this one",
            "[[|Quantize(Bits = 4)|]] partial class Net;"),

        new("attribute on a property", "NG0010",
            "[Relu] on 'Conv' has no effect, because class 'Net' has no [Network] attribute; add it, or remove this one",
            "class Net { [[|Relu|]] public Stage Conv => null!; }"),
    ];

    private static Case Unsuitable(string what, string declaration) => new(
        what, "NG0003",
        $"Network 'Net' is {what}; a network is a class that is not static, abstract, generic, a record or local to its file, and has no primary constructor",
        $"[Network(4)] {declaration}");
}
