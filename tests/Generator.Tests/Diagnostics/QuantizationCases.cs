namespace NoiseGen.Generator.Tests.Diagnostics;

/// <summary>Mistakes of quantization policies.</summary>
internal static class QuantizationCases
{
    private const string OneBit =
        "quantizes its weights to 1 bit, which leaves nothing: the levels of b bits are −(2^(b−1) − 1) … 2^(b−1) − 1, for 1 bit only 0; "
        + "use WeightBits = 2 or more";

    public static readonly Case[] All =
    [
        Case.OnNetwork("bits", "NG0027", "Network 'Net' has Bits = 17; it must be 1 … 16", "[Quantize([|Bits = 17|])]"),
        Case.OnNetwork(
            "weight bits", "NG0027", "Network 'Net' has WeightBits = 0; it must be 1 … 16", "[Quantize([|WeightBits = 0|], Bits = 4)]"),
        Case.OnStage(
            "activation bits", "NG0027", "Stage 'Conv' has ActivationBits = -2; it must be 1 … 16", "Quantize([|ActivationBits = -2|])"),

        Case.OnNetwork("bits for both", "NG0028", $"Network 'Net' {OneBit}", "[Quantize([|Bits = 1|])]"),
        Case.OnStage("weights of a stage", "NG0028", $"Stage 'Conv' {OneBit}", "Quantize(Bits = 4, [|WeightBits = 1|])"),

        Case.OnNetwork("zero", "NG0029",
            "Network 'Net' has an activation scale of 0; it must be above 0 and give a finite range",
            "[Quantize([|Scale = 0|])]"),
        Case.OnNetwork("fraction below", "NG0029",
            "Network 'Net' has an activation scale of -0.25; it must be above 0 and give a finite range",
            "[Quantize([|Scale = -0.25f|])]"),
        Case.OnStage("not a number", "NG0029",
            "Stage 'Conv' has an activation scale of NaN; it must be above 0 and give a finite range",
            "Quantize([|Scale = float.NaN|])"),
        Case.OnStage("infinite range", "NG0029",
            "Stage 'Conv' has an activation scale of 1E+38; it must be above 0 and give a finite range",
            "Quantize([|Scale = 1e38f|])"),
        Case.OnStage("infinite", "NG0029",
            "Stage 'Conv' has an activation scale of Infinity; it must be above 0 and give a finite range",
            "Quantize([|Scale = 1f / 0f|])"),

        Case.OnNetwork("undefined", "NG0030",
            "Network 'Net' has the value 7 for the scaling of its weights; it must be ByLayer, PerTensor or PerChannel",
            "[Quantize([|Weights = (WeightScaling)7|])]"),

        Case.OnStage("a learned scale that is given", "NG0046",
            "Stage 'Conv' has both a Scale and Activations = ActivationScaling.Learned, which learns the scale; keep one of them",
            "Quantize([|Scale = 0.5f|], Activations = ActivationScaling.Learned)"),
        Case.OnNetwork("an undefined scaling of activations", "NG0047",
            "Network 'Net' has the value 2 for the scaling of its activations; it must be Constant or Learned",
            "[Quantize([|Activations = (ActivationScaling)2|])]"),

        Case.InStages("a pool alone", "NG0031",
            "Stage 'Pool' has [Quantize], but neither weights nor an activation; quantize a stage with [Conv2d], [Dense] or [Relu]",
            "[MaxPool(2), [|Quantize|]] public partial Stage Pool { get; }"),

        Case.OnStage(
            "both", "NG0032", "Stage 'Conv' has both [Quantize] and [NoQuantize]; keep one of them", "[|NoQuantize|], Quantize(Bits = 4)"),
    ];
}
