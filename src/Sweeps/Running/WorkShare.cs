namespace NoiseGen.Sweeps.Running;

/// <summary>How a machine is shared between cells.</summary>
/// <param name="Jobs">Cells in parallel.</param>
/// <param name="Threads">Threads of each network; 0 for one per processor.</param>
internal readonly record struct WorkShare(int Jobs, int Threads)
{
    /// <summary>Far above any machine's number of processors, to catch typing errors.</summary>
    public const int MostThreads = 1024;

    // A step gains nothing from more.
    private const int UsefulThreads = 4;

    /// <summary>The share for a request.</summary>
    /// <param name="jobs">Cells in parallel; 0 chooses.</param>
    /// <param name="threads">Threads of each network; 0 chooses.</param>
    /// <param name="cells">Number of cells that are not done.</param>
    /// <param name="processors">Processors of the machine.</param>
    public static WorkShare Of(int jobs, int threads, int cells, int processors)
    {
        int most = jobs > 0 ? jobs : Math.Max(1, processors / Math.Max(1, threads)); // cells use a machine better than threads
        int used = Math.Max(1, Math.Min(most, cells));
        if (threads > 0) return new(used, threads);
        int each = Math.Max(1, processors / used);
        return new(used, jobs == 0 ? Math.Min(each, UsefulThreads) : used == 1 ? 0 : each);
    }
}
