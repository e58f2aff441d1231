using System.Text;

namespace NoiseGen;

/// <summary>A table for consoles: columns of numbers, aligned to the right; of many rows the first and the last ones.</summary>
internal static class TextTable
{
    private const int MostRows = 20, LastRows = 5;

    /// <summary>Lines of cells, each of the same number, under their headings.</summary>
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
