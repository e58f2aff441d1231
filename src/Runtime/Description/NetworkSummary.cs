using System.Globalization;
using System.Text;

namespace NoiseGen;

/// <summary>The table that <see cref="NeuralNetwork.Summary"/> prints.</summary>
internal static class NetworkSummary
{
    public static string Table(NetworkDescription network)
    {
        List<string[]> rows = [["Stage", "Operations", "Output", "Parameters", "Quantizers", "Noise"]];
        rows.Add(["Input", "", network.Input.ToString(), "", "", Noise(network, -1)]);
        for (int i = 0; i < network.Stages.Length; i++)
        {
            StageDescription stage = network.Stages[i];
            rows.Add([
                stage.Name, Operations(stage), stage.Output.ToString(), Count(stage.Parameters.Sum(parameter => parameter.Count)), Quantizers(stage),
                Noise(network, i)]);
        }

        string table = Aligned(rows);
        int parameters = network.ParameterCount;
        string size = (parameters * sizeof(float) / 1024.0).ToString("N1", CultureInfo.InvariantCulture);
        return $"{network.Name}\n{table}Trainable parameters: {Count(parameters)} ({size} KiB)\n";
    }

    private static string Aligned(List<string[]> rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        string rule = new('─', widths.Sum() + 2 * (widths.Length - 1));
        var text = new StringBuilder().Append(rule).Append('\n');
        for (int i = 0; i < rows.Count; i++)
        {
            IEnumerable<string> cells = rows[i].Select((cell, column) => column == 3 ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
            if (i == 0 || i == rows.Count - 1) text.Append(rule).Append('\n');
        }

        return text.ToString();
    }

    private static string Operations(StageDescription stage)
    {
        List<string> operations = [];
        if (stage.Linear is LinearDescription.Conv2d conv)
        {
            string options = (conv.Window.StrideHeight == 1 ? "" : $"/{conv.Window.StrideHeight}") + (conv.Window.PaddingHeight == 0 ? "" : $" pad {conv.Window.PaddingHeight}");
            operations.Add($"Conv2d {conv.Window.Height}×{conv.Window.Width}{options}");
        }

        if (stage.Linear is LinearDescription.Dense) operations.Add("Dense");
        if (stage.Norm is not null) operations.Add("BatchNorm");
        if (stage.Merge is { } merge) operations.Add(merge.Kind == MergeKind.Sum ? "Add" : "Concat");
        if (stage.Activation is { } activation) operations.Add(activation.Kind == Activation.Relu ? "ReLU" : activation.Kind.ToString());
        if (stage.Pool is { } pool)
        {
            string options = (pool.Window.StrideHeight == pool.Window.Height ? "" : $"/{pool.Window.StrideHeight}") + (pool.Window.PaddingHeight == 0 ? "" : $" pad {pool.Window.PaddingHeight}");
            operations.Add($"{(pool.Kind == PoolKind.Max ? "MaxPool" : "AvgPool")} {pool.Window.Height}×{pool.Window.Width}{options}");
        }

        return string.Join(", ", operations);
    }

    private static string Quantizers(StageDescription stage)
    {
        List<string> quantizers = [];
        if (stage.WeightQuantizer is { } weights) quantizers.Add($"{weights.Bits}-bit weights{(weights.PerChannel ? " per channel" : "")}");
        if (stage.ActivationQuantizer is { } activations) quantizers.Add($"{activations.Bits}-bit activations");
        return string.Join(", ", quantizers);
    }

    private static string Noise(NetworkDescription network, int stage) => string.Join(", ", network.NoiseSites
        .Where(site => site.Stage == stage)
        .GroupBy(site => site.Kind)
        .Select(kind => $"{kind.Key} ({string.Join(", ", kind.Select(site => site.Site))})"));

    private static string Count(int count) => count == 0 ? "" : count.ToString("N0", CultureInfo.InvariantCulture);
}
