using System.Globalization;
using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Planning;

/// <summary>The properties of a quantizer on which the code depends; bits and scales are run-time values.</summary>
internal sealed record RowQuantizer(bool Signed, bool Learned);

/// <summary>
/// One pass over a row's values: noise → norm → noise → sum → noise → activation → quantizer → noise, as far as the stage has them. Stages
/// with equal passes share the code, across networks. Kinds of noise are null if there is none.
/// </summary>
/// <param name="HasTail">Whether a row's length is not a multiple of four values.</param>
/// <param name="NoiseBeforeQuantizer">Whether the last noise comes before the quantizer.</param>
internal sealed record RowKernel(
    bool HasTail,
    NoiseStruct? LinearNoise,
    bool HasNorm,
    NoiseStruct? NormNoise,
    bool IsSum,
    NoiseStruct? SumNoise,
    ActivationNode? Activation,
    RowQuantizer? Quantizer,
    NoiseStruct? ActivationNoise,
    bool NoiseBeforeQuantizer)
{
    /// <summary>Whether the backward pass needs one bit per value: where the gradient stops.</summary>
    public bool HasMasks => ActivationMasks || HasErrors;

    /// <summary>Whether the backward pass needs the activation's derivative.</summary>
    public bool HasSlopes => Activation is not null && !ActivationMasks;

    /// <summary>Whether the backward pass needs the quantizer's rounding errors, in steps.</summary>
    public bool HasErrors => Quantizer is { Learned: true };

    /// <summary>Whether the activation's derivative is 0 or 1.</summary>
    public bool ActivationMasks => Activation is { Operation.HasMask: true };

    /// <summary>Whether its code contains types of the user's.</summary>
    public bool NamesTypes => new[] { LinearNoise, NormNoise, SumNoise, ActivationNoise }.Any(noise => noise is { IsCustom: true });

    /// <summary>Name of the method. It is unique among passes, so that the networks of an assembly can share it.</summary>
    public string Name => WordOf(LinearNoise) + (HasNorm ? "Norm" : "") + WordOf(NormNoise) + (IsSum ? "Sum" : "")
        + (SumNoise is null ? "" : "Merged" + WordOf(SumNoise))
        + WordOf(Activation) + (NoiseBeforeQuantizer ? WordOf(ActivationNoise) : "") + WordOf(Quantizer)
            + (NoiseBeforeQuantizer ? "" : WordOf(ActivationNoise))
        + (HasTail ? "WithTail" : "");

    // The user's kinds may have equal names in different namespaces.
    private static string WordOf(NoiseStruct? noise) =>
        noise is null ? "" : noise.Name + (noise.IsCustom ? $"_{StableHash.Of(noise.Code):x8}" : "") + (noise.InRanges ? "InRanges" : "");

    private static string WordOf(ActivationNode? activation) => activation switch
    {
        null => "",
        { Operation.Slope: not null } =>
            $"{activation.Kind}_{StableHash.Of(activation.Slope.ToString("R", CultureInfo.InvariantCulture)):x8}",
        _ => $"{activation.Kind}",
    };

    private static string WordOf(RowQuantizer? quantizer) =>
        quantizer is null ? "" : "Quantize" + (quantizer.Signed ? "Signed" : "") + (quantizer.Learned ? "Learned" : "");

    private bool IsNothing => LinearNoise is null && !HasNorm && NormNoise is null && !IsSum && SumNoise is null && Activation is null;

    /// <summary>The pass of a whole stage, or with a concatenation only the part after it; null if there is nothing to do.</summary>
    public static RowKernel? Of(NetworkGraph graph, StageNode node)
    {
        bool isBehind = node.Merge is { IsSum: false };
        var kernel = new RowKernel(
            node.MergeOutput.Width * node.MergeOutput.Channels % 4 != 0,
            isBehind || node.Norm is not null ? null : Kind(graph, node.LinearNoise), // a norm's statistics must see it: it comes before
            !isBehind && node.Norm is not null,
            isBehind ? null : Kind(graph, node.NormNoise),
            node.Merge is { IsSum: true },
            Kind(graph, node.SumNoise),
            node.Activation,
            node.ActivationQuantizer is { } quantizer ? new RowQuantizer(quantizer.Signed, quantizer.Learned) : null,
            Kind(graph, node.ActivationNoise),
            node is { ActivationNoise: >= 0, ActivationQuantizer: not null }
                && graph.NoiseSites[node.ActivationNoise].Kind.BeforeQuantizer);
        return kernel.IsNothing ? null : kernel;
    }

    /// <summary>The pass before a concatenation; null if there is no concatenation or nothing to do.</summary>
    public static RowKernel? BeforeConcatenation(NetworkGraph graph, StageNode node)
    {
        if (node.Merge is not { IsSum: false }) return null;
        bool hasTail = node.LinearOutput.Width * node.LinearOutput.Channels % 4 != 0;
        var kernel = new RowKernel(
            hasTail, node.Norm is null ? Kind(graph, node.LinearNoise) : null, node.Norm is not null, Kind(graph, node.NormNoise),
            IsSum: false, SumNoise: null, Activation: null, Quantizer: null, ActivationNoise: null, NoiseBeforeQuantizer: false);
        return kernel.IsNothing ? null : kernel;
    }

    private static NoiseStruct? Kind(NetworkGraph graph, int site) => site < 0 ? null : graph.NoiseSites[site].Kind.Struct;
}
