namespace NoiseGen.Benchmarks.Scaling;

/// <summary>A training step on a number of cores, as it goes into the result file.</summary>
/// <param name="Network">The network.</param>
/// <param name="Batch">Images a step.</param>
/// <param name="Cores">Number of cores.</param>
/// <param name="OneThreadMs">The step on one thread, in milliseconds.</param>
/// <param name="CutMs">The step on one thread, but cut for so many.</param>
/// <param name="ScheduledMs">The cut step on so many virtual cores.</param>
/// <param name="Phases">Phases of the cut step.</param>
/// <param name="BarrierUs">What a phase's start and end cost in the schedule, in microseconds.</param>
/// <param name="Real">Speed-up by the clock; null where the machine has fewer processors.</param>
/// <param name="Losses">What each kind of phase takes beyond an even share of its work, the largest loss first.</param>
internal sealed record CorePoint(
    string Network, int Batch, int Cores, double OneThreadMs, double CutMs, double ScheduledMs, int Phases, double BarrierUs,
    double? Real, IReadOnlyList<PhaseLoss> Losses)
{
    /// <summary>
    /// Scheduled, beside one thread. On a busy machine short pieces escape interruptions that long ones meet, so that a step can look
    /// faster when it is cut: one thread gets the better of both times.
    /// </summary>
    public double SpeedUp => Math.Min(OneThreadMs, CutMs) / ScheduledMs;
}

/// <summary>A kind of phase in a schedule.</summary>
/// <param name="Name">The method that does a piece.</param>
/// <param name="Count">Such phases.</param>
/// <param name="Work">What all pieces take together, in milliseconds.</param>
/// <param name="Time">What the phases take on all cores, in milliseconds.</param>
internal sealed record PhaseLoss(string Name, int Count, double Work, double Time)
{
    /// <summary>Cores that are busy on average.</summary>
    public double Parallelism => Work / Time;
}
