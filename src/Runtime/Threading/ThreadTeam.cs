using System.Runtime.ExceptionServices;

namespace NoiseGen;

/// <summary>
/// The network's own threads: started once, handed the same numbered job together, waited for together. The caller is thread 0.
/// A fork and join costs well under a microsecond while the workers spin; they park when nothing has come for a while.
/// </summary>
internal sealed class ThreadTeam : IDisposable
{
    // About 50 µs of spinning on current processors: longer than the gaps inside a training loop, short enough to leave an idle machine idle.
    private const int SpinsBeforeParking = 2_000;

    private readonly Action<int> _job;
    private readonly Thread[] _workers;
    private readonly object _parking = new();
    private int _round;
    private int _unfinished;
    private int _parked;
    private bool _stopping;
    private Exception? _failure;

    /// <param name="threads">Threads, the caller included; at least 1.</param>
    /// <param name="job">What each thread does in a round, given its number.</param>
    public ThreadTeam(int threads, Action<int> job)
    {
        _job = job;
        _workers = new Thread[threads - 1];
        for (int i = 0; i < _workers.Length; i++)
        {
            int number = i + 1;
            _workers[i] = new Thread(() => Work(number)) { IsBackground = true, Name = $"NoiseGen {number}" };
            _workers[i].Start();
        }
    }

    /// <summary>Runs the job once on every thread and returns when all have finished.</summary>
    /// <exception cref="Exception">Whatever the job threw, on whichever thread, the first of them.</exception>
    public void Run()
    {
        Volatile.Write(ref _unfinished, _workers.Length);
        Interlocked.Increment(ref _round);
        if (Volatile.Read(ref _parked) > 0) Wake();
        RunJob(0);

        var spinner = new SpinWait();
        while (Volatile.Read(ref _unfinished) != 0) spinner.SpinOnce(sleep1Threshold: -1);

        if (Interlocked.Exchange(ref _failure, null) is { } failure) ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>Whether a thread is one of the workers.</summary>
    public bool IsMember(Thread thread) => Array.IndexOf(_workers, thread) >= 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        Volatile.Write(ref _stopping, true);
        Interlocked.Increment(ref _round);
        Wake();
        foreach (Thread worker in _workers) worker.Join();
    }

    private void Work(int number)
    {
        int seen = 0;
        while (true)
        {
            WaitForRoundAfter(seen);
            seen++;
            if (Volatile.Read(ref _stopping)) return;
            RunJob(number);
            Interlocked.Decrement(ref _unfinished);
        }
    }

    private void RunJob(int number)
    {
        try
        {
            _job(number);
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref _failure, exception, null);
        }
    }

    private void WaitForRoundAfter(int seen)
    {
        for (int spins = 0; spins < SpinsBeforeParking; spins++)
        {
            if (Volatile.Read(ref _round) != seen) return;
            if (spins % 64 == 63) Thread.Yield();
            else Thread.SpinWait(8);
        }

        lock (_parking)
        {
            // The interlocked increment comes before the last look at the round, as the caller's increment of the round comes before its look
            // at the parked: one of the two sees the other.
            Interlocked.Increment(ref _parked);
            while (Volatile.Read(ref _round) == seen) Monitor.Wait(_parking);
            Interlocked.Decrement(ref _parked);
        }
    }

    private void Wake()
    {
        lock (_parking) Monitor.PulseAll(_parking);
    }
}
