namespace NoiseGen;

/// <summary>
/// The network's own threads: started once, handed the same numbered job together, waited for together. The caller is thread 0.
/// </summary>
/// <remarks>
/// The threads know their <see cref="Workers"/> alone, never the team: a team that nobody knows any more is finalized, and its threads end.
/// </remarks>
internal sealed class ThreadTeam : IDisposable
{
    private readonly Workers _workers;

    /// <param name="threads">Threads, the caller included; at least 1.</param>
    public ThreadTeam(int threads) => _workers = new Workers(threads - 1, static thread => thread.Start());

    // Where a thread could not be started, there are no workers to stop.
    ~ThreadTeam() => _workers?.Stop();

    /// <summary>
    /// Runs the job once on every thread, given its number, and returns when all have finished. Where the threads have ended, it runs on
    /// the caller's alone.
    /// </summary>
    /// <exception cref="Exception">Whatever the job threw, on whichever thread, the first of them.</exception>
    public void Run(Action<int> job)
    {
        _workers.Run(job);
        GC.KeepAlive(this); // or a round of a network that is never used again would be ended by the finalizer
    }

    /// <summary>Whether a thread is one of the workers.</summary>
    public bool IsMember(Thread thread) => _workers.Contains(thread);

    /// <summary>Ends the threads, and waits for that. Whoever calls it once more waits as well.</summary>
    public void Dispose()
    {
        _workers.Stop();
        _workers.Join();
        GC.SuppressFinalize(this);
    }
}
