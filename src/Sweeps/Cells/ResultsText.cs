using System.Text;
using NoiseGen.Storage;

namespace NoiseGen.Sweeps.Cells;

/// <summary>The results of one cell as a file, and those of all cells as one file.</summary>
internal static class ResultsText
{
    /// <summary>A header, and a line for each row: the cell's values, then the row's.</summary>
    /// <exception cref="InvalidOperationException">There are no rows, or they have different names.</exception>
    public static string Of(SweepCell cell, IReadOnlyCollection<SweepRow> rows)
    {
        if (rows.Count == 0) throw new InvalidOperationException("The training gave no row of results; at least one is needed.");
        string[] columns = [.. cell.Names, .. rows.First().Names];
        if (columns.Distinct(StringComparer.Ordinal).Count() < columns.Length)
            throw new InvalidOperationException($"A name is in the cell and in its results: {string.Join(", ", columns)}.");
        var text = new StringBuilder().AppendJoin(',', columns).Append('\n');
        foreach (SweepRow row in rows)
        {
            if (!row.Names.SequenceEqual(rows.First().Names))
            {
                (string one, string other) = (string.Join(", ", rows.First().Names), string.Join(", ", row.Names));
                throw new InvalidOperationException($"The rows of results have different names: {one}, and {other}.");
            }

            text.AppendJoin(',', [.. cell.Fields, .. row.Fields]).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>
    /// Writes the results of all cells that are done into one file, in the order of the grid, and behind them those of other grids that the
    /// folder has: the same bytes however they came about.
    /// </summary>
    /// <exception cref="IOException">A file cannot be read or written, is cut off, or has other columns than those before it.</exception>
    public static void Merge(CellFolder folder, IReadOnlyList<SweepCell> cells, string path)
    {
        string[] files;
        do
        {
            files = FilesOf(folder, cells);
            if (files.Length == 0) return;
            string merged = Joined(files);
            if (!File.Exists(path) || File.ReadAllText(path) != merged) WholeFile.Publish(path, merged);
        }
        while (!files.SequenceEqual(FilesOf(folder, cells))); // one that knew of fewer may have written later than one that knew of more

        foreach (string left in WholeFile.Leftovers(WholeFile.Follow(path)).Where(IsOld)) WholeFile.Discard(left);

        // Whoever is at it needs seconds.
        bool IsOld(string file) => FolderClock.Now(folder.Path) - File.GetLastWriteTimeUtc(file) > LockTimes.Default.Stale;
    }

    private static string[] FilesOf(CellFolder folder, IReadOnlyList<SweepCell> cells)
    {
        HashSet<string> entries = folder.Entries();
        IEnumerable<string> done = cells.Select(folder.ResultsOf).Where(file => entries.Contains(Path.GetFileName(file)));
        return [.. done, .. folder.OtherResults(entries, cells)];
    }

    private static string Joined(string[] files)
    {
        string? header = null;
        var all = new StringBuilder();
        foreach (string file in files)
        {
            string text = File.ReadAllText(file);
            int end = text.IndexOf('\n');
            if (end < 0 || text[^1] != '\n') throw new IOException($"{file} is cut off. Remove it: its cell is computed again.");
            header ??= text[..end];
            if (!text.AsSpan(0, end).SequenceEqual(header))
            {
                throw new IOException(
                    $"{file} has the columns '{text[..end]}', and {files[0]} has '{header}'. "
                    + "Remove the one that is out of date: its cell is computed again.");
            }


            all.Append(text.AsSpan(end + 1));
        }

        return $"{header}\n{all}";
    }
}
