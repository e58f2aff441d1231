using System.Collections.Immutable;

namespace NoiseGen.Sweeps;

/// <summary>What a command is to do with a sweep.</summary>
public enum SweepAction
{
    /// <summary>Train all cells that are free, on this machine.</summary>
    Run,

    /// <summary>Train the cells that are named, as a task of a cluster does.</summary>
    Cells,

    /// <summary>Train cells beside other processes of the same command, which has started this one.</summary>
    Worker,

    /// <summary>Tell where all cells stand.</summary>
    Status,

    /// <summary>Hand the cells that are neither done nor queued to SLURM.</summary>
    Submit,
}

/// <summary>What is asked of a sweep.</summary>
public sealed record SweepRequest
{
    /// <summary>What to do; at first <see cref="SweepAction.Run"/>.</summary>
    public SweepAction Action { get; init; }

    /// <summary>The folder for the results; at first <c>out</c>.</summary>
    public string Output { get; init; } = "out";

    /// <summary>Cells that train side by side, at least 1; 0 for as many as the machine has room for.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Threads of each network; 0, as at first, for the processors divided by <see cref="Jobs"/>.</summary>
    public int Threads { get; init; }

    /// <summary>For <see cref="SweepAction.Cells"/>: keys of cells, or their numbers in the grid, from 0.</summary>
    public ImmutableArray<string> Cells { get; init; } = [];

    /// <summary>Whether cells that failed are tried again.</summary>
    public bool RetryFailed { get; init; }

    /// <summary>For <see cref="SweepAction.Submit"/>: how.</summary>
    public SlurmRequest Slurm { get; init; } = new();
}

/// <summary>How cells are handed to SLURM.</summary>
public sealed record SlurmRequest
{
    /// <summary>Options of sbatch without their dashes: <c>partition=main</c>, <c>time=4:00:00</c>.</summary>
    public ImmutableArray<string> Sbatch { get; init; } = [];

    /// <summary>The most tasks that run at once; 0, as at first, for no limit.</summary>
    public int AtOnce { get; init; }

    /// <summary>Cells that one task trains, one after the other; at first 1.</summary>
    public int CellsPerTask { get; init; } = 1;

    /// <summary>Whether it is only shown what would be submitted.</summary>
    public bool IsDryRun { get; init; }
}
