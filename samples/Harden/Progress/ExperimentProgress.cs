using System.Diagnostics;
using Harden.Experiments;
using NoiseGen;

namespace Harden.Progress;

/// <summary>A line for each finished cell of an experiment, and one from time to time while a network trains.</summary>
/// <param name="write">Writes a line.</param>
internal sealed class ExperimentProgress(Action<string> write)
{
    // Grids have tens of networks with hundreds of epochs: often enough to be seen alive.
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(10);

    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();

    public void Trained(Cell cell, TrainingProgress progress)
    {
        if (progress.IsEpochEnd && _sinceLast.Elapsed >= s_pause) Write($"  {cell}  {Status.Of(progress)}");
    }

    /// <summary>A cell is done; where it failed, with the reason.</summary>
    public void Finished(Cell cell, string? failure, int done, int all) =>
        Write(FormattableString.Invariant($"{done}/{all} {cell}{(failure is null ? "" : $" failed: {failure}")}"));

    private void Write(string line)
    {
        write(line);
        _sinceLast.Restart();
    }
}
