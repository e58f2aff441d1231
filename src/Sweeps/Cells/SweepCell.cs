using System.Collections.Immutable;
using NoiseGen.Sweeps.Cells;

namespace NoiseGen.Sweeps;

/// <summary>
/// One training of a sweep: named values, the first columns of its results. It is identified by its key, after which its files are named;
/// its place in the grid may change when the grid grows.
/// </summary>
public sealed class SweepCell
{
    private readonly ImmutableArray<(string Name, object Value)> _values;

    /// <summary>A cell whose key is made of its values, for example <c>sigma=0.5,seed=1</c>.</summary>
    /// <param name="values">Names and values: numbers and short texts. All cells of a sweep have the same names in the same order.</param>
    /// <exception cref="ArgumentException">
    /// There are no values, a name is empty or a duplicate, or the key becomes too long for a file name.
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

    /// <summary>A cell with a custom key.</summary>
    /// <param name="key">1 to 180 of the characters <c>A-Z a-z 0-9 . _ - + = , %</c>, not beginning with <c>.</c> or <c>-</c>.</param>
    /// <param name="values">Names and values.</param>
    /// <exception cref="ArgumentException">The key is not valid; or as for the constructor.</exception>
    public static SweepCell Named(string key, params (string Name, object Value)[] values)
    {
        CellKey.Check(key);
        CellKey.CheckNames(values);
        return new SweepCell(key, values);
    }

    /// <summary>Identifies the cell and names its files.</summary>
    public string Key { get; }

    /// <summary>The text for people; by default the key.</summary>
    public string Label { get; }

    /// <summary>The same cell with a different text for people.</summary>
    /// <param name="label">A few words.</param>
    public SweepCell WithLabel(string label) => new(Key, label, _values);

    /// <summary>One of its values.</summary>
    /// <typeparam name="T">The type of the value when it was set.</typeparam>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">There is no value with this name, or it has a different type.</exception>
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
