using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using NoiseGen.Storage;

namespace NoiseGen;

/// <summary>The accuracy of a network over the strength of the noise in its evaluation.</summary>
/// <param name="Name">What was measured, such as the network's name.</param>
/// <param name="Classes">Number of classes, at least 2: chance is right once in this many.</param>
/// <param name="NoiseFreeAccuracy">Accuracy without noise, 0 … 1.</param>
/// <param name="Repeats">Noise realisations behind each point, at least 1.</param>
/// <param name="Points">The measured points.</param>
public sealed record RobustnessCurve(
    string Name, int Classes, double NoiseFreeAccuracy, int Repeats, ImmutableArray<RobustnessPoint> Points)
{
    /// <summary>The measured points.</summary>
    public ImmutableArray<RobustnessPoint> Points
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = Points.IsDefault ? [] : Points;

    /// <summary>
    /// Test images behind each accuracy, at least 1; null (the default) if it is not known. If it is known, a noise-free accuracy that
    /// cannot be distinguished from <see cref="Chance"/> has no midpoint.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int? Images
    {
        get;
        init => field = value is null or > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A curve is measured with at least one image.");
    }

    /// <summary>The unit of the noise levels, if all sites share one. Tables show multiples of a range in percent.</summary>
    public SigmaUnit Unit { get; init; }

    /// <summary>Accuracy of guessing, 1 / <see cref="Classes"/>.</summary>
    public double Chance => 1.0 / Classes;

    /// <summary>The accuracy half-way between the noise-free one and chance, 0 … 1.</summary>
    public double HalfWay => (NoiseFreeAccuracy + Chance) / 2;

    /// <summary>
    /// The midpoint noise level µ: where the accuracy is half-way between its noise-free value and chance. There is none if the curve does
    /// not cross half-way, if the points do not determine it (its standard error is not finite, or above the measured range), or if the
    /// noise-free accuracy cannot be distinguished from chance: by the one-sided binomial test, guessing gets as many of the
    /// <see cref="Images"/> right with a probability above 0.001.
    /// </summary>
    /// <exception cref="NoMidpointException">There is none; the message says why.</exception>
    public MidpointFit Midpoint =>
        TryGetMidpoint(out MidpointFit? midpoint, out string? reason) ? midpoint : throw new NoMidpointException(reason);

    /// <summary>Mean accuracy over the measured range of log σ, by straight lines between the points, 0 … 1; at least two points.</summary>
    /// <exception cref="InvalidOperationException">There are fewer than two different levels.</exception>
    public double AreaUnderCurve
    {
        get
        {
            (double Place, double Mean)[] points =
            [
                .. Points.OrderBy(point => point.Sigma).Select(point => (Math.Log(point.Sigma), point.Mean)),
            ];
            double width = points.Length < 2 ? 0 : points[^1].Place - points[0].Place;
            if (width == 0)
                throw new InvalidOperationException($"The area under the curve {Name} needs points at two noise levels at least.");
            return points.Zip(points.Skip(1), (left, right) => (right.Place - left.Place) * (left.Mean + right.Mean) / 2).Sum() / width;
        }
    }

    /// <summary>
    /// A confidence interval of the midpoint noise level by the bootstrap (Efron, 1979): fits to resampled repeats, and the quantiles of
    /// their midpoints. Resamples that have no midpoint are left out.
    /// </summary>
    /// <param name="confidence">Confidence level of the interval, above 0 and below 1.</param>
    /// <param name="resamples">Number of resamples, at least 20.</param>
    /// <param name="seed">Seeds their choice.</param>
    /// <exception cref="NoMidpointException">The curve itself, or more than half of the resamples, has no midpoint.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not allowed.</exception>
    /// <exception cref="InvalidOperationException">A point has a single repeat: there is nothing to resample.</exception>
    public (double Low, double High) BootstrapMidpoint(double confidence = 0.95, int resamples = 1000, int seed = 0)
    {
        if (!(confidence is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence is above 0 and below 1.");
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 20);
        if (Points.Any(point => point.Accuracies.Length < 2))
            throw new InvalidOperationException($"Points of {Name} have single repeats: the bootstrap needs several at each noise level.");
        _ = Midpoint;
        var random = new Random(seed);
        List<double> midpoints = [];
        for (int i = 0; i < resamples; i++)
        {
            RobustnessCurve resample = this with { Points = [.. Points.Select(point => Resample(point, random))] };
            if (resample.TryGetMidpoint(out MidpointFit? fit, out _)) midpoints.Add(fit.Mu);
        }

        if (midpoints.Count <= resamples / 2)
            throw new NoMidpointException($"Only {midpoints.Count} of {resamples} resamples of {Name} have a midpoint.");
        midpoints.Sort();
        double Quantile(double share) => midpoints[(int)Math.Round(share * (midpoints.Count - 1))];
        return (Quantile((1 - confidence) / 2), Quantile((1 + confidence) / 2));
    }

    private static RobustnessPoint Resample(RobustnessPoint point, Random random) => RobustnessPoint.Of(
        point.Sigma, [.. point.Accuracies.Select(_ => point.Accuracies[random.Next(point.Accuracies.Length)])]);

    /// <summary>Finds the midpoint noise level, if the curve has one.</summary>
    /// <param name="midpoint">The midpoint.</param>
    /// <param name="reason">Why there is none.</param>
    public bool TryGetMidpoint([NotNullWhen(true)] out MidpointFit? midpoint, [NotNullWhen(false)] out string? reason) =>
        MidpointFit.TryFit(this, out midpoint, out reason);

    /// <summary>
    /// Writes a line for each level, and one with sigma 0 for the noise-free accuracy, under a heading:
    /// <c>name,sigma,accuracy_mean,accuracy_standard_deviation,repeats,midpoint,midpoint_standard_error,no_midpoint</c>.
    /// </summary>
    /// <param name="path">The file; an existing file is replaced.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void WriteCsv(string path) => new RobustnessCurves([this]).WriteCsv(path);

    /// <summary>A table: the noise-free accuracy, the midpoint or why there is none, and a line for each level.</summary>
    public override string ToString()
    {
        string midpoint = TryGetMidpoint(out MidpointFit? fit, out string? reason) ? fit.ToString() : $"no midpoint: {reason}";
        string table = TextTable.Of(
            ["σ", "accuracy"],
            [.. Points.Select(point => (string[])[SigmaGrid.Text(point.Sigma, Unit), point.AccuracyText(Repeats > 1)])]);
        return $"{Name}: {Percent.Of(NoiseFreeAccuracy)} without noise, {midpoint}\n{table}";
    }
}

/// <summary>One point of a <see cref="RobustnessCurve"/>.</summary>
/// <param name="Sigma">Standard deviation of the noise at every site, above 0.</param>
/// <param name="Mean">Mean accuracy over the repeats, 0 … 1.</param>
/// <param name="StandardDeviation">Sample standard deviation of the accuracy over the repeats; 0 with a single one.</param>
public readonly record struct RobustnessPoint(float Sigma, double Mean, double StandardDeviation)
{
    private readonly ImmutableArray<double> _accuracies;

    /// <summary>The accuracy of each repeat; only the mean if they were not kept.</summary>
    public ImmutableArray<double> Accuracies
    {
        get => _accuracies.IsDefault ? [Mean] : _accuracies;
        private init => _accuracies = value;
    }

    /// <summary>The point of some repeats.</summary>
    /// <param name="sigma">Standard deviation of the noise at every site, above 0.</param>
    /// <param name="accuracies">The accuracy of each repeat, 0 … 1; at least one.</param>
    public static RobustnessPoint Of(float sigma, ImmutableArray<double> accuracies) =>
        new(sigma, accuracies.Average(), SampleDeviation.Of(accuracies)) { Accuracies = accuracies };

    /// <summary>Such as <c>σ = 0.1: 91.9 % ± 0.5 %</c>.</summary>
    public override string ToString() => InvariantText.Of($"σ = {Sigma:G3}: {AccuracyText(Accuracies.Length > 1)}");

    // A single repeat has no deviation.
    internal string AccuracyText(bool hasDeviation) => Percent.Of(Mean) + (hasDeviation ? $" ± {Percent.Of(StandardDeviation)}" : "");

    /// <summary>Whether level, mean and deviation are equal.</summary>
    public bool Equals(RobustnessPoint other) => (Sigma, Mean, StandardDeviation) == (other.Sigma, other.Mean, other.StandardDeviation);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Sigma, Mean, StandardDeviation);
}

/// <summary>A curve has no midpoint noise level, or the data do not determine it.</summary>
public sealed class NoMidpointException(string message) : Exception(message);
