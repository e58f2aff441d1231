using System.Collections.Immutable;
using System.Globalization;
using Harden.Report;
using NoiseGen;
using NoiseGen.Sweeps;
using Spectre.Console;

namespace Harden.Experiments;

/// <summary>An experiment's results: means over the seeds.</summary>
/// <param name="Columns">Headings; the first column has names.</param>
/// <param name="Rows">A text for each column.</param>
/// <param name="Caption">What is missing; empty where nothing is.</param>
internal sealed record ExperimentTable(ImmutableArray<string> Columns, ImmutableArray<ImmutableArray<string>> Rows, string Caption)
{
    private const string None = "–";

    private static readonly ImmutableArray<string> s_columns =
    [
        "trained", "σ", "bits", "scale", "site", "no noise", "at its σ", "spread", "midpoint µ",
    ];

    /// <summary>
    /// A row for each kind of cell, those of the grid without results included;
    /// columns in which no row has anything are left out.
    /// </summary>
    /// <param name="results">The experiment's.</param>
    /// <param name="grid">Its cells.</param>
    public static ExperimentTable Of(ResultsFile results, IReadOnlyCollection<SweepCell> grid)
    {
        SweepCell[] missing = Missing(results, grid);
        ImmutableArray<ImmutableArray<string>> rows = [.. Measured(results), .. Holes(missing)];
        int[] shown =
        [
            .. Enumerable.Range(0, s_columns.Length).Where(column => column == 0 || !rows.All(row => IsEmpty(column, row[column]))),
        ];
        return new ExperimentTable(
            [.. shown.Select(column => s_columns[column])],
            [.. rows.Select(row => (ImmutableArray<string>)[.. shown.Select(column => row[column])])],
            missing.Length > 0 ? FormattableString.Invariant($"{missing.Length} of {grid.Count} cells are missing.") : "");
    }

    /// <summary>The table for a console.</summary>
    public Table ToConsole()
    {
        var table = new Table { Border = TableBorder.Rounded };
        foreach (string column in Columns)
            table.AddColumn(
                new TableColumn(
                    new Text(column)) { Alignment = column is "trained" or "site" ? Justify.Left : Justify.Right, NoWrap = true });
        foreach (ImmutableArray<string> row in Rows) table.AddRow(row.Select(text => new Text(text)));
        if (Caption.Length > 0) table.Caption(Caption);
        return table;
    }

    private static bool IsEmpty(int column, string text) =>
        text.Length == 0 || text == None || (s_columns[column] == "site" && text == Measurement.AllSites);

    private static IEnumerable<ImmutableArray<string>> Measured(ResultsFile results) =>
        results.Rows.GroupBy(
            row => (Variant: row["variant"], Sigma: row["training_sigma"], Bits: row["bits"], Scale: row["scale"], Site: row["site"]))
            .Select(cell => (ImmutableArray<string>)
            [
                cell.Key.Variant, Dash(cell.Key.Sigma), Dash(cell.Key.Bits), Dash(cell.Key.Scale), cell.Key.Site,
                Percent(cell, "noise_free"), Percent(cell, "at_training_sigma"),
                Percent(cell, "under_spread"), Midpoint([.. cell]),
            ]);

    // What is missing stands below what is there; and where some seeds are, the means above are not the grid's.
    private static IEnumerable<ImmutableArray<string>> Holes(SweepCell[] missing) =>
        missing.GroupBy(cell => KindOf(cell.Value<string>)).Select(kind =>
    {
        string[] of = kind.Key.Split(',');
        string seeds = string.Join(", ", kind.Select(cell => cell.Value<string>("seed")));
        return (ImmutableArray<string>)[of[0], Dash(of[1]), Dash(of[2]), Dash(of[3]), $"missing: seed {seeds}", "", "", "", ""];
    });

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

        return midpoints.Count == 0 ? null : $"µ = {Numbers.Sigma(Spread.GeometricMean(midpoints))}";
    }

    private static double Value(IReadOnlyDictionary<string, string> row, string column) =>
        double.Parse(row[column], CultureInfo.InvariantCulture);

    private static string Dash(string number) => number == "0" ? None : number;

    private static double[] Values(IEnumerable<IReadOnlyDictionary<string, string>> rows, string column) =>
        [.. rows.Where(row => row[column].Length > 0).Select(row => double.Parse(row[column], CultureInfo.InvariantCulture))];

    private static string Percent(IEnumerable<IReadOnlyDictionary<string, string>> rows, string column) =>
        Values(rows, column) is { Length: > 0 } values ? Numbers.Percent(values.Average()) : "–";

    // Networks without a midpoint are mentioned: they are not in the mean.
    private static string Midpoint(IReadOnlyCollection<IReadOnlyDictionary<string, string>> rows) => Values(rows, "midpoint") switch
    {
        [] => "–",
        var values when values.Length < rows.Count => $"{Numbers.Sigma(Spread.GeometricMean(values))} ({values.Length} of {rows.Count})",
        var values => Numbers.Sigma(Spread.GeometricMean(values)),
    };
}
