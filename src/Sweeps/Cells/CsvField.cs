using System.Globalization;

namespace NoiseGen.Sweeps.Cells;

/// <summary>A value as a field of a CSV file (RFC 4180), the same in every culture.</summary>
internal static class CsvField
{
    /// <summary>A cell's value: quoted only where necessary.</summary>
    public static string OfName(object value) => Text(value) is var text && text.AsSpan().ContainsAny(",\"\r\n") ? Quoted(text) : text;

    /// <summary>
    /// A result: a text of more than one word is always quoted, so that a column of reasons looks uniform.
    /// </summary>
    public static string OfResult(object? value) => value switch
    {
        null or double.NaN or float.NaN => "",
        string text when text.AsSpan().ContainsAny(",\"\r\n ") => Quoted(text.ReplaceLineEndings(" ")),
        _ => OfName(value),
    };

    /// <summary>All significant digits, in the invariant culture.</summary>
    public static string Text(object value) => value switch
    {
        double or float => ((IFormattable)value).ToString("R", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
