using Harden.Progress;
using Harden.Report;
using NoiseGen;
using NoiseGen.Sweeps;
using Spectre.Console;

namespace Harden.Experiments;

/// <summary>Runs one of the papers' experiments as a sweep, resuming where earlier runs stopped, and shows its results.</summary>
internal sealed class ExperimentCommand(
    Settings settings, ExperimentSettings experiment, SweepRequest request, ReportFolder folder, Lazy<DataSplit> data, IAnsiConsole console,
    Func<Provenance> provenance)
{
    private readonly string _name = CommandLine.Name(experiment.Choice);

    /// <returns>The program's exit code.</returns>
    /// <exception cref="ResultsFileException">A results file is broken.</exception>
    public int Run(Interruption interruption)
    {
        Sweep sweep = CreateSweep();
        folder.Check(_name);
        if (request.Action is not SweepAction.Worker) Terminal.Tell(FirstLine.Of(settings, experiment));
        if (request.Action is not SweepAction.Worker) CarriedOver.Take(request.Output, settings, _name);
        if (request.Action is SweepAction.Run or SweepAction.Status) Check(sweep);
        int code = sweep.Run(request, interruption);
        bool isAsked = request.Action is SweepAction.Run or SweepAction.Status;
        bool isLast = request.Action is SweepAction.Cells && code == ExitCode.Success;
        if (isAsked || isLast) Show(sweep);
        return code;
    }

    private Sweep CreateSweep()
    {
        var run = new RunKey(settings, _name);
        Dictionary<string, Cell> cells = [];
        List<SweepCell> grid = [];
        foreach (Cell cell in Cell.Of(experiment, settings.Seed))
        {
            SweepCell named = run.SweepCellOf(cell);
            if (cells.TryAdd(named.Key, cell)) grid.Add(named); // a repeated strength is one cell
        }

        return new Sweep(_name, grid, one => new ExperimentRun(settings, experiment, data.Value, one).Run(cells[one.Cell.Key]))
        {
            Arguments = [.. CommandLine.Write(settings, experiment)],
            Prepare = () => _ = data.Value,
        };
    }

    // Existing results are accepted only if they are exactly as this program writes them.
    private void Check(Sweep sweep)
    {
        foreach (SweepCell cell in sweep.Cells)
        {
            string file = sweep.ResultsOf(request, cell);
            var results = new ResultsFile(file, settings, _name);
            if (results.Notice is not { } notice) continue;
            console.WriteLine(notice);
            File.Delete(file);
        }
    }

    private void Show(Sweep sweep)
    {
        ResultsFile results = folder.Results(settings, _name);
        if (!results.Rows.Any()) return;
        ExperimentTable table = ExperimentTable.Of(results, sweep.Cells);
        console.Write(table.ToConsole());
        string? ownNoise = ExperimentTable.MidpointAtOwnNoise(results, data);
        if (ownNoise is not null) console.WriteLine($"With a network for each σ, tested at it: {ownNoise}");
        int missing = ExperimentTable.Missing(results, sweep.Cells).Length;
        foreach (string line in folder.Write(settings, experiment.Choice, results, missing, table, ownNoise, provenance()))
            console.WriteLine(line);
    }
}
