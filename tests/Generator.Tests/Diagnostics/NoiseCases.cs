namespace NoiseGen.Generator.Tests.Diagnostics;

/// <summary>Mistakes of noise policies.</summary>
internal static class NoiseCases
{
    // The file that declares a user's kind of noise; the method's body does not matter here.
    private const string Kind = """
        : INoise
        {
            public static System.Runtime.Intrinsics.Vector512<float> Apply(
                System.Runtime.Intrinsics.Vector512<float> values, System.Runtime.Intrinsics.Vector512<float> sigma,
                System.Runtime.Intrinsics.Vector512<float> samples) => values;
        }
        """;

    public static readonly Case[] All =
    [
        Case.OnNetwork("on the network", "NG0021",
            "Network 'Net' names the value 64 as its noise sites, which is not a combination of Input, Linear, Norm, Sum, Activation, Pool",
            "[Noise<Additive>([|(Sites)64|])]"),

        Case.OnStage("on a stage", "NG0021",
            "Stage 'Conv' names the value -1 as its noise sites, which is not a combination of Input, Linear, Norm, Sum, Activation, Pool",
            "Noise<Additive>([|(Sites)(-1)|])"),

        Case.OnNetwork("none on the network", "NG0022",
            "Network 'Net' has a noise attribute for no site; name at least one of Input, Linear, Activation, or remove the attribute",
            "[Noise<Additive>([|Sites.None|])]"),

        Case.OnStage("none taken away", "NG0022",
            "Stage 'Conv' has a noise attribute for no site; name at least one of Linear, Activation, or remove the attribute",
            "NoNoise([|Sites.None|])"),

        Case.OnNetwork("in no stage", "NG0023", "Network 'Net' has no site Pool; it has Input, Linear, Activation",
            "[Noise<Additive>([|Sites.Linear | Sites.Pool|])]"),

        Case.OnStage("not in this stage", "NG0023", "Stage 'Conv' has no site Pool; it has Linear, Activation",
            "Noise<Additive>([|sites: Sites.Pool|])"),

        Case.OnStage("the input of a stage", "NG0023", "Stage 'Conv' has no site Input; it has Linear, Activation",
            "Noise<Additive>([|Sites.Input|])"),

        Case.OnStage("taken from where it is not", "NG0023", "Stage 'Conv' has no site Pool; it has Linear, Activation",
            "NoNoise([|Sites.Pool|])"),

        new("two kinds on the network", "NG0024",
            "Network 'Net' has two [Noise] attributes for the site Input; each site has one kind of noise",
            $$"""
            [Network(4), Noise<Additive>(Sites.Input | Sites.Linear), Noise<Mine>([|Sites.Input|])]
            partial class Net { [Dense(2)] public partial Stage Logits { get; } }
            """,
            $"struct Mine {Kind}"),

        Case.OnStage("the same kind twice", "NG0024",
            "Stage 'Conv' has two [Noise] attributes for the sites Linear, Activation; each site has one kind of noise",
            "Noise<Additive>, [|Noise<Additive>|]"),

        Case.OnStage("given and taken away", "NG0025", "Stage 'Conv' has both [Noise] and [NoNoise] for the site Linear; keep one of them",
            "NoNoise([|Sites.Linear|]), Noise<Additive>"),

        new("private kind", "NG0026",
            "The kind of noise 'Net.Mine' is private or local to its file; "
                + "generated code must be able to name it, so make it at least internal",
            $$"""
            [Network(4), [|Noise<Net.Mine>(Sites.Input)|]]
            partial class Net
            {
                [Dense(2)] public partial Stage Logits { get; }
                private struct Mine {{Kind}}
            }
            """),

        new("kind of a file", "NG0026",
            "The kind of noise 'Mine' is private or local to its file; "
                + "generated code must be able to name it, so make it at least internal",
            $$"""
            [Network(4)] partial class Net { [Dense(2), [|Noise<Mine>|]] public partial Stage Logits { get; } }
            file struct Mine {{Kind}}
            """),

        Case.OnStage("a unit of all sites", "NG0045",
            "Stage 'Conv' gives sigma in quantizer steps, but the sites Input, Linear, Norm, "
                + $"Sum are not behind a quantizer; {UnitAllowed}",
            "Quantize(Bits = 8), [|Noise<Additive>(Unit = SigmaUnit.QuantizerStep)|]"),

        Case.OnStage("a unit of a factor", "NG0045",
            "Stage 'Conv' gives sigma in quantizer steps, but Multiplicative noise scales the values, "
                + $"and a factor has no unit; {UnitAllowed}",
            "Quantize(Bits = 8), Noise<Multiplicative>([|Sites.Activation|], Unit = SigmaUnit.QuantizerStep)"),

        Case.OnStage("an unknown unit", "NG0045",
            $"Stage 'Conv' gives sigma in the unit 7, but there is no such unit; the units are Absolute, QuantizerStep and Range",
            "Noise<Additive>([|Sites.Activation|], Unit = (SigmaUnit)7)"),

        Case.OnStage("a range of a factor", "NG0045",
            "Stage 'Conv' gives sigma in units of the site's range, but Combined noise scales the values, and a factor has no unit; "
                + "give it so for additive noise",
            "[|Noise<Combined>(Unit = SigmaUnit.Range)|]"),

        new("a unit without a quantizer", "NG0045",
            $"Stage 'Conv' gives sigma in quantizer steps, but its activation is not quantized; {UnitAllowed}",
            """
            [Network(3, 32, 32)]
            partial class Net
            {
                [Conv2d(6, 5), Relu, Noise<Additive>(Sites.Activation, Unit = SigmaUnit.QuantizerStep)]
                public partial Stage [|Conv|] { get; }
                [Dense(10)] public partial Stage Logits { get; }
            }
            """),
    ];

    private const string UnitAllowed =
        "give it so for additive noise at the sites Activation and Pool of stages with an activation quantizer";
}
