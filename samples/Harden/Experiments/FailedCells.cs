using System.Collections.Immutable;
using Harden.Report;
using NoiseGen.Storage;

namespace Harden.Experiments;

/// <summary>
/// Cells of an experiment that could not be trained, and why: a file beside the results, which is there only while there is such a cell.
/// </summary>
internal sealed class FailedCells
{
    private static readonly string s_header = $"{ResultsColumns.Header(ResultsColumns.Key)},reason";

    private readonly string _path;
    private readonly RunKey _run;
    private readonly Dictionary<string, string> _reasons = []; // by key

    /// <param name="path">The file; read if it is there.</param>
    /// <param name="settings">What the results depend on.</param>
    /// <param name="experiment">Name of the experiment.</param>
    /// <exception cref="ResultsFileException">It is something else, or has a line that cannot be.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public FailedCells(string path, Settings settings, string experiment)
    {
        (_path, _run) = (path, new RunKey(settings, experiment));
        // A last line that is cut off is as if it had not been written: its cell is tried again.
        foreach (CsvLine line in CsvLines.Read(path, s_header).Lines)
        {
            (string key, string reason) = Read(line, experiment);
            if (!_reasons.TryAdd(key, reason)) throw ResultsColumns.Wrong(path, line, "found a cell once more; allowed is one row.");
        }
    }

    /// <summary>Why a cell failed; null where it did not.</summary>
    public string? ReasonOf(Cell cell) => _reasons.GetValueOrDefault(_run.Of(cell));

    /// <summary>Notes that a cell failed.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="reason">Why; a line.</param>
    public void Add(Cell cell, string reason)
    {
        _reasons[_run.Of(cell)] = reason.ReplaceLineEndings(" ");
        Write();
    }

    /// <summary>Forgets that a cell failed, if it did.</summary>
    public void Remove(Cell cell)
    {
        if (_reasons.Remove(_run.Of(cell))) Write();
    }

    private (string Key, string Reason) Read(CsvLine line, string experiment)
    {
        int count = ResultsColumns.Key.Length;
        string[] parts = line.Text.Split(',', count + 1);
        string[] key = ResultsColumns.Read(_path, line with { Text = string.Join(',', parts.Take(count)) }, ResultsColumns.Key);
        ResultsColumns.CheckCell(_path, line, key, experiment);
        string reason = parts.Length > count ? parts[^1] : "";
        return CsvText.Unquoted(reason) is { Length: > 0 } text
            ? (string.Join(',', key), text)
            : throw ResultsColumns.Wrong(_path, line, $"found '{CsvLines.Short(reason)}' as reason; allowed is a text in quotation marks.");
    }

    private void Write()
    {
        string[] rows = [s_header, .. _reasons.Select(cell => $"{cell.Key},{CsvText.Quoted(cell.Value)}")];
        if (_reasons.Count == 0) File.Delete(WholeFile.Follow(_path));
        else WholeFile.Write(_path, string.Join('\n', rows) + '\n');
    }
}
