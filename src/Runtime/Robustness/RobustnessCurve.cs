using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace NoiseGen;

/// <summary>The accuracy of a network over the strength of the noise in its evaluation.</summary>
/// <param name="Name">What was measured, such as the network's name.</param>
/// <param name="Classes">Classes of the data, at least 2: chance is right once in so many.</param>
/// <param name="NoiseFreeAccuracy">Accuracy without noise, 0 … 1.</param>
/// <param name="Repeats">Noise realisations behind each point, at least 1.</param>
/// <param name="Points">The measured points.</param>
public sealed record RobustnessCurve(string Name, int Classes, double NoiseFreeAccuracy, int Repeats, ImmutableArray<RobustnessPoint> Points)
{
    /// <summary>Accuracy of guessing, 1 / <see cref="Classes"/>.</summary>
    public double Chance => 1.0 / Classes;

    /// <summary>The accuracy half-way between the noise-free one and chance, 0 … 1.</summary>
    public double HalfWay => (NoiseFreeAccuracy + Chance) / 2;

    /// <summary>The midpoint noise level µ: where the accuracy stands half-way between its noise-free value and chance.</summary>
    /// <exception cref="NoMidpointException">The curve does not pass half-way; the message says how.</exception>
    public MidpointFit Midpoint => TryGetMidpoint(out MidpointFit? midpoint, out string? reason) ? midpoint : throw new NoMidpointException(reason);

    /// <summary>Finds the midpoint noise level, where the curve has one.</summary>
    /// <param name="midpoint">The midpoint.</param>
    /// <param name="reason">Why there is none.</param>
    public bool TryGetMidpoint([NotNullWhen(true)] out MidpointFit? midpoint, [NotNullWhen(false)] out string? reason) =>
        MidpointFit.TryFit(this, out midpoint, out reason);
}

/// <summary>One point of a <see cref="RobustnessCurve"/>.</summary>
/// <param name="Sigma">Standard deviation of the noise at every site, above 0.</param>
/// <param name="Mean">Mean accuracy over the repeats, 0 … 1.</param>
/// <param name="StandardDeviation">Sample standard deviation of the accuracy over the repeats; 0 with a single one.</param>
public readonly record struct RobustnessPoint(float Sigma, double Mean, double StandardDeviation);

/// <summary>A curve has no midpoint noise level, or the data do not show it.</summary>
public sealed class NoMidpointException(string message) : Exception(message);
