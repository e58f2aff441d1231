namespace NoiseGen.Sweeps.Running;

/// <summary>How a machine is shared between cells.</summary>
/// <param name="Jobs">Cells side by side.</param>
/// <param name="Threads">Of each network; 0 for one on each processor.</param>
internal readonly record struct WorkShare(int Jobs, int Threads)
{
    /// <summary>Far above any machine's; a typing error is found by it.</summary>
    public const int MostThreads = 1024;

    // A step gains nothing beyond.
    private const int UsefulThreads = 4;

    /// <summary>Of a request.</summary>
    /// <param name="jobs">Cells side by side; 0 chooses.</param>
    /// <param name="threads">Of each network; 0 chooses.</param>
    /// <param name="cells">Cells that are not done.</param>
    /// <param name="processors">Of the machine.</param>
    public static WorkShare Of(int jobs, int threads, int cells, int processors)
    {
        int most = jobs > 0 ? jobs : Math.Max(1, processors / Math.Max(1, threads)); // cells fill a machine better than threads
        int used = Math.Max(1, Math.Min(most, cells));
        if (threads > 0) return new(used, threads);
        int each = Math.Max(1, processors / used);
        return new(used, jobs == 0 ? Math.Min(each, UsefulThreads) : used == 1 ? 0 : each);
    }
}
