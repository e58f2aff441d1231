using Harden.Report;
using NoiseGen.Sweeps;

namespace Harden.Experiments;

/// <summary>What the results of a run depend on, by which results files identify its cells.</summary>
internal sealed class RunKey(Settings settings, string experiment)
{
    private readonly string _about = string.Join(
        ',', experiment, CommandLine.Name(settings.Network), CommandLine.Name(settings.Data), settings.Epochs, settings.Batch,
        Numbers.Exact(settings.LearningRate), Training.Schedule, settings.Repeats);

    /// <summary>The fields of the key columns, joined.</summary>
    public string Of(Cell cell) =>
        FormattableString.Invariant($"{_about},{cell.Variant},{Numbers.Exact(cell.Sigma)},{cell.Bits},{Scale(cell)},{cell.Seed}");

    /// <summary>Whether a key belongs to this run.</summary>
    public bool Includes(string key) => key.StartsWith(_about + ',', StringComparison.Ordinal);

    /// <summary>The cell for a sweep.</summary>
    public SweepCell SweepCellOf(Cell cell) => SweepCellOf(Of(cell).Split(','), cell.ToString());

    /// <summary>The cell with these fields in the key columns.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="label">The text for people.</param>
    public static SweepCell SweepCellOf(IReadOnlyList<string> fields, string label)
    {
        Dictionary<string, string> of = ResultsColumns.Key.Zip(fields).ToDictionary(pair => pair.First.Name, pair => pair.Second);
        string sigma = of["training_sigma"] == "0" ? "" : $"-sigma{of["training_sigma"]}";
        string quantizer = of["bits"] == "0" ? "" : $"-{of["bits"]}bits-scale{of["scale"]}";
        string key = $"{of["network"]}-{of["data"]}-e{of["epochs"]}-b{of["batch"]}-lr{of["learning_rate"]}-{of["schedule"]}-"
            + $"r{of["repeats"]}-{of["variant"]}{sigma}{quantizer}-seed{of["seed"]}";
        (string, object)[] values = [.. ResultsColumns.Key.Zip(fields, (column, field) => (column.Name, (object)field))];
        return SweepCell.Named(key.Replace(' ', '-'), values).WithLabel(label);
    }

    private static string Scale(Cell cell) =>
        cell is { Bits: > 0, Scale: Cell.Learned } ? CommandLine.LearnedScale : Numbers.Exact(cell.Scale);
}
