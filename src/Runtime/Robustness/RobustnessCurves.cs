using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using NoiseGen.Storage;

namespace NoiseGen;

/// <summary>Several curves that were measured together, for sites or for networks.</summary>
/// <param name="curves">The curves.</param>
[SuppressMessage("Naming", "CA1710", Justification = "Curves are what it has; a suffix would say nothing.")]
public sealed class RobustnessCurves(ImmutableArray<RobustnessCurve> curves) : IReadOnlyList<RobustnessCurve>
{
    private readonly ImmutableArray<RobustnessCurve> _curves = curves.IsDefault ? [] : curves;

    /// <summary>Number of curves.</summary>
    public int Count => _curves.Length;

    /// <summary>A curve by its index.</summary>
    public RobustnessCurve this[int index] => _curves[index];

    /// <summary>A curve by its name.</summary>
    /// <exception cref="KeyNotFoundException">There is no curve of that name; the message lists those that exist.</exception>
    public RobustnessCurve this[string name] => _curves.FirstOrDefault(curve => curve.Name == name)
        ?? throw new KeyNotFoundException(
            $"There is no curve '{name}'. The curves are: {string.Join(", ", _curves.Select(curve => curve.Name))}.");

    /// <summary>
    /// Writes a line for each level of each curve, and one with sigma 0 for the noise-free accuracy, under a heading:
    /// <c>name,sigma,accuracy_mean,accuracy_standard_deviation,repeats,midpoint,midpoint_standard_error,no_midpoint</c>.
    /// </summary>
    /// <param name="path">The file; an existing file is replaced.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void WriteCsv(string path) => CsvTable.Write(
        path, ["name", "sigma", "accuracy_mean", "accuracy_standard_deviation", "repeats", "midpoint", "midpoint_standard_error",
            "no_midpoint"],
        _curves.SelectMany(Rows));

    /// <summary>A table: a line for each curve, with its midpoint, or why it has none.</summary>
    public override string ToString()
    {
        string[][] rows = [.. _curves.Select(curve => curve.TryGetMidpoint(out MidpointFit? fit, out _)
            ? new[] { curve.Name, Percent.Of(curve.NoiseFreeAccuracy), SigmaGrid.Text((float)fit.Mu, curve.Unit),
                SigmaGrid.Text((float)fit.StandardError, curve.Unit) }
            : [curve.Name, Percent.Of(curve.NoiseFreeAccuracy), "–", "–"])];
        string table = TextTable.Of(["curve", "no noise", "midpoint µ", "± standard error"], rows);
        return table
            + string.Concat(_curves.Select(curve => curve.TryGetMidpoint(out _, out string? reason) ? "" : $"{curve.Name}: {reason}\n"));
    }

    /// <inheritdoc/>
    public IEnumerator<RobustnessCurve> GetEnumerator() => ((IEnumerable<RobustnessCurve>)_curves).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static IEnumerable<IReadOnlyList<object?>> Rows(RobustnessCurve curve)
    {
        curve.TryGetMidpoint(out MidpointFit? fit, out string? reason);
        object?[] midpoint = [fit?.Mu, fit?.StandardError, reason];
        yield return [curve.Name, 0f, curve.NoiseFreeAccuracy, null, 1, .. midpoint];
        foreach (RobustnessPoint point in curve.Points)
            yield return
            [
                curve.Name, point.Sigma, point.Mean, curve.Repeats > 1 ? point.StandardDeviation : null, curve.Repeats, .. midpoint,
            ];
    }
}
