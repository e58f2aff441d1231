namespace NoiseGen.Generator.Tests.Diagnostics;

/// <summary>Mistakes in declarations of hardware.</summary>
internal static class HardwareCases
{
    private const string Cell = """
        : IMemoryDevice
        {
            public static Vector512<float> Programmed(Vector512<float> targets, Vector512<float> samples) => targets;
            public static Vector512<float> Aged(Vector512<float> programmed, Vector512<float> targets, in CellAge age,
                Vector512<float> programmingSamples, Vector512<float> samples) => programmed;
            public static Vector512<float> ReadDeviation(Vector512<float> aged, Vector512<float> targets, in CellAge age) => aged;
        }
        """;

    private const string Options = "ByLayer, PerTensor, PerChannel";

    public static readonly Case[] All =
    [
        new("private device", "NG0049",
            "The memory device 'Net.Mine' is private or local to its file; "
                + "generated code must be able to name it, so make it at least internal",
            $$"""
            using System.Runtime.Intrinsics;
            [Network(4), [|Device<Net.Mine>|]]
            partial class Net
            {
                [Dense(2)] public partial Stage Logits { get; }
                private struct Mine {{Cell}}
            }
            """),

        Case.InStages("a pool alone", "NG0050",
            "Stage 'Pool' has [Device] but neither [Conv2d] nor [Dense], whose weights the cells would hold; remove [Device]",
            "[MaxPool(2), [|Device<Pcm>|]] public partial Stage Pool { get; }"),

        Case.OnStage("both", "NG0051", "Stage 'Conv' has both [Device] and [Digital]; keep one of them", "Device<Pcm>, [|Digital|]"),

        Case.OnNetwork("an unknown mapping", "NG0052",
            $"Network 'Net' has Mapping = 5 in [Device]; allowed are {Options}", "[Device<Pcm>([|Mapping = (WeightScaling)5|])]"),
        Case.OnStage("an unknown compensation", "NG0052",
            "Stage 'Conv' has Compensation = 3 in [Device]; allowed are Global, PerColumn, None",
            "Device<Reram>([|Compensation = (DriftCompensation)3|])"),
    ];
}
