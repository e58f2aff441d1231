using System.Collections.Immutable;
using NoiseGen.Sweeps.Cells;

namespace NoiseGen.Sweeps;

/// <summary>
/// One training of a sweep: named values, the first columns of its results. Its key names its files, and so what it is known by; its place
/// in the grid may change when the grid grows.
/// </summary>
public sealed class SweepCell
{
    private readonly ImmutableArray<(string Name, object Value)> _values;

    /// <summary>A cell whose key is made of its values, <c>sigma=0.5,seed=1</c> say.</summary>
    /// <param name="values">Names and values: numbers and short texts. All cells of a sweep have the same names in the same order.</param>
    /// <exception cref="ArgumentException">
    /// There are none, a name is missing or there twice, or the key becomes too long for a file's name.
    /// </exception>
    public SweepCell(params (string Name, object Value)[] values)
        : this(CellKey.Of(values), values)
    {
    }

    private SweepCell(string key, (string Name, object Value)[] values)
        : this(key, key, [.. values])
    {
    }

    private SweepCell(string key, string label, ImmutableArray<(string Name, object Value)> values) =>
        (Key, Label, _values) = (key, label, values);

    /// <summary>A cell with a key of its own.</summary>
    /// <param name="key">1 to 180 of the characters <c>A-Z a-z 0-9 . _ - + = , %</c>; it begins with none of <c>. -</c>.</param>
    /// <param name="values">Names and values.</param>
    /// <exception cref="ArgumentException">The key is not what it can be; or as for the constructor.</exception>
    public static SweepCell Named(string key, params (string Name, object Value)[] values)
    {
        CellKey.Check(key);
        CellKey.CheckNames(values);
        return new SweepCell(key, values);
    }

    /// <summary>What it is known by, and its files are named by.</summary>
    public string Key { get; }

    /// <summary>What people read; at first the key.</summary>
    public string Label { get; }

    /// <summary>The same cell, with another text for people.</summary>
    /// <param name="label">A few words.</param>
    public SweepCell WithLabel(string label) => new(Key, label, _values);

    /// <summary>One of its values.</summary>
    /// <typeparam name="T">The type that it was given with.</typeparam>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">There is none of this name, or it has another type.</exception>
    public T Value<T>(string name)
    {
        foreach ((string key, object value) in _values)
        {
            if (key != name) continue;
            return value is T found
                ? found
                : throw new ArgumentException(
                    $"'{name}' of the cell {Key} is a {value.GetType().Name}, not a {typeof(T).Name}.", nameof(name));
        }

        throw new ArgumentException($"The cell {Key} has no value '{name}'; it has {string.Join(", ", Names)}.", nameof(name));
    }

    internal IEnumerable<string> Names => _values.Select(value => value.Name);

    internal IEnumerable<string> Fields => _values.Select(value => CsvField.OfName(value.Value));

    /// <summary>Its <see cref="Label"/>.</summary>
    public override string ToString() => Label;
}
