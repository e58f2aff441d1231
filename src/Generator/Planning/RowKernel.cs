using NoiseGen.Generator.Graph;

namespace NoiseGen.Generator.Planning;

/// <summary>
/// One pass over a row's values: noise → norm → noise → sum → noise → activation → quantizer → noise, those that a stage has. Stages with equal ones share
/// the code. Kinds of noise are the structs' names; null where there is none.
/// </summary>
/// <param name="Elements">Values of one row.</param>
/// <param name="Period">Values after which the norm's coefficients repeat; 0 without a norm.</param>
internal sealed record RowKernel(
    int Elements,
    string? LinearNoise,
    int Period,
    string? NormNoise,
    bool IsSum,
    string? SumNoise,
    ActivationNode? Activation,
    ActivationQuantizerNode? Quantizer,
    string? ActivationNoise)
{
    /// <summary>Groups of four values: what noise is numbered by.</summary>
    public int Groups => (Elements + 3) / 4;

    /// <summary>Whether backward needs one bit for each value: where the gradient stops.</summary>
    public bool HasMarks => Activation?.Kind == NoiseGen.Activation.Relu;

    /// <summary>Whether backward needs the activation's derivative.</summary>
    public bool HasSlopes => Activation is not null && !HasMarks;

    /// <summary>What the pass does, for a name.</summary>
    public string Words
    {
        get
        {
            string words = (LinearNoise is null ? "" : "Noise") + (Period == 0 ? "" : "Norm") + (NormNoise is null ? "" : "Noise")
                + (IsSum ? "Sum" : "") + (SumNoise is null ? "" : "Noise") + Activation?.Kind + (Quantizer is null ? "" : "Quantize")
                + (ActivationNoise is null ? "" : "Noise");
            return $"{words}{Elements}";
        }
    }

    private bool IsNothing => LinearNoise is null && Period == 0 && NormNoise is null && !IsSum && SumNoise is null && Activation is null;

    /// <summary>The pass of a whole stage; null where nothing is left to do. With a concatenation, only what comes behind it.</summary>
    public static RowKernel? Of(NetworkGraph graph, StageNode node)
    {
        bool isBehind = node.Merge is { IsSum: false };
        var kernel = new RowKernel(
            node.MergeOutput.Width * node.MergeOutput.Channels,
            isBehind || node.Norm is not null ? null : Kind(graph, node.LinearNoise), // a norm's statistics must see it: it comes before
            isBehind ? 0 : PeriodOf(node),
            isBehind ? null : Kind(graph, node.NormNoise),
            node.Merge is { IsSum: true },
            Kind(graph, node.SumNoise),
            node.Activation,
            node.ActivationQuantizer,
            Kind(graph, node.ActivationNoise));
        return kernel.IsNothing ? null : kernel;
    }

    /// <summary>The pass before a concatenation; null where there is none or nothing to do.</summary>
    public static RowKernel? BeforeConcatenation(NetworkGraph graph, StageNode node)
    {
        if (node.Merge is not { IsSum: false }) return null;
        int elements = node.LinearOutput.Width * node.LinearOutput.Channels;
        var kernel = new RowKernel(
            elements, node.Norm is null ? Kind(graph, node.LinearNoise) : null, PeriodOf(node), Kind(graph, node.NormNoise), false, null, null, null, null);
        return kernel.IsNothing ? null : kernel;
    }

    // The least common multiple of the channels and of the four values that one pass of the loop takes.
    private static int PeriodOf(StageNode node)
    {
        if (node.Norm is null) return 0;
        int channels = node.LinearOutput.Channels;
        return channels % 4 == 0 ? channels : channels % 2 == 0 ? channels * 2 : channels * 4;
    }

    private static string? Kind(NetworkGraph graph, int site) => site < 0 ? null : graph.NoiseSites[site].Kind;
}
