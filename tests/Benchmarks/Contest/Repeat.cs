using System.Diagnostics;

namespace NoiseGen.Benchmarks.Contest;

/// <summary>Runs an action over and over.</summary>
internal static class Repeat
{
    // Tiered compilation needs thirty calls and a tenth of a second to settle; take ample.
    private const int WarmUpCalls = 60;
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(0.6);

    // The first calls after a pause find cold caches and sleeping threads.
    private const int Untimed = 2;

    /// <summary>Runs an action until its code and memory have settled.</summary>
    public static void WarmUp(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        for (int calls = 0; calls < WarmUpCalls || Stopwatch.GetElapsedTime(start) < WarmUpTime; calls++) action();
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
