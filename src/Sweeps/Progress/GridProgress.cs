using System.Diagnostics;
using System.Globalization;
using NoiseGen.Sweeps.Cells;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NoiseGen.Sweeps.Progress;

/// <summary>
/// Shows the progress of a grid, whichever processes work on it: it reads the folder. In a terminal it shows a line per running cell
/// and a bar for the grid; if the output is redirected, a line per finished cell, and now and then one per running cell.
/// </summary>
internal sealed class GridProgress : IDisposable
{
    // Grids have tens of networks with hundreds of epochs: this is often enough to show that they are alive.
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(10), s_look = TimeSpan.FromSeconds(0.5);

    private readonly CellFolder _folder;
    private readonly IReadOnlyList<SweepCell> _cells;
    private readonly IAnsiConsole _console;
    private readonly ManualResetEventSlim _end = new();
    private readonly Thread _thread;
    private readonly Stopwatch _clock = Stopwatch.StartNew(), _sinceLast = Stopwatch.StartNew();
    private readonly HashSet<string> _told = [];
    private readonly double _fractionBefore;

    private GridProgress(CellFolder folder, IReadOnlyList<SweepCell> cells, IAnsiConsole console)
    {
        (_folder, _cells, _console) = (folder, cells, console);
        SweepState before = SweepState.Of(folder, cells);
        _fractionBefore = before.Cells.Sum(cell => cell.Fraction);
        foreach (CellState cell in before.Cells.Where(IsOver)) _told.Add(cell.Cell.Key);
        if (_told.Count > 0) console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cells.Count} cells: {before}."));
        bool isLive = console.Profile.Capabilities.Interactive && !Console.IsOutputRedirected;
        _thread = new Thread(isLive ? Live : Plain) { IsBackground = true, Name = "progress" };
        _thread.Start();
    }

    /// <summary>Shows the progress until it is disposed.</summary>
    public static GridProgress Show(CellFolder folder, IReadOnlyList<SweepCell> cells, IAnsiConsole console) => new(folder, cells, console);

    public void Dispose()
    {
        _end.Set();
        _thread.Join();
        _end.Dispose();
    }

    private static bool IsOver(CellState cell) => cell.Status is CellStatus.Done or CellStatus.Failed;

    private void Plain()
    {
        bool isLast;
        do
        {
            isLast = _end.Wait(s_look);
            SweepState state = SweepState.Of(_folder, _cells);
            Tell(state);
            if (_sinceLast.Elapsed < s_pause) continue;
            foreach (CellState cell in state.In(CellStatus.Running)) Console.Out.WriteLine($"  {cell.Cell}  {cell.Holder?.Doing}");
            _sinceLast.Restart();
        }
        while (!isLast);
    }

    // A line per cell that has ended since the last look.
    private void Tell(SweepState state)
    {
        foreach (CellState cell in state.Cells.Where(IsOver))
        {
            if (!_told.Add(cell.Cell.Key)) continue;
            string failed = cell.Status == CellStatus.Failed ? " failed" : "";
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_told.Count}/{_cells.Count} {cell.Cell}{failed}"));
            _sinceLast.Restart();
        }
    }

    private void Live() => _console.Live(new Text("")).AutoClear(true).Start(context =>
    {
        bool isLast;
        do
        {
            isLast = _end.Wait(s_look);
            context.UpdateTarget(Picture(SweepState.Of(_folder, _cells)));
        }
        while (!isLast);
    });

    private Table Picture(SweepState state)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = false };
        table.AddColumn(new TableColumn("") { NoWrap = true }).AddColumn("").AddColumn(new TableColumn("") { NoWrap = true });
        int room = Math.Max(1, _console.Profile.Height - 3);
        foreach (CellState cell in state.In(CellStatus.Running).Take(room)) Row(cell.Cell.Label, cell.Fraction, cell.Holder?.Doing ?? "");
        Row("all cells", state.Cells.Average(cell => cell.Fraction), $"{state}{TimeLeft(state)}");
        return table;

        void Row(string name, double fraction, string text) =>
            table.AddRow(new Text(name), Bar(fraction), new Text(text) { Overflow = Overflow.Ellipsis });
    }

    private static IRenderable Bar(double fraction)
    {
        const int Length = 20;
        int full = (int)(fraction * Length);
        return new Markup($"[green]{new string('━', full)}[/][grey]{new string('━', Length - full)}[/]");
    }

    // Extrapolates the speed since the start of this command.
    private string TimeLeft(SweepState state)
    {
        double now = state.Cells.Sum(cell => cell.Fraction), gained = now - _fractionBefore;
        if (gained <= 0) return "";
        TimeSpan left = _clock.Elapsed / gained * (state.Cells.Length - now);
        return string.Create(CultureInfo.InvariantCulture, $", {(int)left.TotalHours}:{left:mm\\:ss} left");
    }
}
