using NoiseGen.Benchmarks.Contest;
using Spectre.Console;

namespace NoiseGen.Benchmarks.Commands;

/// <summary>What is said of the results.</summary>
internal static class Report
{
    // On a quiet machine the quantiles of one side lie within some 15 % of each other.
    private const double BusySpread = 1.5;

    /// <summary>A row for each comparison: our median, the peer's in each environment, and the ratio to the faster one.</summary>
    /// <param name="best">For each comparison, the measurement that counts.</param>
    /// <param name="measured">All measurements, for each environment in the order of <see cref="TorchEnvironment.All"/>.</param>
    public static Table Table(IReadOnlyList<Result> best, IReadOnlyList<IReadOnlyList<Result>> measured)
    {
        Result any = best[0];
        var table = new Table { Title = new TableTitle($"{any.Network}, batch {any.Batch}, {any.Threads} threads, medians in ms") };
        table.AddColumns("variant", "mode").AddColumn(Right("NoiseGen"));
        foreach (TorchEnvironment environment in TorchEnvironment.All) table.AddColumn(Right($"TorchSharp,\n{environment.Name}"));
        table.AddColumn(Right("ratio"));
        for (int i = 0; i < best.Count; i++)
        {
            Result row = best[i];
            IEnumerable<string> peers = measured.Select(results => $"{results[i].PeerMs:F2}");
            table.AddRow([row.Variant, row.Mode, $"{row.OursMs:F2}", .. peers, $"{row.Ratio:F2}"]);
        }

        return table;
    }

    /// <summary>Warnings about numbers that should not be trusted, or that stand beside wrong ones.</summary>
    public static IEnumerable<string> Remarks(IReadOnlyList<Result> best) =>
    [
        .. from row in best where IsBusy(row.Spread) select $"{row.Variant}, {row.Mode}: {BusyRemark(row.Spread)}",
        .. (from row in best where row.PeerFault is not null select $"{row.Variant}: {row.PeerFault}.").Distinct(),
    ];

    /// <summary>Whether repetitions differ more than they should.</summary>
    /// <param name="spread">Their 90 % quantile by their 10 % quantile.</param>
    public static bool IsBusy(double spread) => spread > BusySpread;

    /// <summary>What is said of such repetitions.</summary>
    public static string BusyRemark(double spread) =>
        $"repetitions differ by a factor of {spread:F1}: the machine was busy, measure again.";

    /// <summary>A number and its noun.</summary>
    public static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    public static TableColumn Right(string header) => new TableColumn(header).RightAligned();
}
