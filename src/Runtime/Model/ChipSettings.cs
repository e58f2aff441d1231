using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>Which chip holds a network's weights, how old it is, and how far its cells deviate.</summary>
internal sealed class ChipSettings
{
    /// <summary>The chip that evaluations compute on; null for ideal weights.</summary>
    public uint? Number { get; set; }

    /// <summary>Whether every training step computes on a new chip, that of the step's number.</summary>
    public bool AreTrainedOn { get; set; }

    /// <summary>The time since programming.</summary>
    public TimeSpan Age { get; set; }

    /// <summary>Share of the cells stuck at conductance 0.</summary>
    public float StuckOff { get; set; }

    /// <summary>Share of the cells stuck at the largest conductance.</summary>
    public float StuckOn { get; set; }

    /// <summary>Multiple of the models' programming noise.</summary>
    public float ProgrammingScale { get; set; } = 1f;

    /// <summary>Multiple of the models' drift.</summary>
    public float DriftScale { get; set; } = 1f;

    /// <summary>Multiple of the models' read noise.</summary>
    public float ReadScale { get; set; } = 1f;

    /// <summary>How drift is made up for in all stages; null for what each declares.</summary>
    public DriftCompensation? Compensation { get; set; }

    /// <summary>The chip of an evaluation; null for ideal weights.</summary>
    public ChipPass? Evaluation => Number is { } number
        ? Programmed(number) with { Age = new ChipAge((float)Age.TotalSeconds, DriftScale, ReadScale, Compensation) }
        : null;

    /// <summary>
    /// The chip of a training step, just programmed; null for ideal weights. Numbers count down from the largest, so that the chips of
    /// evaluations, which people number from 0, were never trained on.
    /// </summary>
    /// <param name="step">Number of the step.</param>
    public ChipPass? Training(uint step) => AreTrainedOn ? Programmed(~step) : null;

    private ChipPass Programmed(uint number) => new(number, StuckOff, StuckOn, ProgrammingScale);
}
