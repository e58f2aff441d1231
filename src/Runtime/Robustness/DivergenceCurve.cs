using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using NoiseGen.Storage;

namespace NoiseGen;

/// <summary>How far a network's outputs are from its noise-free ones, over the strength of the noise.</summary>
/// <param name="name">What was measured, such as the network's name.</param>
/// <param name="points">The measured points.</param>
[SuppressMessage("Naming", "CA1710", Justification = "A curve is what it is; a suffix would say nothing.")]
public sealed class DivergenceCurve(string name, ImmutableArray<DivergencePoint> points) : IReadOnlyList<DivergencePoint>
{
    private readonly ImmutableArray<DivergencePoint> _points = points.IsDefault ? [] : points;

    /// <summary>What was measured.</summary>
    public string Name => name;

    /// <summary>The unit of the noise levels, if all sites share one. Tables show multiples of a range in percent.</summary>
    public SigmaUnit Unit { get; init; }

    /// <summary>Number of levels.</summary>
    public int Count => _points.Length;

    /// <summary>A point by its index.</summary>
    public DivergencePoint this[int index] => _points[index];

    /// <summary>Writes a line for each level, under a heading: <c>name,sigma,divergence_mean,divergence_standard_deviation</c>.</summary>
    /// <param name="path">The file; an existing file is replaced.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void WriteCsv(string path) => CsvTable.Write(
        path, ["name", "sigma", "divergence_mean", "divergence_standard_deviation"],
        _points.Select(point => (IReadOnlyList<object?>)[name, point.Sigma, point.Mean, point.StandardDeviation]));

    /// <summary>A table: a line for each level.</summary>
    public override string ToString() => $"{name}\n" + TextTable.Of(
        ["σ", "divergence (nats)"],
        [.. _points.Select(
            point => (string[])[SigmaGrid.Text(point.Sigma, Unit), InvariantText.Of($"{point.Mean:G3} ± {point.StandardDeviation:G2}")])]);

    /// <inheritdoc/>
    public IEnumerator<DivergencePoint> GetEnumerator() => ((IEnumerable<DivergencePoint>)_points).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
