using NoiseGen.Storage;
using NoiseGen.Sweeps;

namespace Harden.Experiments;

/// <summary>
/// Results of earlier versions, which were kept in a single file for all cells.
/// They are split into files of cells once, when the folder of these is created.
/// </summary>
internal static class CarriedOver
{
    /// <summary>Creates the folder of an experiment's cells from its results file, if only that file exists.</summary>
    /// <param name="output">The folder for the report.</param>
    /// <param name="settings">What results depend on.</param>
    /// <param name="experiment">Name of the experiment.</param>
    /// <exception cref="ResultsFileException">The file has an invalid line.</exception>
    public static void Take(string output, Settings settings, string experiment)
    {
        string file = Path.Combine(output, $"{experiment}.csv"), cells = Path.Combine(output, $"{experiment}.cells");
        if (Directory.Exists(cells) || !File.Exists(file)) return;
        var results = new ResultsFile(file, settings, experiment);
        if (results.Notice is { } notice) Console.Error.WriteLine(notice);
        string temporary = Path.Combine(output, $".{experiment}.cells.{Guid.NewGuid():N}");
        Directory.CreateDirectory(temporary);
        foreach ((string[] key, string text) in Whole([.. results.ByCell()], experiment))
            WholeFile.Publish(Path.Combine(temporary, RunKey.SweepCellOf(key, "").Key + ".csv"), text);
        try
        {
            Directory.Move(temporary, cells);
        }
        catch (IOException) when (Directory.Exists(cells))
        {
            Directory.Delete(temporary, recursive: true); // another process was faster
        }
    }

    // Walking Noise has a row per site. A cell is complete if it has as many rows as the cell of the same network with the most.
    private static IEnumerable<(string[] Key, string Text)> Whole((string[] Key, string Text)[] cells, string experiment)
    {
        const int Network = 1, Data = 2;
        bool hasSites = experiment == CommandLine.Name(ExperimentChoice.WalkingNoise);
        foreach (var network in cells.GroupBy(cell => (cell.Key[Network], cell.Key[Data])))
        {
            int most = network.Max(Rows);
            bool isCertain = !hasSites || network.Count(cell => Rows(cell) == most) > 1;
            foreach ((string[] Key, string Text) cell in network.Where(cell => isCertain && Rows(cell) == most)) yield return cell;
        }

        static int Rows((string[] Key, string Text) cell) => cell.Text.Count(letter => letter == '\n') - 1; // without the header
    }
}
