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
        foreach (string[] row in rows) writer.Write("/// " + string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        writer.Write("/// </code>\n/// </remarks>");
    }

    private static string[] Row(NetworkPlan plan, int index)
    {
        StageNode node = plan.Stages[index].Node;
        int parameters = plan.Stages[index].Linear is { } linear ? node.LinearOutput.Channels * linear.Kernels.Shape.Inputs + (linear.Kernels.HasBiases ? node.LinearOutput.Channels : 0) : 0;
        return
        [
            node.Path, Operations(node), node.Output.ToString(), parameters == 0 ? "" : SourceWriter.Number(parameters), Quantizers(node),
            NoiseOf(plan.Graph, index),
        ];
    }

    /// <summary>A stage's operations, in execution order.</summary>
    public static string Operations(StageNode node)
    {
        List<string> operations = [];
        if (node.Linear is LinearNode.Conv2d convolution) operations.Add($"Conv2d {Window(convolution.Window.Height, convolution.Window.StrideHeight, 1, convolution.Window.PaddingHeight)}");
        if (node.Linear is LinearNode.Dense) operations.Add("Dense");
        if (node.Norm is not null) operations.Add("BatchNorm");
        if (node.Merge is { } merge) operations.Add(merge.IsSum ? "Add" : "Concat");
        if (node.Activation is { } activation) operations.Add(activation.Kind == Activation.Relu ? "ReLU" : activation.Kind.ToString());
        if (node.Pool is { } pool) operations.Add($"{(pool.Max ? "MaxPool" : "AvgPool")} {Window(pool.Window.Height, pool.Window.StrideHeight, pool.Window.Height, pool.Window.PaddingHeight)}");
        return string.Join(", ", operations);
    }

    private static string Window(int size, int stride, int usualStride, int padding) =>
        $"{size}×{size}{(stride == usualStride ? "" : $"/{stride}")}{(padding == 0 ? "" : $" pad {padding}")}";

    private static string Quantizers(StageNode node)
    {
        List<string> quantizers = [];
        if (node.WeightQuantizer is { } weights) quantizers.Add($"{weights.Bits}-bit weights{(weights.PerChannel ? " per channel" : "")}");
        if (node.ActivationQuantizer is { } activations) quantizers.Add($"{activations.Bits}-bit activations");
        return string.Join(", ", quantizers);
    }

    private static string NoiseOf(NetworkGraph graph, int stage) =>
        string.Join(", ", graph.NoiseSites.Where(site => site.Stage == stage).Select(site => $"{site.Site} {site.KindName}"));
}
