namespace NoiseGen.CompilerServices;

/// <summary>The chip that a pass computes on.</summary>
/// <param name="Number">Number of the chip.</param>
/// <param name="StuckOff">Share of the cells that are stuck at conductance 0.</param>
/// <param name="StuckOn">Share of the cells that are stuck at the largest conductance.</param>
/// <param name="ProgrammingScale">Multiple of the model's programming noise.</param>
internal readonly record struct ChipPass(uint Number, float StuckOff, float StuckOn, float ProgrammingScale)
{
    /// <summary>What happened since programming; null right after it, as in training.</summary>
    public ChipAge? Age { get; init; }
}

/// <summary>What happened to a chip since it was programmed.</summary>
/// <param name="Seconds">The time, at least 0.</param>
/// <param name="DriftScale">Multiple of the model's drift.</param>
/// <param name="ReadScale">Multiple of the model's read noise.</param>
/// <param name="Compensation">How drift is made up for; null for what the stages declare.</param>
internal readonly record struct ChipAge(float Seconds, float DriftScale, float ReadScale, DriftCompensation? Compensation);
