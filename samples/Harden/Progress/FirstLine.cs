using System.Collections.Immutable;
using Harden.Experiments;
using Harden.Report;

namespace Harden.Progress;

/// <summary>What the program says at once: what it is about to do.</summary>
internal static class FirstLine
{
    /// <summary>Of training four ways.</summary>
    public static string Of(Settings settings) =>
        FormattableString.Invariant($"{Subject(settings)}: four ways, {settings.Epochs} {(settings.Epochs == 1 ? "epoch" : "epochs")} each")
        + FormattableString.Invariant($"{(settings.Seeds > 1 ? $", {settings.Seeds} seeds" : "")}.");

    /// <summary>Of an experiment.</summary>
    public static string Of(Settings settings, ExperimentSettings experiment) =>
        $"{Subject(settings)}: {ExperimentFigure.TitleOf(experiment.Choice)}.";

    /// <summary>Of networks from files.</summary>
    public static string Of(Settings settings, ImmutableArray<string> files) =>
        FormattableString.Invariant($"{Subject(settings)}: {files.Length} {(files.Length == 1 ? "network" : "networks")} from files.");

    private static string Subject(Settings settings) => $"{Figure.TitleOf(settings.Network)} on {Figure.TitleOf(settings.Data)}";
}
