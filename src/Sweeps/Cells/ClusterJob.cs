using System.Globalization;

namespace NoiseGen.Sweeps.Cells;

/// <summary>The cluster job that this process is part of.</summary>
internal static class ClusterJob
{
    /// <summary>Such as <c>1204_7</c>, SLURM's name for a task of an array; empty if there is no job.</summary>
    public static string Name { get; } = (Value("SLURM_ARRAY_JOB_ID"), Value("SLURM_ARRAY_TASK_ID")) switch
    {
        ({ } job, { } task) => $"{job}_{task}",
        _ => Value("SLURM_JOB_ID") ?? "",
    };

    /// <summary>How often a job is requeued at most.</summary>
    public const int MostRestarts = 100;

    /// <summary>How often it was requeued.</summary>
    public static int Restarts { get; } =
        int.TryParse(Value("SLURM_RESTART_COUNT"), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 0;

    private static string? Value(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
