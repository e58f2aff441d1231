using System.Globalization;
using Harden.Report;
using NoiseGen;
using NoiseGen.Sweeps;
using Spectre.Console;

namespace Harden.Experiments;

/// <summary>An experiment's results: means over the seeds.</summary>
internal static class ExperimentTable
{
    /// <summary>A row per kind of cell, including those of the grid without results.</summary>
    /// <param name="results">The experiment's results.</param>
    /// <param name="grid">Its cells.</param>
    public static Table Of(ResultsFile results, IReadOnlyCollection<SweepCell> grid)
    {
        var table = new Table { Border = TableBorder.Rounded };
        foreach (string column in new[] { "trained", "σ", "bits", "scale", "site", "no noise", "at its σ", "spread", "midpoint µ" })
            table.AddColumn(new TableColumn(new Text(column))
                { Alignment = column is "trained" or "site" ? Justify.Left : Justify.Right, NoWrap = true });
        foreach (var cell in results.Rows.GroupBy(
            row => (Variant: row["variant"], Sigma: row["training_sigma"], Bits: row["bits"], Scale: row["scale"], Site: row["site"])))
        {
            table.AddRow(new[]
            {
                cell.Key.Variant, Dash(cell.Key.Sigma), Dash(cell.Key.Bits), Dash(cell.Key.Scale), cell.Key.Site,
                Percent(cell, "noise_free"), Percent(cell, "at_training_sigma"),
                Percent(cell, "under_spread"), Midpoint([.. cell]),
            }.Select(text => new Text(text)));
        }

        AddHoles(table, results, grid);
        return table;
    }

    // Missing cells are listed below the results. If only some seeds are missing, the means above are not those of the whole grid.
    private static void AddHoles(Table table, ResultsFile results, IReadOnlyCollection<SweepCell> grid)
    {
        SweepCell[] missing = Missing(results, grid);
        foreach (var kind in missing.GroupBy(cell => KindOf(cell.Value<string>)))
        {
            string[] of = kind.Key.Split(',');
            string seeds = string.Join(", ", kind.Select(cell => cell.Value<string>("seed")));
            table.AddRow(new[] { of[0], Dash(of[1]), Dash(of[2]), Dash(of[3]), $"missing: seed {seeds}", "", "", "", "" }
                .Select(text => new Text(text)));
        }

        if (missing.Length > 0)
            table.Caption(
                $"{missing.Length.ToString(CultureInfo.InvariantCulture)} of {grid.Count.ToString(CultureInfo.InvariantCulture)} "
                    + "cells are missing.");
    }

    /// <summary>The cells of a grid that have no results.</summary>
    public static SweepCell[] Missing(ResultsFile results, IEnumerable<SweepCell> grid)
    {
        HashSet<string> done = [.. results.Rows.Select(row => KindOf(column => row[column]) + row["seed"])];
        return [.. grid.Where(cell => !done.Contains(KindOf(cell.Value<string>) + cell.Value<string>("seed")))];
    }

    private static string KindOf(Func<string, string> value) =>
        string.Join(',', new[] { "variant", "training_sigma", "bits", "scale" }.Select(value)) + ",";

    /// <summary>
    /// The midpoint of the networks' accuracies at the noise that they were trained with, one network per strength,
    /// as the authors draw their curves: its geometric mean over the seeds, or why a seed has none.
    /// Null if an experiment has no such curve.
    /// </summary>
    /// <param name="results">The experiment's results.</param>
    /// <param name="data">The data on which the accuracies were measured.</param>
    public static string? MidpointAtOwnNoise(ResultsFile results, Lazy<DataSplit> data)
    {
        List<double> midpoints = [];
        foreach (var seed in results.Rows.Where(row => row["site"] == Measurement.AllSites).GroupBy(row => row["seed"]))
        {
            var points = seed.Where(row => row["variant"] == Cell.Noisy && row["at_training_sigma"].Length > 0)
                .OrderBy(row => Value(row, "training_sigma")).ToArray();
            if (points.Length < 4 || seed.FirstOrDefault(row => row["variant"] == Cell.Clean) is not { } clean) continue;
            var curve = new RobustnessCurve(
                "own noise", data.Value.Test.Classes, Value(clean, "noise_free"), Repeats: 1,
                [.. points.Select(row => new RobustnessPoint((float)Value(row, "training_sigma"), Value(row, "at_training_sigma"), 0))])
            {
                Images = data.Value.Test.Count,
            };
            if (!curve.TryGetMidpoint(out MidpointFit? fit, out string? reason)) return $"no midpoint with seed {seed.Key}: {reason}";
            midpoints.Add(fit.Mu);
        }

        return midpoints.Count == 0 ? null : $"µ = {Numbers.Sigma(GeometricMean(midpoints))}";
    }

    private static double Value(IReadOnlyDictionary<string, string> row, string column) =>
        double.Parse(row[column], CultureInfo.InvariantCulture);

    private static string Dash(string number) => number == "0" ? "–" : number;

    private static double[] Values(IEnumerable<IReadOnlyDictionary<string, string>> rows, string column) =>
        [.. rows.Where(row => row[column].Length > 0).Select(row => double.Parse(row[column], CultureInfo.InvariantCulture))];

    private static string Percent(IEnumerable<IReadOnlyDictionary<string, string>> rows, string column) =>
        Values(rows, column) is { Length: > 0 } values ? Numbers.Percent(values.Average()) : "–";

    // Networks without a midpoint are mentioned: they are not in the mean.
    private static string Midpoint(IReadOnlyCollection<IReadOnlyDictionary<string, string>> rows) => Values(rows, "midpoint") switch
    {
        [] => "–",
        var values when values.Length < rows.Count => $"{Numbers.Sigma(GeometricMean(values))} ({values.Length} of {rows.Count})",
        var values => Numbers.Sigma(GeometricMean(values)),
    };

    // Midpoints are compared by ratio.
    private static double GeometricMean(IEnumerable<double> midpoints) => Math.Exp(midpoints.Average(Math.Log));
}
