using System.Diagnostics;

namespace NoiseGen;

/// <summary>
/// How long every piece of every phase takes. All run on the caller's thread, one after the other and cut as for all threads of the
/// network: a schedule of these times shows what a machine of many processors would do with them.
/// </summary>
internal sealed class PhaseTrace
{
    private readonly List<TracedPhase> _phases = [];
    private long _end = Stopwatch.GetTimestamp();

    /// <summary>The phases since the last <see cref="Clear"/>, in order.</summary>
    public IReadOnlyList<TracedPhase> Phases => _phases;

    /// <summary>Forgets what was timed.</summary>
    public void Clear()
    {
        _phases.Clear();
        _end = Stopwatch.GetTimestamp();
    }

    /// <summary>Runs a phase, and notes its pieces.</summary>
    public void Run(Phase phase, in Pass pass, int pieces)
    {
        long start = Stopwatch.GetTimestamp();
        long before = start - _end;
        var ticks = new long[pieces];
        for (int piece = 0; piece < pieces; piece++)
        {
            phase(pass, piece, thread: 0);
            long end = Stopwatch.GetTimestamp();
            (ticks[piece], start) = (end - start, end);
        }

        _phases.Add(new TracedPhase(phase.Method.Name, pass.Segment, pass.GradientPhase, before, ticks));
        _end = Stopwatch.GetTimestamp();
    }

    /// <summary>Ends a step: what was done since its last phase.</summary>
    /// <returns>Ticks of the stopwatch.</returns>
    public long TicksSinceLastPhase() => Stopwatch.GetTimestamp() - _end;
}

/// <summary>A phase of a step.</summary>
/// <param name="Name">Of the method that does a piece of it.</param>
/// <param name="Segment">The segment of the pass.</param>
/// <param name="Part">Its number among the segment's phases of the same name.</param>
/// <param name="Before">What the caller did alone before it, in ticks of the stopwatch.</param>
/// <param name="Pieces">What each piece took, in ticks of the stopwatch.</param>
internal sealed record TracedPhase(string Name, int Segment, int Part, long Before, long[] Pieces);
