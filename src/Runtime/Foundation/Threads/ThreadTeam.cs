namespace NoiseGen;

/// <summary>
/// The threads of a network: they are started once, run the same numbered job together, and are joined together. The caller is thread 0.
/// </summary>
/// <remarks>
/// The threads refer only to their <see cref="Workers"/>, never to the team, so that an unreachable team is finalized and its threads end.
/// </remarks>
internal sealed class ThreadTeam : IDisposable
{
    private readonly Workers _workers;

    /// <param name="threads">Number of threads, including the caller's; at least 1.</param>
    public ThreadTeam(int threads) => _workers = new Workers(threads - 1, static thread => thread.Start());

    // If a thread could not be started, there are no workers to stop.
    ~ThreadTeam() => _workers?.Stop();

    /// <summary>
    /// Runs the job once on every thread, given its number, and returns when all have finished. If the threads have ended, it runs only on
    /// the caller's thread.
    /// </summary>
    /// <exception cref="Exception">The first exception that the job threw on any thread.</exception>
    public void Run(Action<int> job)
    {
        _workers.Run(job);
        GC.KeepAlive(this); // or a round of a network that is never used again would be ended by the finalizer
    }

    /// <summary>Whether a thread is one of the workers.</summary>
    public bool IsMember(Thread thread) => _workers.Contains(thread);

    /// <summary>Ends the threads and waits until they have ended. A second call waits as well.</summary>
    public void Dispose()
    {
        _workers.Stop();
        _workers.Join();
        GC.SuppressFinalize(this);
    }
}
