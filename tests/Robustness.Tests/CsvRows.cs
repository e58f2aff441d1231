using System.Text.RegularExpressions;

namespace NoiseGen.Tests;

/// <summary>Reads a table for machines (RFC 4180): fields with commas are quoted.</summary>
internal static partial class CsvRows
{
    public static string[][] Of(string text) => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(row => Field().Matches(row).Select(field => Unquoted(field.Groups[1].Value)).ToArray())];

    private static string Unquoted(string field) =>
        field.StartsWith('"') ? field[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : field;

    [GeneratedRegex("(?:^|,)(\"(?:[^\"]|\"\")*\"|[^,]*)")]
    private static partial Regex Field();
}
