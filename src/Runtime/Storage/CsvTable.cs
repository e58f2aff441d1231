using System.Globalization;
using System.Text;

namespace NoiseGen.Storage;

/// <summary>Tables for other programs: comma-separated fields (RFC 4180), numbers with all significant digits, independent of the
/// culture.</summary>
internal static class CsvTable
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">The file; an existing file is replaced once the new one is complete.</param>
    /// <param name="headings">Names of the columns.</param>
    /// <param name="rows">A value for each column: numbers, texts, Booleans; null and NaN leave the field empty.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<object?>> rows)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        WholeFile.Write(path, Of(headings, rows));
    }

    /// <summary>The text of such a file.</summary>
    public static string Of(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<object?>> rows)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', headings.Select(Field)).Append('\n');
        foreach (IReadOnlyList<object?> row in rows) text.AppendJoin(',', row.Select(Field)).Append('\n');
        return text.ToString();
    }

    private static string Field(object? value) => value switch
    {
        null or double.NaN or float.NaN => "",
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Quoted(value.ToString()!),
    };

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
