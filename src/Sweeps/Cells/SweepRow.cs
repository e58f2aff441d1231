using System.Collections.Immutable;
using NoiseGen.Sweeps.Cells;

namespace NoiseGen.Sweeps;

/// <summary>A row of a cell's results; most cells have one.</summary>
public sealed class SweepRow
{
    private readonly ImmutableArray<(string Name, object? Value)> _values;

    /// <summary>A row.</summary>
    /// <param name="values">
    /// Names and values: numbers, which are written with all digits, and texts; null and NaN leave the field empty.
    /// All rows of a sweep have the same names in the same order.
    /// </param>
    /// <exception cref="ArgumentException">There are no values, or a name is empty or a duplicate.</exception>
    public SweepRow(params (string Name, object? Value)[] values)
    {
        CellKey.CheckNames(values);
        _values = [.. values];
    }

    internal IEnumerable<string> Names => _values.Select(value => value.Name);

    internal IEnumerable<string> Fields => _values.Select(value => CsvField.OfResult(value.Value));
}
