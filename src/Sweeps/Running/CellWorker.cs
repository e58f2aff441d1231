using NoiseGen.Sweeps.Cells;

namespace NoiseGen.Sweeps.Running;

/// <summary>Trains the free cells one after the other: those neither done nor failed nor held by another process.</summary>
/// <param name="train">Trains a cell and returns its results.</param>
/// <param name="folder">The folder shared with the other processes.</param>
/// <param name="threads">Threads of a network; 0 for one per processor.</param>
/// <param name="times">The interval of its heartbeats.</param>
/// <param name="interruption">Stops it.</param>
internal sealed class CellWorker(
    Func<CellRun, IReadOnlyCollection<SweepRow>> train, CellFolder folder, int threads, LockTimes times, Interruption interruption)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly LifeSigns _signs = new();
    private bool _hasFinishedOne;

    /// <summary>Trains until all of these cells are done, failed or held by other processes, or until it is interrupted.</summary>
    /// <exception cref="IOException">
    /// A file cannot be read or written: that is not the cell's fault, and its training can be resumed later.
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

            if (hasWorked) continue; // another process may have released a cell in the meantime
            if (!isDoubtful) return;
            interruption.Token.WaitHandle.WaitOne(s_pause); // until the holder is known to be alive, or has been silent for too long
        }
    }

    /// <summary>Removes leftovers of finished or failed cells, from processes that were killed after their last step.</summary>
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
        if (folder.IsDone(cell)) return true; // in the meantime
        folder.Tidy(cell);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(interruption.Token, held.Lost);
        string stand = folder.StandOf(cell);
        try
        {
            string results = ResultsText.Of(cell, train(new CellRun(cell, threads, folder.Begin(cell), held, either.Token)));
            folder.Finish(cell, results); // another process with the same cell gets the same results
            _hasFinishedOne = true;
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            if (WhyNotAgain(cell, stand) is { } reason && held.IsOwn()) folder.Fail(cell, reason);
        }
        catch (Exception) when (!held.IsOwn())
        {
            // Two processes worked on the cell and collided in its files: the other one continues.
        }
        catch (Exception failure) when (failure is not (IOException or UnauthorizedAccessException))
        {
            if (failure is TrainingDivergedException) folder.Forget(cell); // a retry starts from scratch
            string kind = failure is TrainingDivergedException ? "" : $"{failure.GetType().Name}: ";
            folder.Fail(cell, kind + failure.Message, failure);
        }

        return true;
    }

    // A job whose time is up is requeued; that makes sense only while it makes progress.
    private string? WhyNotAgain(SweepCell cell, string before)
    {
        if (!interruption.IsTimeUp) return null;
        if (!_hasFinishedOne && folder.StandOf(cell) == before)
            return "Its time was up before the training made progress: the job needs more time, or the training a checkpoint.";
        return ClusterJob.Restarts < ClusterJob.MostRestarts
            ? null
            : FormattableString.Invariant($"Its job was requeued {ClusterJob.MostRestarts} times: give it more time per run.");
    }
}
