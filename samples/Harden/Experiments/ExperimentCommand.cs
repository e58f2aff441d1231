using Harden.Progress;
using Harden.Report;
using NoiseGen;
using Spectre.Console;

namespace Harden.Experiments;

/// <summary>Runs one of the papers' experiments, from where an earlier run stopped, and shows its results.</summary>
internal static class ExperimentCommand
{
    /// <returns>The program's exit code.</returns>
    public static int Run(
        Settings settings, ExperimentSettings experiment, ReportFolder folder, IAnsiConsole console, CancellationToken cancellation)
    {
        string name = CommandLine.Name(experiment.Choice);
        using IDisposable reserved = folder.Reserve(settings, name);
        ResultsFile results = folder.Results(settings, name);
        FailedCells failures = folder.Failures(settings, name);
        if (results.Notice is { } notice) console.WriteLine(notice);
        Unfinished cells = folder.Unfinished(settings, name);
        DataSplit data = Job.Load(settings);
        Cell[] grid = [.. Cell.Of(experiment, settings.Seed)];
        foreach (Cell cell in experiment.RetryFailed ? grid : []) failures.Remove(cell);

        var progress = new ExperimentProgress(console.WriteLine);
        void Finished(Cell cell, int done, int all) => progress.Finished(cell, failures.ReasonOf(cell), done, all);
        new ExperimentRun(settings, experiment, data, results, failures, Finished, cancellation)
        {
            Unfinished = cells,
            Trained = progress.Trained,
        }.Run();
        cells.Remove();
        Show(settings, experiment, folder, results, data.Test, console);

        int failed = grid.Count(cell => failures.ReasonOf(cell) is not null);
        if (failed == 0) return ExitCode.Success;
        console.WriteLine(FormattableString.Invariant(
            $"{failed} of {grid.Length} cells failed: {name}-failed.csv says why. --retry-failed tries them again."));
        return ExitCode.CellsFailed;
    }

    private static void Show(
        Settings settings, ExperimentSettings experiment, ReportFolder folder, ResultsFile results, ImageDataset test, IAnsiConsole console)
    {
        if (!results.Rows.Any()) return;
        console.Write(ExperimentTable.Of(results));
        if (ExperimentTable.MidpointAtOwnNoise(results, test) is { } midpoint)
            console.WriteLine($"With a network for each σ, tested at it: {midpoint}");
        if (experiment.Choice == ExperimentChoice.WalkingNoise) console.WriteLine(folder.WriteSites(settings, results));
    }
}
