using System.CommandLine;
using NoiseGen.Benchmarks.Scaling;
using Spectre.Console;

namespace NoiseGen.Benchmarks.Commands;

/// <summary><c>scale</c>: how a training step grows with the batch, the network and the threads.</summary>
internal static class ScaleCommand
{
    private const string AllSeries = "all";

    private static readonly Option<int[]?> s_cores = Cores();

    private static readonly Option<string?> s_network = new("--network") { Description = "With --cores: the network; all without it." };

    private static readonly Option<int> s_batch =
        new("--batch") { Description = "With --cores: images a step.", DefaultValueFactory = _ => CommonOptions.Batch };

    public static Command Create()
    {
        Option<string> series = new("--series") { Description = "What is varied.", DefaultValueFactory = _ => AllSeries };
        series.AcceptOnlyFromAmong([AllSeries, .. ScaleSeries.All.Select(one => one.Name)]);
        Option<FileInfo?> json = CommonOptions.Json();
        var command = new Command("scale", "Times training steps of growing batches and networks, on one thread and two.")
            { series, json, s_cores, s_network, s_batch };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(s_cores) is { } cores)
                CoresReport.Run(parsed.GetValue(s_network), parsed.GetRequiredValue(s_batch), cores, parsed.GetValue(json));
            else Run(parsed.GetRequiredValue(series), parsed.GetValue(json));
        });
        return command;
    }

    private static Option<int[]?> Cores() => new("--cores")
    {
        Description = "Schedules a traced step on numbers of cores, such as 2,4,8,16.",
        CustomParser = result =>
        {
            var cores = new List<int>();
            foreach (string text in result.Tokens[0].Value.Split(','))
            {
                if (int.TryParse(text, out int number) && number is >= 1 and <= CoresReport.MostCores) cores.Add(number);
                else result.AddError($"'{text}' is no number of cores, 1 … {CoresReport.MostCores}.");
            }

            return [.. cores];
        },
    };

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

        if (json is not null) ResultFile.Write(json.FullName, points);
    }

    private static Table TableOf(string series, IEnumerable<ScalePoint> points)
    {
        var table = new Table { Title = new TableTitle($"{series}: a training step, medians in ms") };
        table.AddColumn("network").AddColumns(
            Report.Right("batch"), Report.Right("1 thread"), Report.Right("2 threads"), Report.Right("images/s,\n2 threads"),
            Report.Right("2 beside 1"));
        foreach (ScalePoint point in points)
        {
            table.AddRow(
                point.Network, $"{point.Batch}", $"{point.OneThreadMs:F2}", $"{point.TwoThreadsMs:F2}", $"{point.ImagesPerSecond:F0}",
                $"{point.SpeedUp2:F2}");
        }

        return table;
    }
}
