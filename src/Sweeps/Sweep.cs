using System.Collections.Immutable;
using NoiseGen.Sweeps.Cells;
using NoiseGen.Sweeps.Running;

namespace NoiseGen.Sweeps;

/// <summary>
/// Trains the networks of a grid: one after the other, in parallel on this machine, or on a cluster. It resumes wherever it was stopped.
/// The cells are independent, so a folder that all processes share is the only state: <c>OUTPUT/NAME.cells</c>.
/// The results are collected in <c>OUTPUT/NAME.csv</c>, in the order of the grid, with the same bytes however the cells ran.
/// </summary>
public sealed class Sweep
{
    private readonly SweepGrid _grid;

    /// <summary>Creates a sweep.</summary>
    /// <param name="name">The name of its files; the rules for a cell's key apply.</param>
    /// <param name="cells">The grid.</param>
    /// <param name="train">
    /// Trains and measures a cell, and returns its results. It must not use state that other calls change, and must obey
    /// <see cref="CellRun.Cancellation"/>. If it throws, the cell fails and the other cells continue. Only exceptions about files
    /// (<see cref="IOException"/>, <see cref="UnauthorizedAccessException"/>) end the process.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The name is not valid, there are no cells, two have the same key, or the names of their values differ.
    /// </exception>
    public Sweep(string name, IEnumerable<SweepCell> cells, Func<CellRun, IReadOnlyCollection<SweepRow>> train)
    {
        ArgumentNullException.ThrowIfNull(cells);
        ArgumentNullException.ThrowIfNull(train);
        CellKey.Check(name);
        _grid = new(name, [.. cells], train);
        if (Cells.IsEmpty) throw new ArgumentException("There are no cells; at least one is required.", nameof(cells));
        Dictionary<string, SweepCell> keys = new(StringComparer.OrdinalIgnoreCase); // as some file systems compare names
        foreach (SweepCell cell in Cells)
        {
            if (!keys.TryAdd(cell.Key, cell))
                throw new ArgumentException($"Two cells have the key '{cell.Key}'; keys must be unique.", nameof(cells));
            if (!cell.Names.SequenceEqual(Cells[0].Names))
            {
                (string one, string other) = (string.Join(", ", Cells[0].Names), string.Join(", ", cell.Names));
                throw new ArgumentException($"The names of the cells' values differ: {one}, and {other}.", nameof(cells));
            }
        }
    }

    /// <summary>The name of its files.</summary>
    public string Name => _grid.Name;

    /// <summary>The grid.</summary>
    public ImmutableArray<SweepCell> Cells => _grid.Cells;

    /// <summary>
    /// The arguments with which this program builds the same sweep, without those that say how to run it.
    /// They are passed to processes and tasks. None by default.
    /// </summary>
    public ImmutableArray<string> Arguments { get => _grid.Arguments; init => _grid = _grid with { Arguments = value }; }

    /// <summary>
    /// Called before the first cell in each process that trains, for example to read the data. An exception ends the process.
    /// </summary>
    public Action? Prepare { get => _grid.Prepare; init => _grid = _grid with { Prepare = value }; }

    /// <summary>
    /// Runs a sweep for a program without further options, under the name <c>sweep</c>: <c>return Sweep.Run(args, cells, Train);</c>
    /// </summary>
    /// <param name="arguments">The arguments of the command line.</param>
    /// <param name="cells">The grid.</param>
    /// <param name="train">Trains and measures a cell, and returns a row of results.</param>
    /// <returns>The program's exit code: one of <see cref="SweepExitCode"/>.</returns>
    /// <exception cref="ArgumentException">As for the constructor.</exception>
    public static int Run(string[] arguments, IEnumerable<SweepCell> cells, Func<CellRun, SweepRow> train)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(train);
        return SweepCommand.Run(arguments, new Sweep("sweep", cells, run => [train(run)]));
    }

    /// <summary>Executes a request, and reports on the console.</summary>
    /// <param name="request">The request.</param>
    /// <param name="interruption">Stops it.</param>
    /// <returns>The program's exit code: one of <see cref="SweepExitCode"/>.</returns>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to a file is denied.</exception>
    public int Run(SweepRequest request, Interruption interruption)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(interruption);
        return new SweepRun(_grid, request, interruption).Run();
    }

    /// <summary>The file of a cell's results: if it exists, the cell is done.</summary>
    /// <param name="request">The request, which names the folder.</param>
    /// <param name="cell">The cell.</param>
    public string ResultsOf(SweepRequest request, SweepCell cell)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(cell);
        return CellFolder.Of(_grid.FolderIn(request.Output)).ResultsOf(cell);
    }

    internal Sweep WithArguments(ImmutableArray<string> arguments) =>
        new(Name, Cells, _grid.Train) { Arguments = arguments, Prepare = Prepare };
}
