using System.CommandLine;
using NoiseGen.Benchmarks.Contest;
using NoiseGen.Benchmarks.Limits;
using NoiseGen.Benchmarks.Networks;
using NoiseGen.Benchmarks.Roofline;
using Spectre.Console;

namespace NoiseGen.Benchmarks.Commands;

/// <summary>
/// <c>roofline</c>: how near each piece of a training step comes to what the processor and its memory can do, measured in the same run.
/// </summary>
internal static class RooflineCommand
{
    public static Command Create()
    {
        Option<string> network = CommonOptions.Network(BenchmarkNetworks.Names);
        Option<string> variant = CommonOptions.Variant();
        Option<int> threads = CommonOptions.Threads();
        var command =
            new Command("roofline", "Measures each kernel of a training step against the multiply-add peak and the memory's bandwidth.")
                { network, variant, threads };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(network), Variant.Named(parsed.GetRequiredValue(variant)), parsed.GetRequiredValue(threads)));
        return command;
    }

    private static void Run(string name, Variant variant, int threads)
    {
        double peak = FmaPeak.Measure(threads);
        Bandwidth bandwidth = Bandwidth.Measure(threads);
        AnsiConsole.WriteLine($"Multiply-add peak: {peak:F0} GFLOP/s");
        AnsiConsole.Write(TableOf(bandwidth, threads));

        Workload workload = Workload.Synthetic(BenchmarkNetworks.InputOf(name), CommonOptions.Batch, threads);
        StepProfile profile = StepProfile.Measure(name, variant, workload);
        var report = new RooflineReport(profile, workload, peak, bandwidth);
        AnsiConsole.WriteLine($"{name}, {variant.Name}, batch {CommonOptions.Batch}, {Report.Count(threads, "thread")}, medians");
        AnsiConsole.Write(report.Linear());
        AnsiConsole.Write(report.Elementwise());
        AnsiConsole.Write(report.Step());
        if (Report.IsBusy(profile.Step.Spread))
            AnsiConsole.MarkupLineInterpolated($"[yellow]The whole step: {Report.BusyRemark(profile.Step.Spread)}[/]");
    }

    private static Table TableOf(Bandwidth bandwidth, int threads)
    {
        var table = new Table { Title = new TableTitle($"Bandwidth of {Report.Count(threads, "thread")}, GB/s") };
        table.AddColumn("level").AddColumns(Report.Right("read"), Report.Right("write"), Report.Right("read + write"));
        foreach (MemoryLevel level in Enum.GetValues<MemoryLevel>())
            table.AddRow(
                [RooflineReport.NameOf(level), .. Enum.GetValues<Transfer>().Select(transfer => $"{bandwidth[level, transfer] / 1e9:F1}")]);
        return table;
    }
}
