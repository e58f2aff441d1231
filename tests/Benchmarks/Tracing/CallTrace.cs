using System.Diagnostics;

namespace NoiseGen.Benchmarks.Tracing;

/// <summary>What a call takes in one step.</summary>
/// <param name="Milliseconds">Of all threads together.</param>
/// <param name="Count">How often it is made.</param>
internal readonly record struct CallTime(double Milliseconds, int Count);

/// <summary>
/// The times of a network's calls, step after step.
/// A step makes the same calls every time, if not always on the same threads, so the shortest of each kind has a median of its own,
/// the second shortest, and so on: a busy machine disturbs those less than it disturbs whole steps.
/// </summary>
internal sealed class CallTrace : IDisposable
{
    private readonly ThreadLocal<List<Entry>> _calls = new(() => [], trackAllValues: true);
    private readonly List<Entry[]> _steps = [];

    /// <summary>Notes that a call has ended.</summary>
    /// <param name="call">Its number.</param>
    /// <param name="started">Time stamp from before it.</param>
    public void Ended(int call, long started) => _calls.Value!.Add(new Entry(call, Stopwatch.GetTimestamp() - started));

    /// <summary>Forgets all steps.</summary>
    public void Clear()
    {
        foreach (List<Entry> calls in _calls.Values) calls.Clear();
        _steps.Clear();
    }

    /// <summary>Ends a step.</summary>
    /// <exception cref="InvalidOperationException">It made other calls than the first.</exception>
    public void EndStep()
    {
        Entry[] step = [.. _calls.Values.SelectMany(calls => calls).Order()];
        if (_steps.Count > 0 && !step.Select(entry => entry.Call).SequenceEqual(_steps[0].Select(entry => entry.Call)))
            throw new InvalidOperationException("Two steps made different calls.");
        _steps.Add(step);
        foreach (List<Entry> calls in _calls.Values) calls.Clear();
    }

    /// <summary>Time of each call in a step, by its number.</summary>
    /// <param name="calls">How many numbers there are.</param>
    public CallTime[] Medians(int calls)
    {
        var times = new CallTime[calls];
        double stamp = StampMilliseconds();
        var ticks = new long[_steps.Count];
        for (int i = 0; i < _steps[0].Length; i++)
        {
            for (int step = 0; step < ticks.Length; step++) ticks[step] = _steps[step][i].Ticks;
            Array.Sort(ticks);
            double milliseconds = ticks[ticks.Length / 2] * 1e3 / Stopwatch.Frequency;
            ref CallTime time = ref times[_steps[0][i].Call];
            time = new CallTime(time.Milliseconds + Math.Max(0, milliseconds - stamp), time.Count + 1);
        }

        return times;
    }

    /// <inheritdoc/>
    public void Dispose() => _calls.Dispose();

    // A call's time has the cost of one time stamp in it.
    private static double StampMilliseconds()
    {
        var differences = new double[1001];
        for (int i = 0; i < differences.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            differences[i] = Stopwatch.GetElapsedTime(start, Stopwatch.GetTimestamp()).TotalMilliseconds;
        }

        Array.Sort(differences);
        return differences[differences.Length / 2];
    }

    private readonly record struct Entry(int Call, long Ticks) : IComparable<Entry>
    {
        public int CompareTo(Entry other) => (Call, Ticks).CompareTo((other.Call, other.Ticks));
    }
}
