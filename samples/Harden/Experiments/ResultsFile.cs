using System.Text;
using Harden.Report;
using NoiseGen;

namespace Harden.Experiments;

/// <summary>One measured curve of a cell.</summary>
/// <param name="Cell">The network.</param>
/// <param name="Site">The noisy site; <see cref="AllSites"/> for the same noise at all of them.</param>
/// <param name="NoiseFree">Accuracy without noise, 0 … 1.</param>
/// <param name="AtTraining">Accuracy with the noise that it was trained with, 0 … 1; NaN where that was none, or where it was not measured.</param>
/// <param name="UnderSpread">Mean accuracy over noise whose strength varies about that of the training, 0 … 1; NaN likewise.</param>
/// <param name="Midpoint">µ; null where the curve has none.</param>
internal sealed record Measurement(Cell Cell, string Site, double NoiseFree, double AtTraining, double UnderSpread, MidpointFit? Midpoint)
{
    public const string AllSites = "all";
}

/// <summary>
/// All finished cells of an experiment, a row for each curve. The file is written anew after each cell and put in its place when it is whole: a kill leaves the cells
/// before it, and a second run begins behind them.
/// </summary>
internal sealed class ResultsFile
{
    private const string Header = "experiment,network,data,epochs,batch,learning_rate,repeats,variant,training_sigma,bits,scale,seed,site,noise_free,at_training_sigma,under_spread,midpoint,midpoint_standard_error";
    private const int KeyColumns = 12;

    private readonly string _path;
    private readonly string _about;
    private readonly List<string> _rows = [];
    private readonly HashSet<string> _finished = [];

    /// <param name="path">The file; read if it is there.</param>
    /// <param name="settings">What the results depend on.</param>
    /// <param name="experiment">Name of the experiment.</param>
    /// <exception cref="IOException">The file is something else.</exception>
    public ResultsFile(string path, Settings settings, string experiment)
    {
        (_path, _about) = (path, string.Join(
            ',', experiment, CommandLine.Name(settings.Network), CommandLine.Name(settings.Data), settings.Epochs, settings.Batch, Numbers.Exact(settings.LearningRate),
            settings.Repeats));
        if (!File.Exists(path)) return;
        string[] lines = File.ReadAllLines(path);
        if (lines.Length == 0 || lines[0] != Header) throw new IOException($"{path} is no results file of an experiment: its first line is not '{Header}'. Choose another folder with --out.");
        _rows.AddRange(lines.Skip(1));
        foreach (string row in _rows) _finished.Add(string.Join(',', row.Split(',').Take(KeyColumns)));
    }

    /// <summary>Whether a cell is done.</summary>
    public bool Has(Cell cell) => _finished.Contains(Key(cell));

    /// <summary>Adds a cell's curves.</summary>
    public void Add(Cell cell, IEnumerable<Measurement> measurements)
    {
        _rows.AddRange(measurements.Select(m => string.Join(
            ',', Key(cell), m.Site, Numbers.Exact(m.NoiseFree), Number(m.AtTraining), Number(m.UnderSpread), m.Midpoint is { } fit ? Numbers.Exact(fit.Mu) : "",
            m.Midpoint is { } error ? Numbers.Exact(error.StandardError) : "")));
        _finished.Add(Key(cell));
        string temporary = _path + ".tmp";
        File.WriteAllText(temporary, string.Join('\n', _rows.Prepend(Header)) + '\n', new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        File.Move(temporary, _path, overwrite: true);
    }

    /// <summary>The rows' fields, by column.</summary>
    public IEnumerable<IReadOnlyDictionary<string, string>> Rows
    {
        get
        {
            string[] columns = Header.Split(',');
            return _rows.Where(row => row.StartsWith(_about + ',', StringComparison.Ordinal))
                .Select(row => columns.Zip(row.Split(',')).ToDictionary(pair => pair.First, pair => pair.Second));
        }
    }

    private static string Number(double value) => double.IsNaN(value) ? "" : Numbers.Exact(value);

    private string Key(Cell cell) => $"{_about},{cell.Variant},{Numbers.Exact(cell.Sigma)},{cell.Bits},{Scale(cell)},{cell.Seed}";

    private static string Scale(Cell cell) => cell is { Bits: > 0, Scale: Cell.Learned } ? NumberLists.LearnedScale : Numbers.Exact(cell.Scale);
}
