using System.Diagnostics;

namespace NoiseGen.Benchmarks.Limits;

/// <summary>
/// The same work on several threads at once, timed from the earliest start to the latest end:
/// what the threads do together, whoever waits for them.
/// </summary>
internal static class SimultaneousRuns
{
    /// <summary>The shortest of several runs.</summary>
    /// <param name="threads">Threads, at least 1.</param>
    /// <param name="runs">Number of runs, at least 1.</param>
    /// <param name="work">What each thread does in a run, given its number.</param>
    /// <returns>Seconds.</returns>
    public static double Best(int threads, int runs, Action<int> work)
    {
        var starts = new long[runs, threads];
        var ends = new long[runs, threads];
        int arrived = 0;
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(thread => new Thread(() =>
        {
            for (int run = 0; run < runs; run++)
            {
                // Threads that spin start within a microsecond of each other; parked ones would not.
                Interlocked.Increment(ref arrived);
                var spinner = new SpinWait();
                while (Volatile.Read(ref arrived) < (run + 1) * threads) spinner.SpinOnce(sleep1Threshold: -1);
                starts[run, thread] = Stopwatch.GetTimestamp();
                work(thread);
                ends[run, thread] = Stopwatch.GetTimestamp();
            }
        }))];
        foreach (Thread worker in workers) worker.Start();
        foreach (Thread worker in workers) worker.Join();
        return Enumerable.Range(0, runs).Min(run => Elapsed(run, starts, ends).TotalSeconds);
    }

    private static TimeSpan Elapsed(int run, long[,] starts, long[,] ends)
    {
        IEnumerable<int> threads = Enumerable.Range(0, starts.GetLength(1));
        return Stopwatch.GetElapsedTime(threads.Min(thread => starts[run, thread]), threads.Max(thread => ends[run, thread]));
    }
}
