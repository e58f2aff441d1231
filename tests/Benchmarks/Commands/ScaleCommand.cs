using System.CommandLine;
using NoiseGen.Benchmarks.Scaling;
using Spectre.Console;

namespace NoiseGen.Benchmarks.Commands;

/// <summary><c>scale</c>: how a training step grows with the batch, the network and the threads.</summary>
internal static class ScaleCommand
{
    private const string AllSeries = "all";

    public static Command Create()
    {
        Option<string> series = new("--series") { Description = "What is varied.", DefaultValueFactory = _ => AllSeries };
        series.AcceptOnlyFromAmong([AllSeries, .. ScaleSeries.All.Select(one => one.Name)]);
        Option<FileInfo?> json = CommonOptions.Json();
        var command = new Command("scale", "Times training steps of growing batches and networks, on one thread and two.") { series, json };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(series), parsed.GetValue(json)));
        return command;
    }

    private static void Run(string name, FileInfo? json)
    {
        var points = new List<ScalePoint>();
        foreach (ScaleSeries series in ScaleSeries.All.Where(series => name == AllSeries || series.Name == name))
        {
            ScalePoint[] measured = [.. series.Measure()];
            AnsiConsole.Write(TableOf(series.Name, measured));
            foreach (ScalePoint point in measured.Where(point => Report.IsBusy(point.Spread)))
                AnsiConsole.MarkupLineInterpolated($"[yellow]{point.Network}, batch {point.Batch}: {Report.BusyRemark(point.Spread)}[/]");
            points.AddRange(measured);
        }

        AnsiConsole.WriteLine(
            "Estimated by t(n) = t(1) · (s + (1 − s) · ⌈B/n⌉ / B), s the serial share 2 · t(2)/t(1) − 1, "
                + "B the batch's blocks of 32 images.");
        if (json is not null) ResultFile.Write(json.FullName, points);
    }

    private static Table TableOf(string series, IEnumerable<ScalePoint> points)
    {
        var table = new Table { Title = new TableTitle($"{series}: a training step, medians in ms") };
        table.AddColumn("network").AddColumns(
            Report.Right("batch"), Report.Right("1 thread"), Report.Right("2 threads"), Report.Right("images/s,\n2 threads"),
            Report.Right("2 beside 1"),
            Report.Right("serial\nshare"), Report.Right("16 beside 1,\nestimated"), Report.Right("64 beside 1,\nestimated"));
        foreach (ScalePoint point in points)
        {
            table.AddRow(
                point.Network, $"{point.Batch}", $"{point.OneThreadMs:F2}", $"{point.TwoThreadsMs:F2}", $"{point.ImagesPerSecond:F0}",
                $"{point.SpeedUp2:F2}",
                Known(point.SerialShare, "P1"), Known(point.SpeedUp16, "F1"), Known(point.SpeedUp64, "F1"));
        }

        return table;
    }

    private static string Known(double? value, string format) => value is { } known ? known.ToString(format) : "–";
}
