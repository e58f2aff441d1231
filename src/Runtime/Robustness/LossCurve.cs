using System.Collections.Immutable;
using NoiseGen.Storage;

namespace NoiseGen;

/// <summary>The loss of a network over the strength of the noise in its evaluation.</summary>
/// <param name="Name">What was measured, such as the network's name.</param>
/// <param name="NoiseFreeLoss">Loss without noise.</param>
/// <param name="Repeats">Noise realisations behind each point, at least 1.</param>
/// <param name="Points">The measured points.</param>
public sealed record LossCurve(string Name, double NoiseFreeLoss, int Repeats, ImmutableArray<LossPoint> Points)
{
    /// <summary>The measured points.</summary>
    public ImmutableArray<LossPoint> Points { get; init => field = value.IsDefault ? [] : value; } = Points.IsDefault ? [] : Points;

    /// <summary>The unit of the noise levels, if all sites share one. Tables show multiples of a range in percent.</summary>
    public SigmaUnit Unit { get; init; }

    /// <summary>
    /// The noise level at which the loss is a multiple of the noise-free one, by straight lines in log σ between the points; null if it
    /// does not reach it. The counterpart of a midpoint where there is no chance level.
    /// </summary>
    /// <param name="factor">The multiple, a finite number above 1.</param>
    public double? SigmaAt(double factor)
    {
        if (!(factor > 1 && double.IsFinite(factor)))
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "A multiple of the noise-free loss is a finite number above 1.");
        LossPoint[] points = [.. Points.OrderBy(point => point.Sigma)];
        double sought = factor * NoiseFreeLoss;
        for (int i = 1; i < points.Length; i++)
        {
            (LossPoint left, LossPoint right) = (points[i - 1], points[i]);
            if (!(left.Mean < sought && right.Mean >= sought)) continue;
            double share = (sought - left.Mean) / (right.Mean - left.Mean);
            return left.Sigma * Math.Pow((double)right.Sigma / left.Sigma, share);
        }

        return null;
    }

    /// <summary>
    /// Writes a line for each level, and one with sigma 0 for the noise-free loss, under a heading:
    /// <c>name,sigma,loss_mean,loss_standard_deviation,repeats</c>.
    /// </summary>
    /// <param name="path">The file; an existing file is replaced.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void WriteCsv(string path) => CsvTable.Write(
        path, ["name", "sigma", "loss_mean", "loss_standard_deviation", "repeats"],
        [
            [Name, 0f, NoiseFreeLoss, null, 1],
            .. Points.Select(
                point => (IReadOnlyList<object?>)[Name, point.Sigma, point.Mean, Repeats > 1 ? point.StandardDeviation : null, Repeats]),
        ]);

    /// <summary>A table: the noise-free loss, and a line for each level.</summary>
    public override string ToString() => InvariantText.Of($"{Name}: loss {NoiseFreeLoss:G4} without noise\n") + TextTable.Of(
        ["σ", "loss"],
        [.. Points.Select(point => (string[])
        [
            SigmaGrid.Text(point.Sigma, Unit),
            InvariantText.Of($"{point.Mean:G4}") + (Repeats > 1 ? InvariantText.Of($" ± {point.StandardDeviation:G2}") : ""),
        ])]);
}

/// <summary>One point of a <see cref="LossCurve"/>.</summary>
/// <param name="Sigma">Standard deviation of the noise at every site, above 0.</param>
/// <param name="Mean">Mean loss over the repeats.</param>
/// <param name="StandardDeviation">Sample standard deviation of the loss over the repeats; 0 with a single one.</param>
public readonly record struct LossPoint(float Sigma, double Mean, double StandardDeviation)
{
    internal static LossPoint Of(float sigma, ImmutableArray<double> losses) => new(sigma, losses.Average(), SampleDeviation.Of(losses));

    /// <summary>Such as <c>σ = 0.1: 0.0213 ± 0.0004</c>.</summary>
    public override string ToString() => InvariantText.Of($"σ = {Sigma:G3}: {Mean:G4} ± {StandardDeviation:G2}");
}
