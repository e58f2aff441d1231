using System.Collections.Immutable;
using System.Globalization;
using NoiseGen;
using NoiseGen.Sweeps;

namespace Harden.Experiments;

/// <summary>One measured curve of a cell.</summary>
/// <param name="Cell">The network.</param>
/// <param name="Site">The noisy site; <see cref="AllSites"/> for the same noise at all of them.</param>
/// <param name="NoiseFree">Accuracy without noise, 0 … 1.</param>
/// <param name="AtTraining">Accuracy with the noise that it was trained with, 0 … 1;
/// NaN if there was none, or if it was not measured.</param>
/// <param name="UnderSpread">Mean accuracy over noise whose strength varies around that of the training, 0 … 1; NaN likewise.</param>
/// <param name="Midpoint">µ; null if the curve has none.</param>
/// <param name="NoMidpoint">Why it has none; null if it has one.</param>
internal sealed record Measurement(
    Cell Cell, string Site, double NoiseFree, double AtTraining, double UnderSpread, MidpointFit? Midpoint, string? NoMidpoint)
{
    public const string AllSites = "all";

    /// <summary>Its row of the results.</summary>
    public SweepRow ToRow() => new(
        ("site", Site), ("noise_free", NoiseFree), ("at_training_sigma", AtTraining), ("under_spread", UnderSpread),
        ("midpoint", Midpoint?.Mu),
        ("midpoint_standard_error", Midpoint?.StandardError), ("no_midpoint", NoMidpoint));
}

/// <summary>
/// Results of an experiment, for one cell or for all, one row per curve.
/// A file is accepted only if every line is exactly as this program writes it; a truncated last line is computed again.
/// </summary>
internal sealed class ResultsFile
{
    private static readonly ImmutableArray<Column> s_columns = [.. ResultsColumns.Key, .. ResultsColumns.Curve];

    private readonly string _path;
    private readonly RunKey _run;
    private readonly List<Row> _rows = [];

    /// <param name="path">The file; read if it exists.</param>
    /// <param name="settings">What the results depend on.</param>
    /// <param name="experiment">Name of the experiment.</param>
    /// <exception cref="ResultsFileException">It is not a results file, or has an invalid line.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public ResultsFile(string path, Settings settings, string experiment)
    {
        (_path, _run) = (path, new RunKey(settings, experiment));
        CsvLines content = CsvLines.Read(path, ResultsColumns.Header(s_columns));
        Dictionary<(string, string), int> lines = [];
        foreach (CsvLine line in content.Lines)
        {
            Row row = Read(line, experiment);
            if (!lines.TryAdd((row.Key, row.Site), line.Number))
            {
                string first = lines[(row.Key, row.Site)].ToString(CultureInfo.InvariantCulture);
                throw ResultsColumns.Wrong(path, line, $"found a duplicate of line {first}; allowed is one row.");
            }

            _rows.Add(row);
        }

        // Without this row its cell, whichever it is, is not done.
        if (content.CutOff is { } half)
            Notice = FormattableString.Invariant($"{path}, line {half.Number}: it is truncated, and its cell is computed again.");
    }

    /// <summary>A note for the user about the file; null if there is none.</summary>
    public string? Notice { get; }

    /// <summary>Its complete rows as separate files, one text per cell, by the fields of the key columns.</summary>
    public IEnumerable<(string[] Key, string Text)> ByCell() => _rows.GroupBy(row => row.Key).Select(cell => (
        cell.Key.Split(','), string.Concat(cell.Select(row => row.Text + '\n').Prepend(ResultsColumns.Header(s_columns) + '\n'))));

    /// <summary>The fields of this run's rows, by column.</summary>
    public IEnumerable<IReadOnlyDictionary<string, string>> Rows => _rows.Where(row => _run.Includes(row.Key))
        .Select(row => s_columns.Zip(row.Fields).ToDictionary(pair => pair.First.Name, pair => pair.Second));

    private Row Read(CsvLine line, string experiment)
    {
        var row = new Row(line, ResultsColumns.Read(_path, line, s_columns));
        ResultsColumns.CheckCell(_path, line, row.Fields, experiment);
        bool hasSites = experiment == CommandLine.Name(ExperimentChoice.WalkingNoise);
        if (!hasSites && row.Site != Measurement.AllSites)
            throw ResultsColumns.Wrong(_path, line, $"found the site '{row.Site}'; allowed is {Measurement.AllSites}.");
        return row;
    }

    private sealed record Row(CsvLine Line, string[] Fields)
    {
        public string Key { get; } = string.Join(',', Fields.Take(ResultsColumns.Key.Length));

        public string Site => Fields[ResultsColumns.Key.Length];

        public string Text => string.Join(',', Fields);
    }
}
