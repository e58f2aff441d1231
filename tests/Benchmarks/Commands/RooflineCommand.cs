using System.CommandLine;
using NoiseGen.Benchmarks.Contest;
using NoiseGen.Benchmarks.Networks;
using NoiseGen.Benchmarks.Roofline;
using Spectre.Console;

namespace NoiseGen.Benchmarks.Commands;

/// <summary><c>roofline</c>: how much of the processor's peak, measured in the same run, the generated code reaches.</summary>
internal static class RooflineCommand
{
    private const int Repetitions = 100;

    public static Command Create()
    {
        Option<string> network = CommonOptions.Network("lenet5");
        var command = new Command("roofline", "Measures kernels as a share of the processor's multiply-add peak.") { network };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(network)));
        return command;
    }

    private static void Run(string name)
    {
        Dictionary<int, double> peaks = new[] { 1, 2 }.ToDictionary(threads => threads, FmaPeak.Measure);
        foreach ((int threads, double peak) in peaks) AnsiConsole.WriteLine($"Multiply-add peak, {threads} thread{(threads == 1 ? "" : "s")}: {peak:F0} GFLOP/s");

        var table = new Table { Title = new TableTitle($"{name}, batch {CommonOptions.Batch}, medians") };
        table.AddColumn("kernel").AddColumns(Report.Right("threads"), Report.Right("ms"), Report.Right("GFLOP/s"), Report.Right("share of peak"));
        foreach ((int threads, double peak) in peaks)
        {
            Workload workload = Workload.Synthetic(new Shape(3, 32, 32), CommonOptions.Batch, threads);
            using LeNet5Clean network = new(seed: 1, CommonOptions.Batch, threads);
            if (threads == 1)
            {
                foreach (KernelProbe probe in new GeneratedKernels(network).All()) AddRow(table, probe, peak);
                table.AddEmptyRow();
            }

            foreach (KernelProbe probe in NetworkProbes.Of(network, workload)) AddRow(table, probe, peak);
        }

        AnsiConsole.Write(table);
    }

    private static void AddRow(Table table, KernelProbe probe, double peak)
    {
        Repeat.WarmUp(probe.Run);
        double milliseconds = Timing.Of([.. Repeat.Time(probe.Run, Repetitions)]).Median;
        double rate = probe.Flops / milliseconds / 1e6;
        table.AddRow(probe.Name, $"{probe.Threads}", $"{milliseconds:F3}", $"{rate:F0}", $"{rate / peak:P0}");
    }
}
