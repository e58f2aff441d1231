using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace NoiseGen;

/// <summary>
/// Threads that run one round after another, and the state that they share with the caller. A fork and join costs well under a microsecond
/// while they spin; they park when there has been no work for a while. They refer to a round's job only while it runs, so that they keep
/// nothing alive between rounds.
/// </summary>
internal sealed class Workers
{
    // About 50 µs of spinning on current processors: longer than the gaps inside a training loop, short enough to leave an idle machine
    // idle.
    private const int SpinsBeforeParking = 2_000;

    private readonly Thread[] _threads;
    private readonly object _parking = new();
    private Action<int>? _job;
    private int _round;
    private int _unfinished;
    private int _parked;
    private bool _stopping;
    private Exception? _failure;

    /// <param name="count">Number of threads besides the caller's, at least 0.</param>
    /// <param name="start">Starts one.</param>
    /// <exception cref="Exception">A thread could not be started; those already started end again.</exception>
    public Workers(int count, Action<Thread> start)
    {
        _threads = [.. Enumerable.Range(1, count).Select(Make)];
        try
        {
            foreach (Thread thread in _threads) start(thread);
        }
        catch
        {
            Stop();
            throw;
        }
    }

    /// <summary>
    /// Runs a job once on every thread, the caller's being number 0, and returns when all have finished; if they were stopped, the job runs
    /// only on the caller's thread.
    /// </summary>
    /// <exception cref="Exception">The first exception that the job threw on any thread.</exception>
    public void Run(Action<int> job)
    {
        _job = job;
        if (!Volatile.Read(ref _stopping))
        {
            Volatile.Write(ref _unfinished, _threads.Length);
            Interlocked.Increment(ref _round);
            if (Volatile.Read(ref _parked) > 0) Wake();
        }

        RunJob(0);
        var spinner = new SpinWait();
        while (Volatile.Read(ref _unfinished) != 0) spinner.SpinOnce(sleep1Threshold: -1);
        _job = null;

        if (Interlocked.Exchange(ref _failure, null) is { } failure) ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>Whether a thread is one of the workers.</summary>
    public bool Contains(Thread thread) => Array.IndexOf(_threads, thread) >= 0;

    /// <summary>Lets the threads end. No round may be running.</summary>
    public void Stop()
    {
        Volatile.Write(ref _stopping, true);
        Interlocked.Increment(ref _round);
        Wake();
    }

    /// <summary>Waits until they have ended.</summary>
    public void Join()
    {
        foreach (Thread thread in _threads) thread.Join();
    }

    private Thread Make(int number) => new(() => Work(number)) { IsBackground = true, Name = $"NoiseGen {number}" };

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

    // A separate method, so that no stack frame of a waiting thread refers to the job.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RunJob(int number)
    {
        try
        {
            _job!(number);
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
            // The interlocked increment comes before the last look at the round, as the caller's increment of the round comes before its
            // look at the parked threads: at least one of the two sees the other.
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
