using System.Globalization;
using System.Text;

namespace NoiseGen;

/// <summary>A network's declaration as a table, and the words for a stage's parts in it.</summary>
internal static class DescriptionTable
{
    /// <summary>The table of the declaration.</summary>
    public static string Of(NetworkDescription network) => Of(network, [.. network.Stages.Select(Declared)]);

    /// <summary>The table with a text for each stage's quantizers.</summary>
    public static string Of(NetworkDescription network, string[] quantizers)
    {
        bool hasDevices = network.Stages.Any(stage => stage.Device is not null);
        string[] Row(string name, string operations, Shape output, string parameters, string quantizers, string device, string noise)
        {
            string[] cells = [name, operations, output.ToString(), parameters, quantizers, noise];
            return hasDevices ? [.. cells[..5], device, noise] : cells;
        }

        List<string[]> rows = [hasDevices
            ? ["Stage", "Operations", "Output", "Parameters", "Quantizers", "Device", "Noise"]
            : ["Stage", "Operations", "Output", "Parameters", "Quantizers", "Noise"]];
        rows.Add(Row("Input", "", network.Input, "", "", "", Noise(network, -1)));
        for (int i = 0; i < network.Stages.Length; i++)
        {
            StageDescription stage = network.Stages[i];
            rows.Add(Row(
                stage.Name, Operations(stage), stage.Output, Count(stage.Parameters.Sum(parameter => parameter.Count)), quantizers[i],
                Device(stage), Noise(network, i)));
        }

        string table = Aligned(rows);
        int parameters = network.ParameterCount;
        string size = (parameters * sizeof(float) / 1024.0).ToString("N1", CultureInfo.InvariantCulture);
        return $"{network.Name}\n{table}Trainable parameters: {Count(parameters)} ({size} KiB)\n";
    }

    /// <summary>What a stage computes.</summary>
    public static string Operations(StageDescription stage)
    {
        List<string> operations = [];
        if (stage.Linear is LinearDescription.Conv2d conv)
        {
            operations.Add($"Conv2d {WindowText(conv.Window, 1, 1)}{(conv.Groups == 1 ? "" : $" in {conv.Groups} groups")}");
        }

        if (stage.Linear is LinearDescription.Dense) operations.Add("Dense");
        if (stage.Norm is not null) operations.Add("BatchNorm");
        if (stage.Merge is { } merge) operations.Add(merge.Kind == MergeKind.Sum ? "Add" : "Concat");
        if (stage.Activation is { } activation) operations.Add(activation.Kind == Activation.Relu ? "ReLU" : activation.Kind.ToString());
        if (stage.Pool is { } pool)
        {
            operations.Add(
                $"{(pool.Kind == PoolKind.Max ? "MaxPool" : "AvgPool")} {WindowText(pool.Window, pool.Window.Height, pool.Window.Width)}");
        }

        if (stage.DropoutRate > 0f) operations.Add(string.Create(CultureInfo.InvariantCulture, $"Dropout {stage.DropoutRate}"));
        return string.Join(", ", operations);
    }

    // Strides are printed if they are not the defaults.
    private static string WindowText(Window w, int height, int width) => $"{w.Height}×{w.Width}"
        + ((w.StrideHeight, w.StrideWidth) == (height, width) ? "" : "/" + Pair(w.StrideHeight, w.StrideWidth))
        + ((w.PaddingHeight, w.PaddingWidth) == (0, 0) ? "" : " pad " + Pair(w.PaddingHeight, w.PaddingWidth));

    private static string Pair(int height, int width) => height == width ? $"{height}" : $"{height}×{width}";

    /// <summary>What a stage quantizes.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="weightBits">Bits of its weights; ignored if they are not quantized.</param>
    /// <param name="activationBits">Bits of its activations; ignored if they are not quantized.</param>
    /// <param name="isLearned">Whether their scale is learned.</param>
    public static string Quantizers(StageDescription stage, int weightBits, int activationBits, bool isLearned)
    {
        List<string> quantizers = [];
        if (stage.WeightQuantizer is { } weights) quantizers.Add($"{Bits(weightBits)} weights{(weights.PerChannel ? " per channel" : "")}");
        if (stage.ActivationQuantizer is not null) quantizers.Add($"{Bits(activationBits)} activations{(isLearned ? ", learned" : "")}");
        return string.Join(", ", quantizers);
    }

    // Compensation is printed where it is not the usual one.
    private static string Device(StageDescription stage) => stage.Device is not { } device ? "" : device + device.Compensation switch
    {
        DriftCompensation.PerColumn => ", compensated per column",
        DriftCompensation.None => ", uncompensated",
        _ => "",
    };

    private static string Aligned(List<string[]> rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        string rule = new('─', widths.Sum() + 2 * (widths.Length - 1));
        var text = new StringBuilder().Append(rule).Append('\n');
        for (int i = 0; i < rows.Count; i++)
        {
            IEnumerable<string> cells = rows[i].Select(
                (cell, column) => column == 3 ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
            if (i == 0 || i == rows.Count - 1) text.Append(rule).Append('\n');
        }

        return text.ToString();
    }

    private static string Declared(StageDescription stage) =>
        Quantizers(
            stage, stage.WeightQuantizer?.Bits ?? 0, stage.ActivationQuantizer?.Bits ?? 0, stage.ActivationQuantizer?.Learned is not null);

    private static string Bits(int bits) => bits == 0 ? "unrounded" : $"{bits}-bit";

    private static string Noise(NetworkDescription network, int stage) => string.Join(", ", network.NoiseSites
        .Where(site => site.Stage == stage)
        .GroupBy(site => site.Kind + Unit(site.Unit))
        .Select(kind => $"{kind.Key} ({string.Join(", ", kind.Select(site => site.Site))})"));

    /// <summary>The unit of a site's sigma; empty if it is absolute.</summary>
    public static string Unit(SigmaUnit unit) => unit switch
    {
        SigmaUnit.QuantizerStep => " in quantizer steps",
        SigmaUnit.Range => " in ranges",
        _ => "",
    };

    private static string Count(int count) => count == 0 ? "" : count.ToString("N0", CultureInfo.InvariantCulture);
}
