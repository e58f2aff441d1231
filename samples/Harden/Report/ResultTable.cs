using System.Collections.Immutable;
using NoiseGen;
using Spectre.Console;

namespace Harden.Report;

/// <summary>The table of results: a row per variant.</summary>
/// <param name="Columns">Headings; the first column has names, the following ones numbers.</param>
/// <param name="Rows">A text per column.</param>
/// <param name="Notes">Why midpoints are missing, and the trainer's warnings.</param>
internal sealed record ResultTable(
    ImmutableArray<string> Columns, ImmutableArray<ImmutableArray<string>> Rows, ImmutableArray<string> Notes)
{
    private const string Missing = "–";

    private static readonly double[] ShownSigmas = [0.1, 0.316, 1, 3.16, 10]; // every second level of the middle of the grid

    public static ResultTable Of(JobResult result)
    {
        ImmutableArray<int> shown = [.. ShownSigmas.Select(sigma => Nearest(result.Variants[0].Curve, sigma)).Distinct()];
        return new ResultTable(
            ["trained", "no noise", .. shown.Select(point => $"σ = {Numbers.Sigma(result.Variants[0].Curve.Points[point].Sigma)}"),
                "midpoint µ", "gain"],
            [.. result.Variants.Select(variant => Row(result, variant, shown))],
            [
                .. result.Variants.Where(variant => variant.NoMidpoint is not null)
                    .Select(variant => $"{variant.Variant.Name}: {variant.NoMidpoint}"),
                .. result.Warnings,
            ]);
    }

    public Grid ToConsole()
    {
        var table = new Table { Border = TableBorder.Rounded };
        foreach (string column in Columns) table.AddColumn(
            new TableColumn(new Text(column)) { Alignment = column == Columns[0] ? Justify.Left : Justify.Right, NoWrap = true });
        foreach (ImmutableArray<string> row in Rows) table.AddRow(row.Select(text => new Text(text)));
        var grid = new Grid().AddColumn().AddRow(table);
        foreach (string note in Notes) grid.AddRow(new Text(note));
        return grid;
    }

    private static ImmutableArray<string> Row(JobResult result, VariantResult variant, ImmutableArray<int> shown) =>
    [
        variant.Variant.Name,
        Numbers.Percent(variant.Curve.NoiseFreeAccuracy),
        .. shown.Select(point => Numbers.Percent(variant.Curve.Points[point].Mean)),
        variant.Midpoint is { } midpoint ? Numbers.Midpoint(midpoint) : Missing,
        result.GainOf(variant) is { } gain ? $"{Numbers.WithError(gain.Ratio, gain.Error)} ×" : Missing,
    ];

    private static int Nearest(RobustnessCurve curve, double sigma) =>
        Enumerable.Range(0, curve.Points.Length).MinBy(point => Math.Abs(Math.Log(curve.Points[point].Sigma / sigma)));
}
