using System.Text;
using NoiseGen.Storage;

namespace NoiseGen.Sweeps.Cells;

/// <summary>The results file of one cell, and that of all cells.</summary>
internal static class ResultsText
{
    /// <summary>A header and one line per row: the cell's values, then the row's.</summary>
    /// <exception cref="InvalidOperationException">There are no rows, or they have different names.</exception>
    public static string Of(SweepCell cell, IReadOnlyCollection<SweepRow> rows)
    {
        if (rows.Count == 0) throw new InvalidOperationException("The training returned no rows of results; at least one is required.");
        string[] columns = [.. cell.Names, .. rows.First().Names];
        if (columns.Distinct(StringComparer.Ordinal).Count() < columns.Length)
            throw new InvalidOperationException($"A name is both in the cell and in its results: {string.Join(", ", columns)}.");
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
    /// Writes the results of all finished cells to one file, in the order of the grid, followed by those of other grids in the folder:
    /// the same bytes however they were produced.
    /// </summary>
    /// <exception cref="IOException">A file cannot be read or written, is truncated, or has different columns.</exception>
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
        // a process that knew of fewer results may have written after one that knew of more
        while (!files.SequenceEqual(FilesOf(folder, cells)));

        foreach (string left in WholeFile.Leftovers(WholeFile.Follow(path)).Where(IsOld)) WholeFile.Discard(left);

        // Another process is writing, which takes seconds.
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
            if (end < 0 || text[^1] != '\n') throw new IOException($"{file} is truncated. Remove it, and its cell is computed again.");
            header ??= text[..end];
            if (!text.AsSpan(0, end).SequenceEqual(header))
            {
                throw new IOException(
                    $"{file} has the columns '{text[..end]}', and {files[0]} has '{header}'. "
                    + "Remove the outdated one, and its cell is computed again.");
            }


            all.Append(text.AsSpan(end + 1));
        }

        return $"{header}\n{all}";
    }
}
