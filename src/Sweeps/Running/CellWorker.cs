using NoiseGen.Sweeps.Cells;

namespace NoiseGen.Sweeps.Running;

/// <summary>Trains cells one after the other, each that is free: neither done nor failed nor held by another process.</summary>
/// <param name="train">From a cell to its results.</param>
/// <param name="folder">What is shared with the other processes.</param>
/// <param name="threads">Of a network; 0 for one on each processor.</param>
/// <param name="times">How often it says that it lives.</param>
/// <param name="interruption">Stops it.</param>
internal sealed class CellWorker(
    Func<CellRun, IReadOnlyCollection<SweepRow>> train, CellFolder folder, int threads, LockTimes times, Interruption interruption)
{
    // A job that is queued again and again is a mistake in its settings; one that keeps its place hourly for four days is none.
    internal const int MostRestarts = 100;

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly LifeSigns _signs = new();
    private bool _hasFinishedOne;

    /// <summary>Trains until all of these cells are done, failed, or at work elsewhere, or it is interrupted.</summary>
    /// <exception cref="IOException">
    /// A file cannot be read or written: that is no cell's fault, and its training goes on another time.
    /// </exception>
    public void Run(IReadOnlyCollection<SweepCell> cells)
    {
        CleanUp(cells);
        while (true)
        {
            bool isDoubtful = false, hasWorked = false;
            foreach (SweepCell cell in cells)
            {
                if (interruption.Token.IsCancellationRequested) return;
                if (folder.IsDone(cell) || File.Exists(folder.FailedOf(cell))) continue;
                if (TryRun(cell)) hasWorked = true;
                else isDoubtful |= !_signs.IsAlive(folder.LockOf(cell));
            }

            if (hasWorked) continue; // others may have given up a cell meanwhile
            if (!isDoubtful) return;
            interruption.Token.WaitHandle.WaitOne(s_pause); // until the holder is seen to live, or is silent for too long
        }
    }

    /// <summary>Removes what processes left of cells that are done or failed: those that were killed behind their last step.</summary>
    public void CleanUp(IReadOnlyCollection<SweepCell> cells)
    {
        HashSet<string> entries = folder.Entries();
        bool Has(string path) => entries.Contains(Path.GetFileName(path));
        foreach (SweepCell cell in cells.Where(cell => Has(folder.ResultsOf(cell)) || Has(folder.FailedOf(cell))))
        {
            if (!Has(folder.LockOf(cell)) && !Has(folder.UnfinishedOf(cell))) continue;
            using CellLock? held = CellLock.TryTake(folder.LockOf(cell), times);
            if (held is null) continue;
            folder.Tidy(cell);
            if (folder.IsDone(cell)) folder.Forget(cell);
        }
    }

    private bool TryRun(SweepCell cell)
    {
        using CellLock? held = CellLock.TryTake(folder.LockOf(cell), times);
        if (held is null) return false;
        if (folder.IsDone(cell)) return true; // meanwhile
        folder.Tidy(cell);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(interruption.Token, held.Lost);
        string stand = folder.StandOf(cell);
        try
        {
            string results = ResultsText.Of(cell, train(new CellRun(cell, threads, folder.Begin(cell), held, either.Token)));
            folder.Finish(cell, results); // whoever else has the cell by now comes to the same
            _hasFinishedOne = true;
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            if (WhyNotAgain(cell, stand) is { } reason && held.IsOwn()) folder.Fail(cell, reason);
        }
        catch (Exception) when (!held.IsOwn())
        {
            // Two were at it, and met in its files: the other one goes on.
        }
        catch (Exception failure) when (failure is not (IOException or UnauthorizedAccessException))
        {
            if (failure is TrainingDivergedException) folder.Forget(cell); // another try begins anew
            string kind = failure is TrainingDivergedException ? "" : $"{failure.GetType().Name}: ";
            folder.Fail(cell, kind + failure.Message, failure);
        }

        return true;
    }

    // A scheduler that says that the time is up will queue the job again, and that has to lead somewhere.
    private string? WhyNotAgain(SweepCell cell, string before)
    {
        if (!interruption.IsTimeUp) return null;
        if (!_hasFinishedOne && folder.StandOf(cell) == before)
            return "Its time was up before the training got on: the job needs more of it, or the training a checkpoint.";
        return ClusterJob.Restarts < MostRestarts
            ? null
            : FormattableString.Invariant($"Its job was queued again {MostRestarts} times: give it more time at once.");
    }
}
