using System.Diagnostics;

namespace NoiseGen.Benchmarks.Scaling;

/// <summary>
/// What every piece of every phase of a training step takes on one thread, in microseconds: medians over steps, which make the same
/// phases every time.
/// </summary>
/// <param name="Phases">The phases, in order.</param>
/// <param name="After">What the caller does alone after the last one.</param>
internal sealed record StepTrace(IReadOnlyList<StepPhase> Phases, double After)
{
    /// <summary>All of the step on one thread.</summary>
    public double Total => After + Phases.Sum(phase => phase.Before + phase.Work);

    /// <summary>Takes the medians of several steps.</summary>
    public static StepTrace Of(IReadOnlyList<TracedStep> steps)
    {
        IReadOnlyList<TracedPhase> first = steps[0].Phases;
        if (steps.Any(step => step.Phases.Count != first.Count)) throw new InvalidOperationException("Two steps had different phases.");
        return new(
            [.. first.Select((phase, i) => new StepPhase(
                phase.Name, Median(steps, step => step.Phases[i].Before),
                [.. phase.Pieces.Select((_, piece) => Median(steps, step => step.Phases[i].Pieces[piece]))]))],
            Median(steps, step => step.After));
    }

    private static double Median(IReadOnlyList<TracedStep> steps, Func<TracedStep, long> ticks)
    {
        long[] sorted = [.. steps.Select(ticks).Order()];
        return sorted[sorted.Length / 2] * 1e6 / Stopwatch.Frequency;
    }
}

/// <summary>A phase: what its pieces take, in microseconds.</summary>
/// <param name="Name">Of the method that does a piece.</param>
/// <param name="Before">What the caller does alone before it.</param>
/// <param name="Pieces">The pieces.</param>
internal sealed record StepPhase(string Name, double Before, double[] Pieces)
{
    /// <summary>All pieces together.</summary>
    public double Work => Pieces.Sum();
}

/// <summary>One step as it was timed.</summary>
/// <param name="Phases">The phases.</param>
/// <param name="After">Ticks after the last one.</param>
internal sealed record TracedStep(IReadOnlyList<TracedPhase> Phases, long After);
