using System.Collections.Immutable;
using NoiseGen.Sweeps.Cells;

namespace NoiseGen.Sweeps.Progress;

/// <summary>The status of a cell.</summary>
internal enum CellStatus
{
    Waiting,
    Queued,
    Running,
    Done,
    Failed,
}

/// <summary>A cell and its status.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Status">Its status.</param>
/// <param name="Holder">Who holds it; null for nobody, or for an unreadable lock.</param>
/// <param name="Failure">Why it failed; null if it did not.</param>
/// <param name="Task">The cluster task that it is queued in; null for none.</param>
internal sealed record CellState(SweepCell Cell, CellStatus Status, LockHolder? Holder, CellFailure? Failure, string? Task)
{
    /// <summary>The finished part, 0 … 1.</summary>
    public double Fraction => Status is CellStatus.Done or CellStatus.Failed ? 1 : Status == CellStatus.Running ? Holder?.Fraction ?? 0 : 0;
}

/// <summary>The status of all cells, read from the folder.</summary>
internal sealed record SweepState(ImmutableArray<CellState> Cells)
{
    /// <summary>Reads the status of all cells.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cells">The grid.</param>
    /// <param name="queued">The cluster tasks, by the keys of the cells that are queued in them.</param>
    public static SweepState Of(CellFolder folder, IEnumerable<SweepCell> cells, IReadOnlyDictionary<string, string>? queued = null)
    {
        HashSet<string> entries = folder.Entries();
        return new([.. cells.Select(cell => Of(folder, cell, entries, queued?.GetValueOrDefault(cell.Key)))]);
    }

    public IEnumerable<CellState> In(CellStatus status) => Cells.Where(cell => cell.Status == status);

    public int Count(CellStatus status) => In(status).Count();

    /// <summary>Whether nothing is left to do, failures included.</summary>
    public bool IsFinished => Cells.All(cell => cell.Status is CellStatus.Done or CellStatus.Failed);

    /// <summary>The exit code of a command that has done all it could.</summary>
    public int ExitCode => !IsFinished ? SweepExitCode.PutOff : Count(CellStatus.Failed) > 0 ? SweepExitCode.Failed : SweepExitCode.Done;

    /// <summary>Such as <c>12 done, 1 failed, 2 running, 180 waiting</c>.</summary>
    public override string ToString() =>
        string.Join(", ", new[] { CellStatus.Done, CellStatus.Failed, CellStatus.Running, CellStatus.Queued, CellStatus.Waiting }
        .Select(status => (Status: status, Count: Count(status))).Where(pair => pair.Count > 0)
        .Select(pair => FormattableString.Invariant($"{pair.Count} {pair.Status.ToString().ToLowerInvariant()}")));

    private static CellState Of(CellFolder folder, SweepCell cell, HashSet<string> entries, string? task)
    {
        bool Has(string path) => entries.Contains(Path.GetFileName(path));
        if (Has(folder.ResultsOf(cell))) return new(cell, CellStatus.Done, null, null, null);
        if (Has(folder.FailedOf(cell)) && folder.FailureOf(cell) is { } failure) return new(cell, CellStatus.Failed, null, failure, null);
        if (Has(folder.LockOf(cell)) && LockFile.Read(folder.LockOf(cell)) is { } held && !held.IsStale(LockTimes.Default.Stale))
            return new(cell, CellStatus.Running, held.Holder, null, task);
        return new(cell, task is null ? CellStatus.Waiting : CellStatus.Queued, null, null, task);
    }
}
