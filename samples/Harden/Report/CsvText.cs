namespace Harden.Report;

/// <summary>A text in a field of a CSV file, which may have commas in it (RFC 4180).</summary>
internal static class CsvText
{
    public static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Null where a field is no text in quotation marks.</summary>
    public static string? Unquoted(string field)
    {
        if (field is not ['"', .. var inner, '"']) return null;
        string plain = inner.Replace("\"\"", "\"", StringComparison.Ordinal);
        return Quoted(plain) == field ? plain : null;
    }
}
