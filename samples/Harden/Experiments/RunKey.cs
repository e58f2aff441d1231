using Harden.Report;

namespace Harden.Experiments;

/// <summary>What the results of a run depend on, and with it what files of results know its cells by.</summary>
internal sealed class RunKey(Settings settings, string experiment)
{
    private readonly string _about = string.Join(
        ',', experiment, CommandLine.Name(settings.Network), CommandLine.Name(settings.Data), settings.Epochs, settings.Batch,
        Numbers.Exact(settings.LearningRate), Training.Schedule, settings.Repeats);

    /// <summary>The fields of the key columns, joined.</summary>
    public string Of(Cell cell) =>
        FormattableString.Invariant($"{_about},{cell.Variant},{Numbers.Exact(cell.Sigma)},{cell.Bits},{Scale(cell)},{cell.Seed}");

    /// <summary>Whether a key is of this run.</summary>
    public bool Includes(string key) => key.StartsWith(_about + ',', StringComparison.Ordinal);

    private static string Scale(Cell cell) =>
        cell is { Bits: > 0, Scale: Cell.Learned } ? CommandLine.LearnedScale : Numbers.Exact(cell.Scale);
}
