using System.Diagnostics;

namespace NoiseGen.Benchmarks.Contest;

/// <summary>Runs an action over and over.</summary>
internal static class Repeat
{
    // Tiered compilation needs thirty calls and a tenth of a second to settle; take ample.
    private const int WarmUpCalls = 60;
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(0.6);

    // Steps of seconds are hot after a few: their loops run long enough to be replaced while they run.
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(5);

    // The first calls after a pause find cold caches and sleeping threads.
    private const int Untimed = 2;

    /// <summary>Runs an action until its code and memory have settled.</summary>
    public static void WarmUp(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan elapsed = TimeSpan.Zero;
        for (int calls = 0; (calls < WarmUpCalls && elapsed < LongestWarmUp) || elapsed < WarmUpTime; calls++)
        {
            action();
            elapsed = Stopwatch.GetElapsedTime(start);
        }
    }

    /// <summary>The time of each of several repetitions, in milliseconds.</summary>
    public static double[] Time(Action action, int repetitions)
    {
        for (int i = 0; i < Untimed; i++) action();
        var times = new double[repetitions];
        for (int i = 0; i < repetitions; i++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return times;
    }
}
