namespace NoiseGen.Generator.Tests.Diagnostics;

/// <summary>Mistakes of a stage's property, and of its operations taken together.</summary>
internal static class StageCases
{
    public static readonly Case[] All =
    [
        Unsuitable("is not partial", "[Relu] public Stage [|Conv|] { get; } = null!;"),
        Unsuitable("is not get-only", "[Relu] public partial Stage [|Conv|] { get; set; }"),
        Unsuitable("is not get-only", "[Relu] public partial Stage [|Conv|] { get; init; }", "init"),
        Unsuitable("is static", "[Relu] public static partial Stage [|Conv|] { get; }"),
        Unsuitable("has a body", "[Relu] public partial Stage [|Conv|] { get; } public partial Stage Conv => null!;"),
        Unsuitable("has a body", "[Relu] public partial Stage [|Conv|] => null!;", "no definition"),

        Case.InStages("indexer", "NG0008",
            "Stage 'this[]' is an indexer; a stage is declared as 'partial Stage this[] { get; }', not static and without a body",
            "[Relu] public partial Stage [|this|][int i] { get; }"),

        new("blocks of nothing", "NG0008",
            "Stage 'Units' is of type 'Blocks<Unit>' without [Repeat<Unit>]; "
                + "a stage is declared as 'partial Stage Units { get; }', not static and without a body",
            """
            [Network(4)]
            partial class Net
            {
                public partial Blocks<Unit> [|Units|] { get; }
                [Dense(10)] public partial Stage Logits { get; }
            }
            """,
            "[Block] public partial class Unit { [Relu] public partial Stage Stage1 { get; } }"),

        Case.InStages("other type", "NG0009", "Property 'Conv' has a stage's attributes, but is of type 'int'; a stage is of type 'Stage'",
            "[Relu] public int [|Conv|] => 1;"),

        Case.InStages("nullable stage", "NG0009",
            "Property 'Conv' has a stage's attributes, but is of type 'NoiseGen.Stage?'; a stage is of type 'Stage'",
            "[Relu] public partial Stage? [|Conv|] { get; }"),

        Case.InStages("another stage type", "NG0009",
            "Property 'Conv' has a stage's attributes, but is of type 'Net.Stage'; a stage is of type 'Stage'",
            "[Relu] public partial Stage [|Conv|] { get; } class Stage;").WithLogits("NoiseGen.Stage"),

        Taken("Noise", "of the base class"),
        Taken("Describe", "of the contract"),
        Taken("GetType", "of object"),
        Taken("s_description", "of the generated class"),

        new("class with the name of a generated member", "NG0011", NameTaken("Network", "Create"),
            "namespace App; [Network(4)] partial class [|Create|] { [Dense(2)] public partial Stage Logits { get; } }"),

        Around("namespace with the name of an integer", "Namespace", "nint", "namespace A.nint;"),
        Around("namespace that every network finds", "Namespace", "nint", "", "namespace @nint { class Other; }"),
        Around("type called System", "Type", "System", "", "class System;"),
        Around("type called var", "Type", "var", "", "class @var;"),
        Around("type called nint", "Type", "nint", "", "class @nint;"),
        Around("field with the name of a generated method", "Member", "Create", "", "partial class Net { int Create = 1; }"),
        Around("nested type with the name of a generated method", "Member", "Describe", "", "partial class Net { enum Describe; }"),
        Around("method that is generated", "Member", "Create", "",
            "partial class Net { public static Net Create(ulong seed, int images, int threads) => null!; }"),
        Around("constructor that is generated", "Member", "Net", "",
            "partial class Net { public Net(ulong seed, int batchSize, int threads) : this() { } }"),

        new("stage with its class's name", "NG0011", "Stage 'Net' has a name that its class has; choose another name",
            "[Network(4)] partial class Net { [Relu] public partial Stage [|Net|] { get; } "
                + "[Dense(2)] public partial Stage Logits { get; } }"),
        new("block's stage with its class's name", "NG0011", "Stage 'Unit' has a name that its class has; choose another name",
            "[Block] partial class Unit { [Relu] public partial Stage [|Unit|] { get; } }"),

        new("name that a block inherits", "NG0011", NameTaken("Stage", "Path"),
            "[Block] public partial class Unit { [Dense(Block.Channels)] public partial Stage [|Path|] { get; } }"),

        new("name of a block's stage in code", "NG0011",
            "Stage 'Layer1_0_Conv' has a name that a stage of a block has in generated code; choose another name",
            """
            [Network(3, 8, 8)]
            partial class Net
            {
                [Repeat<Unit>(1, Channels = 4)] public partial Stage Layer1 { get; }
                [Relu] public partial Stage [|Layer1_0_Conv|] { get; }
                [Dense(10)] public partial Stage Logits { get; }
            }
            """,
            "[Block] public partial class Unit { [Conv2d(Block.Channels, 3)] public partial Stage Conv { get; } }"),

        Case.InStages("logits twice", "NG0034",
            "Stage 'Logits' and stage 'logits' differ in case only; "
                + "each stage has a file of its name, and file systems may ignore case, so choose another name",
            "[Relu] public partial Stage logits { get; }").Mark("Logits"),

        Case.InStages("nothing", "NG0012",
            "Stage 'Conv' has no operation; give it at least one, such as [Conv2d], [Dense], [BatchNorm], [Add], [Relu] or [MaxPool]",
            "public partial Stage [|Conv|] { get; }"),

        Case.InStages("policies only", "NG0012",
            "Stage 'Conv' has no operation; give it at least one, such as [Conv2d], [Dense], [BatchNorm], [Add], [Relu] or [MaxPool]",
            "[NoQuantize] public partial Stage [|Conv|] { get; }"),

        Case.InStages("convolution and dense layer", "NG0013",
            "Stage 'Conv' has two linear operations; it may have one [Conv2d] or [Dense], so make it two stages",
            "[Conv2d(6, 5), [|Dense(10)|]] public partial Stage Conv { get; }"),

        Case.InStages("both pools", "NG0014",
            "Stage 'Conv' has two pools; it may have one of [MaxPool], [AvgPool], [GlobalAvgPool], so make it two stages",
            "[MaxPool(2)] [[|AvgPool(2)|]] public partial Stage Conv { get; }"),
    ];

    private static Case Unsuitable(string what, string property, string variant = "") => Case.InStages(
        $"{what} {variant}".Trim(), "NG0008",
        $"Stage 'Conv' {what}; a stage is declared as 'partial Stage Conv {{ get; }}', not static and without a body", property);

    private static Case Taken(string name, string variant) =>
        Case.InStages($"name {variant}", "NG0011", NameTaken("Stage", name), $$"""[Relu] public partial Stage [|{{name}}|] { get; }""");

    private static string NameTaken(string what, string name) =>
        $"{what} '{name}' has a name that the members or the generated code of every network use; choose another name";

    // What is declared beside a network, in its second file, or around it.
    private static Case Around(string name, string what, string taken, string @namespace, params string[] beside) => new(
        name, "NG0011", NameTaken(what, taken),
        [$"{@namespace} [Network(4)] partial class [|Net|] {{ [Dense(2)] public partial Stage Logits {{ get; }} }}", .. beside]);

    private static Case Mark(this Case one, string text) =>
        new(one.Name, one.Id, one.Message, [.. one.Files.Select(file => file.Replace(text, $"[|{text}|]", StringComparison.Ordinal))]);

    // In a class with a type of this name, the other stages have to qualify their type.
    private static Case WithLogits(this Case one, string type) =>
        new(one.Name, one.Id, one.Message,
            [.. one.Files.Select(file => file.Replace("Stage Logits", $"{type} Logits", StringComparison.Ordinal))]);
}
