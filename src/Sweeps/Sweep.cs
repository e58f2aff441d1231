using System.Collections.Immutable;
using NoiseGen.Sweeps.Cells;
using NoiseGen.Sweeps.Running;

namespace NoiseGen.Sweeps;

/// <summary>
/// Trains the networks of a grid: one after the other, side by side on this machine, or on a cluster, and goes on wherever it was stopped.
/// Cells are independent, and so a folder that all processes share is the only state: <c>OUTPUT/NAME.cells</c>. What is done is brought
/// together in <c>OUTPUT/NAME.csv</c>, in the order of the grid, with the same bytes however the cells ran.
/// </summary>
public sealed class Sweep
{
    private readonly Func<CellRun, IReadOnlyCollection<SweepRow>> _train;

    /// <summary>A sweep.</summary>
    /// <param name="name">Names its files; what a cell's key may be.</param>
    /// <param name="cells">The grid.</param>
    /// <param name="train">
    /// Trains and measures a cell, and gives its results. It uses nothing that another call changes, and heeds
    /// <see cref="CellRun.Cancellation"/>. Whatever it throws has the cell fail, and the others go on; but for what tells of a file
    /// (<see cref="IOException"/>, <see cref="UnauthorizedAccessException"/>), which ends the process.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The name cannot be one, there are no cells, two have the same key, or they have different names of values.
    /// </exception>
    public Sweep(string name, IEnumerable<SweepCell> cells, Func<CellRun, IReadOnlyCollection<SweepRow>> train)
    {
        ArgumentNullException.ThrowIfNull(cells);
        ArgumentNullException.ThrowIfNull(train);
        CellKey.Check(name);
        (Name, Cells, _train) = (name, [.. cells], train);
        if (Cells.IsEmpty) throw new ArgumentException("There are no cells; at least one is needed.", nameof(cells));
        Dictionary<string, SweepCell> keys = new(StringComparer.OrdinalIgnoreCase); // as some file systems compare
        foreach (SweepCell cell in Cells)
        {
            if (!keys.TryAdd(cell.Key, cell))
                throw new ArgumentException($"Two cells have the key '{cell.Key}'; each needs one of its own.", nameof(cells));
            if (!cell.Names.SequenceEqual(Cells[0].Names))
            {
                (string one, string other) = (string.Join(", ", Cells[0].Names), string.Join(", ", cell.Names));
                throw new ArgumentException($"The cells have values of different names: {one}, and {other}.", nameof(cells));
            }
        }
    }

    /// <summary>Names its files.</summary>
    public string Name { get; }

    /// <summary>The grid.</summary>
    public ImmutableArray<SweepCell> Cells { get; }

    /// <summary>
    /// The arguments by which this program comes to the same sweep, without those that say how to run it: processes and tasks get them. At
    /// first none.
    /// </summary>
    public ImmutableArray<string> Arguments { get; init; } = [];

    /// <summary>
    /// Is called before the first cell in each process that trains: it reads the data, say, and what it throws ends the process.
    /// </summary>
    public Action? Prepare { get; init; }

    /// <summary>
    /// Runs a sweep of a program that has no options of its own, under the name <c>sweep</c>: <c>return Sweep.Run(args, cells, Train);</c>
    /// </summary>
    /// <param name="arguments">Of the command line.</param>
    /// <param name="cells">The grid.</param>
    /// <param name="train">Trains and measures a cell, and gives a row of results.</param>
    /// <returns>The program's exit code: one of <see cref="SweepExitCode"/>.</returns>
    /// <exception cref="ArgumentException">As for the constructor.</exception>
    public static int Run(string[] arguments, IEnumerable<SweepCell> cells, Func<CellRun, SweepRow> train)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(train);
        return SweepCommand.Run(arguments, new Sweep("sweep", cells, run => [train(run)]));
    }

    /// <summary>Does what is asked for, and says on the console how it goes.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="interruption">Stops it.</param>
    /// <returns>The program's exit code: one of <see cref="SweepExitCode"/>.</returns>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public int Run(SweepRequest request, Interruption interruption)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(interruption);
        return new SweepRun(this, request, interruption).Run();
    }

    /// <summary>The file of a cell's results: where it is there, the cell is done.</summary>
    /// <param name="request">Names the folder.</param>
    /// <param name="cell">The cell.</param>
    public string ResultsOf(SweepRequest request, SweepCell cell)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(cell);
        return CellFolder.Of(FolderOf(request)).ResultsOf(cell);
    }

    internal string FolderOf(SweepRequest request) => Path.Combine(request.Output, $"{Name}.cells");

    internal Sweep WithArguments(ImmutableArray<string> arguments) => new(Name, Cells, _train) { Arguments = arguments, Prepare = Prepare };

    internal IReadOnlyCollection<SweepRow> Train(CellRun run) => _train(run);
}
