using System.Collections.Immutable;

namespace NoiseGen.Sweeps;

/// <summary>What a command does with a sweep.</summary>
public enum SweepAction
{
    /// <summary>Train all free cells on this machine.</summary>
    Run,

    /// <summary>Train the named cells, as a cluster task does.</summary>
    Cells,

    /// <summary>Train cells as one of several processes that the command has started.</summary>
    Worker,

    /// <summary>Report the status of all cells.</summary>
    Status,

    /// <summary>Submit the cells that are neither done nor queued to SLURM.</summary>
    Submit,
}

/// <summary>A request to a sweep.</summary>
public sealed record SweepRequest
{
    /// <summary>What to do; <see cref="SweepAction.Run"/> by default.</summary>
    public SweepAction Action { get; init; }

    /// <summary>The folder for the results; <c>out</c> by default.</summary>
    public string Output { get; init; } = "out";

    /// <summary>Cells that train in parallel, at least 1; 0 for as many as the machine has room for.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Threads of each network; 0 (the default) means the processors divided by <see cref="Jobs"/>.</summary>
    public int Threads { get; init; }

    /// <summary>For <see cref="SweepAction.Cells"/>: keys of cells, or their numbers in the grid, from 0.</summary>
    public ImmutableArray<string> Cells { get; init; } = [];

    /// <summary>Whether failed cells are retried.</summary>
    public bool RetryFailed { get; init; }

    /// <summary>For <see cref="SweepAction.Submit"/>: how to submit.</summary>
    public SlurmRequest Slurm { get; init; } = new();
}

/// <summary>How cells are submitted to SLURM.</summary>
public sealed record SlurmRequest
{
    /// <summary>Options of sbatch, without their dashes: <c>partition=main</c>, <c>time=4:00:00</c>.</summary>
    public ImmutableArray<string> Sbatch { get; init; } = [];

    /// <summary>The most tasks that run at once; 0 (the default) means no limit.</summary>
    public int AtOnce { get; init; }

    /// <summary>Cells that one task trains, one after the other; 1 by default.</summary>
    public int CellsPerTask { get; init; } = 1;

    /// <summary>Whether to show only what would be submitted.</summary>
    public bool IsDryRun { get; init; }
}
