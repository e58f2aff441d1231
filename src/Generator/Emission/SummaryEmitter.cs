using System.Globalization;
using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints the table that an editor shows where the pointer rests on the network's class.</summary>
internal static class SummaryEmitter
{
    public static void Remarks(SourceWriter writer, NetworkPlan plan)
    {
        List<string[]> rows = [["Stage", "Operations", "Output", "Parameters", "Quantizers", "Noise"]];
        rows.Add(["Input", "", plan.Graph.Input.ToString(), "", "", NoiseOf(plan.Graph, -1)]);
        for (int i = 0; i < plan.Stages.Count; i++) rows.Add(Row(plan, i));

        writer.Write("/// <remarks>\n/// <code>");
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
            writer.Write("/// " + string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        writer.Write("/// </code>\n/// </remarks>");
    }

    private static string[] Row(NetworkPlan plan, int index)
    {
        StageNode node = plan.Stages[index].Node;
        int parameters = Parameters(plan.Stages[index]);
        return
        [
            node.Path, Operations(node), node.Output.ToString(), parameters == 0 ? "" : SourceWriter.Number(parameters), Quantizers(node),
            NoiseOf(plan.Graph, index),
        ];
    }

    private static int Parameters(StagePlan stage)
    {
        int channels = stage.Node.LinearOutput.Channels;
        int linear = stage.Linear is { Kernels: var kernels } ? channels * (kernels.Shape.Inputs + (kernels.HasBiases ? 1 : 0)) : 0;
        return linear + (stage.Norm is null ? 0 : 2 * channels) + (stage.LearnedScale is null ? 0 : 1);
    }

    /// <summary>A stage's operations, in execution order.</summary>
    public static string Operations(StageNode node)
    {
        List<string> operations = [];
        if (node.Linear is LinearNode.Conv2d convolution)
            operations.Add(
                $"Conv2d {Window(convolution.Window, 1, 1)}{(convolution.Groups == 1 ? "" : $" in {convolution.Groups} groups")}");
        if (node.Linear is LinearNode.Dense) operations.Add("Dense");
        if (node.Norm is not null) operations.Add("BatchNorm");
        if (node.Merge is { } merge) operations.Add(merge.IsSum ? "Add" : "Concat");
        if (node.Activation is { } activation) operations.Add(activation.Kind == Activation.Relu ? "ReLU" : activation.Kind.ToString());
        if (node.Pool is { } pool)
            operations.Add($"{(pool.Max ? "MaxPool" : "AvgPool")} {Window(pool.Window, pool.Window.Height, pool.Window.Width)}");
        if (node.DropoutRate > 0f) operations.Add("Dropout " + node.DropoutRate.ToString("R", CultureInfo.InvariantCulture));
        return string.Join(", ", operations);
    }

    // Strides are printed where they are not the usual ones.
    private static string Window(WindowNode w, int height, int width) => $"{w.Height}×{w.Width}"
        + ((w.StrideHeight, w.StrideWidth) == (height, width) ? "" : "/" + Pair(w.StrideHeight, w.StrideWidth))
        + ((w.PaddingHeight, w.PaddingWidth) == (0, 0) ? "" : " pad " + Pair(w.PaddingHeight, w.PaddingWidth));

    private static string Pair(int height, int width) => height == width ? $"{height}" : $"{height}×{width}";

    private static string Quantizers(StageNode node)
    {
        List<string> quantizers = [];
        if (node.WeightQuantizer is { } weights) quantizers.Add($"{weights.Bits}-bit weights{(weights.PerChannel ? " per channel" : "")}");
        if (node.ActivationQuantizer is { } activations)
            quantizers.Add($"{activations.Bits}-bit activations{(activations.Learned ? ", learned" : "")}");
        return string.Join(", ", quantizers);
    }

    private static string NoiseOf(NetworkGraph graph, int stage) => string.Join(", ", graph.NoiseSites
        .Where(site => site.Stage == stage)
        .GroupBy(site => site.Kind.Struct.Name + Unit(site.Kind.Unit))
        .Select(kind => $"{kind.Key} ({string.Join(", ", kind.Select(site => site.Site))})"));

    private static string Unit(SigmaUnit unit) => unit switch
    {
        SigmaUnit.QuantizerStep => " in quantizer steps",
        SigmaUnit.Range => " in ranges",
        _ => "",
    };
}
