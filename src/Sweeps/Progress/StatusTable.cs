using System.Globalization;
using Spectre.Console;

namespace NoiseGen.Sweeps.Progress;

/// <summary>
/// The status of a sweep as a table of at most 80 columns: running and failed cells one by one, and the number of all others.
/// </summary>
internal static class StatusTable
{
    private const int Width = 80, LabelWidth = 36, MostWaiting = 5;

    /// <summary>Writes it.</summary>
    public static void Write(IAnsiConsole console, SweepState state)
    {
        int before = console.Profile.Width;
        console.Profile.Width = Width;
        var table = new Table { Border = TableBorder.Rounded, Width = Width };
        table.AddColumn(new TableColumn("cell") { Width = LabelWidth }).AddColumn("is").AddColumn("where, how far, why");
        foreach (CellState cell in state.In(CellStatus.Running))
            Add(cell, "running", $"{Progress(cell)} {cell.Holder?.Where} {cell.Holder?.Doing}");
        foreach (CellState cell in state.In(CellStatus.Failed)) Add(cell, "failed", $"{cell.Failure!.Where}: {cell.Failure.Reason}");
        foreach (CellState cell in state.In(CellStatus.Queued).Take(MostWaiting)) Add(cell, "queued", $"task {cell.Task}");
        foreach (CellState cell in state.In(CellStatus.Waiting).Take(MostWaiting)) Add(cell, "waiting", "");
        if (table.Rows.Count > 0) console.Write(table);
        console.Profile.Width = before;
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{state.Cells.Length} cells: {state}."));

        void Add(CellState cell, string status, string text) =>
            table.AddRow(new Text(cell.Cell.Label), new Text(status), new Text(text.Trim()));
    }

    private static string Progress(CellState cell) => string.Create(CultureInfo.InvariantCulture, $"{cell.Fraction * 100:0} %");
}
