namespace Harden.Report;

/// <summary>A text in a field of a CSV file, possibly with commas (RFC 4180).</summary>
internal static class CsvText
{
    public static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>The text of a quoted field; null if the field is not quoted.</summary>
    public static string? Unquoted(string field)
    {
        if (field is not ['"', .. var inner, '"']) return null;
        string plain = inner.Replace("\"\"", "\"", StringComparison.Ordinal);
        return Quoted(plain) == field ? plain : null;
    }
}
