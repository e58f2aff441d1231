using System.Globalization;
using Harden.Report;
using Spectre.Console;

namespace Harden.Experiments;

/// <summary>An experiment's results: means over the seeds.</summary>
internal static class ExperimentTable
{
    public static Table Of(ResultsFile results)
    {
        var table = new Table { Border = TableBorder.Rounded };
        foreach (string column in new[] { "trained", "σ", "scale", "site", "no noise", "at its σ", "spread", "midpoint µ" })
            table.AddColumn(new TableColumn(new Text(column)) { Alignment = column is "trained" or "site" ? Justify.Left : Justify.Right, NoWrap = true });
        foreach (var cell in results.Rows.GroupBy(row => (Variant: row["variant"], Sigma: row["training_sigma"], Scale: row["scale"], Site: row["site"])))
        {
            table.AddRow(new[]
            {
                cell.Key.Variant, Dash(cell.Key.Sigma), Dash(cell.Key.Scale), cell.Key.Site, Percent(cell, "noise_free"), Percent(cell, "at_training_sigma"),
                Percent(cell, "under_spread"), Midpoint(cell),
            }.Select(text => new Text(text)));
        }

        return table;
    }

    private static string Dash(string number) => number == "0" ? "–" : number;

    private static double[] Values(IEnumerable<IReadOnlyDictionary<string, string>> rows, string column) =>
        [.. rows.Where(row => row[column].Length > 0).Select(row => double.Parse(row[column], CultureInfo.InvariantCulture))];

    private static string Percent(IEnumerable<IReadOnlyDictionary<string, string>> rows, string column) =>
        Values(rows, column) is { Length: > 0 } values ? Numbers.Percent(values.Average()) : "–";

    // The geometric mean: midpoints are compared by their ratios.
    private static string Midpoint(IEnumerable<IReadOnlyDictionary<string, string>> rows) =>
        Values(rows, "midpoint") is { Length: > 0 } values ? Numbers.Sigma(Math.Exp(values.Average(Math.Log))) : "–";
}
