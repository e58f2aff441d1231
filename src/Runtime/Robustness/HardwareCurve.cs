using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using NoiseGen.Storage;

namespace NoiseGen;

/// <summary>The accuracy of several chips over one of their properties, in one or more series.</summary>
/// <param name="name">Name of the network.</param>
/// <param name="variable">What varies, with its unit, such as <c>age in seconds</c>.</param>
/// <param name="chips">Number of chips that each point is measured on.</param>
/// <param name="ideal">The accuracy with ideal weights, from 0 to 1.</param>
/// <param name="points">The points, series by series.</param>
[SuppressMessage("Naming", "CA1710", Justification = "A curve is what it is; a suffix would say nothing.")]
public sealed class HardwareCurve(string name, string variable, int chips, double ideal, ImmutableArray<HardwarePoint> points)
    : IReadOnlyList<HardwarePoint>
{
    private readonly ImmutableArray<HardwarePoint> _points = points.IsDefault ? [] : points;

    /// <summary>Name of the network.</summary>
    public string Name => name;

    /// <summary>What varies, with its unit.</summary>
    public string Variable => variable;

    /// <summary>Number of chips that each point is measured on.</summary>
    public int Chips => chips;

    /// <summary>The accuracy with ideal weights, from 0 to 1.</summary>
    public double Ideal => ideal;

    /// <summary>Number of points.</summary>
    public int Count => _points.Length;

    /// <summary>A point by its place.</summary>
    public HardwarePoint this[int index] => _points[index];

    /// <summary>
    /// Writes a line for each point, under a heading:
    /// <c>name,series,value,chips,accuracy_mean,accuracy_standard_deviation,accuracy_worst</c>. The first line is the network with ideal
    /// weights.
    /// </summary>
    /// <param name="path">The file; one of this name is replaced.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void WriteCsv(string path)
    {
        IReadOnlyList<object?> Row(string series, double? value, double mean, double? deviation, double? worst) =>
            [name, series, value, chips, mean, deviation, worst];
        CsvTable.Write(
            path, ["name", "series", "value", "chips", "accuracy_mean", "accuracy_standard_deviation", "accuracy_worst"],
            [
                Row("ideal", null, ideal, null, null),
                .. _points.Select(point => Row(point.Series, point.Value, point.Mean, point.StandardDeviation, point.Worst)),
            ]);
    }

    /// <summary>A table: a line for each point, with the mean of the chips, its deviation and the worst chip.</summary>
    public override string ToString() => $"{name}, {Percent.Of(ideal)} with ideal weights; {chips} chips\n" + TextTable.Of(
        ["series", variable, "accuracy", "worst chip"],
        [.. _points.Select(point => (string[])
        [
            point.Series, Number(point.Value), point.Accuracy, Percent.Of(point.Worst),
        ])]);

    // Seconds of a year are written out, shares are short.
    internal static string Number(double value) => value < 1 ? InvariantText.Of($"{value:G6}") : InvariantText.Of($"{value:F0}");

    /// <inheritdoc/>
    public IEnumerator<HardwarePoint> GetEnumerator() => ((IEnumerable<HardwarePoint>)_points).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>The accuracy of several chips in one state.</summary>
/// <param name="Series">What they have in common with their neighbours, such as <c>compensated</c>.</param>
/// <param name="Value">The value of what varies.</param>
/// <param name="Mean">The chips' mean accuracy, from 0 to 1.</param>
/// <param name="StandardDeviation">The sample standard deviation of their accuracies; 0 of a single chip.</param>
/// <param name="Worst">The lowest accuracy.</param>
public readonly record struct HardwarePoint(string Series, double Value, double Mean, double StandardDeviation, double Worst)
{
    /// <summary>Mean and deviation in percent.</summary>
    internal string Accuracy => InvariantText.Of($"{Percent.Of(Mean)} ± {StandardDeviation * 100:0.0}");

    /// <summary>Such as <c>compensated at 3600: 56.2 % ± 0.2, worst 56.0 %</c>.</summary>
    public override string ToString() => $"{Series} at {HardwareCurve.Number(Value)}: {Accuracy}, worst {Percent.Of(Worst)}";
}
