using System.Text;

namespace NoiseGen;

/// <summary>A table for consoles: right-aligned columns of numbers. If there are many rows, only the first and last ones are
/// shown.</summary>
internal static class TextTable
{
    private const int MostRows = 20, LastRows = 5;

    /// <summary>Rows of cells, all with the same number of cells, under their headings.</summary>
    public static string Of(string[] headings, IReadOnlyList<string[]> rows)
    {
        string[][] lines = rows.Count <= MostRows
            ? [headings, .. rows]
            : [headings, .. rows.Take(MostRows - LastRows), [.. headings.Select(_ => "…")], .. rows.TakeLast(LastRows)];
        int[] widths = [.. headings.Select((_, column) => lines.Max(line => line[column].Length))];
        var text = new StringBuilder();
        foreach (string[] line in lines) text.AppendJoin("  ", line.Select((cell, column) => cell.PadLeft(widths[column]))).Append('\n');
        return text.ToString();
    }
}
