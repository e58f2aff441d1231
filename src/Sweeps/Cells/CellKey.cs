using System.Buffers;
using System.Globalization;
using System.Text;

namespace NoiseGen.Sweeps.Cells;

/// <summary>A cell's identifier: valid as a file name on every system, and without need of quotation marks in a shell.</summary>
internal static class CellKey
{
    private const int Longest = 180; // with prefix and suffix, less than the 255 bytes of a file name

    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly SearchValues<char> s_ofValues = SearchValues.Create(Letters + "._-+");
    private static readonly SearchValues<char> s_ofKeys = SearchValues.Create(Letters + "._-+=,%");

    /// <summary>The key of named values: <c>sigma=0.5,seed=1</c>.</summary>
    /// <exception cref="ArgumentException">The names are not valid, or the key becomes too long.</exception>
    public static string Of((string Name, object Value)[] values)
    {
        CheckNames(values);
        if (Array.Find(values, value => value.Value is null) is { Name: { } missing })
            throw new ArgumentException($"'{missing}' is null; a cell's values are numbers and texts.", nameof(values));
        string key = string.Join(',', values.Select(value => $"{Escaped(value.Name)}={Escaped(CsvField.Text(value.Value))}"));
        return key.Length <= Longest
            ? key
            : throw new ArgumentException(Invariant(
                $"The key '{key}' has {key.Length} characters; at most {Longest} are allowed. Name the cell with SweepCell.Named."),
                    nameof(values));
    }

    /// <exception cref="ArgumentException">It is not a valid key.</exception>
    public static void Check(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Length is 0 or > Longest || key[0] is '.' or '-' || key.AsSpan().ContainsAnyExcept(s_ofKeys))
        {
            const string Allowed = "A-Z a-z 0-9 . _ - + = , %, not beginning with . or -";
            string message = Invariant($"The key is '{key}'; allowed are 1 to {Longest} of the characters {Allowed}.");
            throw new ArgumentException(message, nameof(key));
        }
    }

    /// <exception cref="ArgumentException">There are no names, or one is empty, a duplicate, or not valid as a column header.</exception>
    public static void CheckNames<T>((string Name, T Value)[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length == 0) throw new ArgumentException("There are no values; at least one is required.", nameof(values));
        foreach ((string name, _) in values)
        {
            if (string.IsNullOrWhiteSpace(name) || name.AsSpan().ContainsAny(",\"\r\n"))
                throw new ArgumentException($"'{name}' cannot be the name of a value: it heads a column of a CSV file.", nameof(values));
            if (values.Count(value => value.Name == name) > 1)
                throw new ArgumentException($"The name '{name}' is a duplicate.", nameof(values));
        }
    }

    private static string Escaped(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(s_ofValues)) return text;
        var escaped = new StringBuilder();
        foreach (byte unit in Encoding.UTF8.GetBytes(text))
            _ = s_ofValues.Contains((char)unit) ? escaped.Append((char)unit) : escaped.Append(Invariant($"%{unit:X2}"));
        return escaped.ToString();
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
