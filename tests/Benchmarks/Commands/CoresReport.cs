using NoiseGen.Benchmarks.Contest;
using NoiseGen.Benchmarks.Networks;
using NoiseGen.Benchmarks.Scaling;
using Spectre.Console;

namespace NoiseGen.Benchmarks.Commands;

/// <summary><c>scale --cores</c>: what a training step would take on numbers of cores.</summary>
internal static class CoresReport
{
    /// <summary>The most cores that are scheduled.</summary>
    public const int MostCores = 256;

    private const int ShownLosses = 7;

    /// <summary>Traces and schedules one network, or all.</summary>
    public static void Run(string? network, int batch, int[] cores, FileInfo? json)
    {
        var points = new List<CorePoint>();
        foreach (string name in BenchmarkNetworks.Names.Where(name => network is null || network == name))
        {
            var series = new CoreSeries(BenchmarkNetworks.Find(name, Variant.Clean), batch);
            CorePoint[] measured = [.. cores.Select(series.Measure)];
            AnsiConsole.Write(TableOf(name, batch, measured));
            AnsiConsole.Write(TableOf(measured[^1]));
            points.AddRange(measured);
        }

        AnsiConsole.WriteLine(
            "Scheduled: pieces timed on one thread, cut for so many threads, on virtual cores that do not slow each other down.");
        if (json is not null) ResultFile.Write(json.FullName, points);
    }

    private static Table TableOf(string network, int batch, IEnumerable<CorePoint> points)
    {
        var table = new Table { Title = new TableTitle($"{network}, batch {batch}: a clean training step, medians") };
        table.AddColumns(
            Report.Right("cores"), Report.Right("1 thread,\nms"), Report.Right("cut, on\n1 thread, ms"), Report.Right("phases"),
            Report.Right("a barrier,\nµs"), Report.Right("scheduled,\nms"), Report.Right("speed-up"), Report.Right("by the clock"));
        foreach (CorePoint point in points)
        {
            table.AddRow(
                $"{point.Cores}", $"{point.OneThreadMs:F2}", $"{point.CutMs:F2}", $"{point.Phases}", $"{point.BarrierUs:F2}",
                $"{point.ScheduledMs:F3}", $"{point.SpeedUp:F1}", point.Real is { } real ? $"{real:F2}" : "–");
        }

        return table;
    }

    private static Table TableOf(CorePoint point)
    {
        var table = new Table { Title = new TableTitle($"{point.Network}, {point.Cores} cores: phases by what they lose") };
        table.AddColumn("phase").AddColumns(
            Report.Right("times"), Report.Right("work, ms"), Report.Right("scheduled, ms"), Report.Right("busy cores"));
        foreach (PhaseLoss loss in point.Losses.Take(ShownLosses))
            table.AddRow(loss.Name, $"{loss.Count}", $"{loss.Work:F3}", $"{loss.Time:F3}", $"{loss.Parallelism:F1}");
        return table;
    }
}
