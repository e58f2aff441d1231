using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NoiseGen.Benchmarks.Tracing;

/// <summary>What a call takes in one step.</summary>
/// <param name="Milliseconds">Of all threads together.</param>
/// <param name="Count">How often it is made.</param>
internal readonly record struct CallTime(double Milliseconds, int Count);

/// <summary>
/// The times of a network's calls, step after step. A step makes the same calls on the same threads every time, so each single call has a median of its own, which
/// a busy machine disturbs less than it disturbs whole steps.
/// </summary>
internal sealed class CallTrace : IDisposable
{
    private readonly ThreadLocal<Recording> _recordings = new(() => new Recording(), trackAllValues: true);

    /// <summary>Notes that a call has ended.</summary>
    /// <param name="call">Its number.</param>
    /// <param name="started">Time stamp from before it.</param>
    public void Ended(int call, long started) => _recordings.Value!.Add(call, Stopwatch.GetTimestamp() - started);

    /// <summary>Forgets all steps.</summary>
    public void Clear()
    {
        foreach (Recording recording in _recordings.Values) recording.Clear();
    }

    /// <summary>Ends a step.</summary>
    public void EndStep()
    {
        foreach (Recording recording in _recordings.Values) recording.EndStep();
    }

    /// <summary>Time of each call in a step, by its number.</summary>
    /// <param name="calls">How many numbers there are.</param>
    public CallTime[] Medians(int calls)
    {
        var times = new CallTime[calls];
        double stamp = StampMilliseconds();
        foreach (Recording recording in _recordings.Values)
        {
            foreach ((int call, double milliseconds) in recording.Medians())
                times[call] = new CallTime(times[call].Milliseconds + Math.Max(0, milliseconds - stamp), times[call].Count + 1);
        }

        return times;
    }

    /// <inheritdoc/>
    public void Dispose() => _recordings.Dispose();

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

    /// <summary>The calls of one thread.</summary>
    private sealed class Recording
    {
        private readonly List<int> _calls = [];
        private readonly List<long> _ticks = [];
        private readonly List<long[]> _steps = [];
        private int[] _order = [];

        public void Add(int call, long ticks)
        {
            _calls.Add(call);
            _ticks.Add(ticks);
        }

        public void Clear()
        {
            _calls.Clear();
            _ticks.Clear();
            _steps.Clear();
        }

        public void EndStep()
        {
            if (_steps.Count == 0) _order = [.. _calls];
            if (!CollectionsMarshal.AsSpan(_calls).SequenceEqual(_order)) throw new InvalidOperationException("Two steps made different calls.");
            _steps.Add([.. _ticks]);
            _calls.Clear();
            _ticks.Clear();
        }

        public IEnumerable<(int Call, double Milliseconds)> Medians()
        {
            var times = new long[_steps.Count];
            for (int i = 0; i < _order.Length; i++)
            {
                for (int step = 0; step < times.Length; step++) times[step] = _steps[step][i];
                Array.Sort(times);
                yield return (_order[i], times[times.Length / 2] * 1e3 / Stopwatch.Frequency);
            }
        }
    }
}
