using System.CommandLine;
using NoiseGen.Benchmarks.Contest;
using NoiseGen.Benchmarks.Memory;
using NoiseGen.Benchmarks.Networks;
using Spectre.Console;

namespace NoiseGen.Benchmarks.Commands;

/// <summary><c>memory</c>: the largest resident size of a training run beside TorchSharp's, each in a process of its own.</summary>
internal static class MemoryCommand
{
    public static Command Create()
    {
        Option<string> network = CommonOptions.Network(BenchmarkNetworks.Names);
        network.DefaultValueFactory = _ => "resnet18";
        Option<int> threads = CommonOptions.Threads();
        Option<FileInfo?> json = CommonOptions.Json();
        var command = new Command("memory", "Measures the memory of ten training steps beside TorchSharp's.") { network, threads, json };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(network), parsed.GetRequiredValue(threads), parsed.GetValue(json)));
        return command;
    }

    private static int Run(string network, int threads, FileInfo? json)
    {
        var uses = new List<MemoryUse>();
        foreach (Variant variant in (Variant[])[Variant.Clean, Variant.Noisy])
        {
            foreach (string side in (string[])[TrainCommand.Ours, TrainCommand.Peer])
            {
                if (OwnProcess.Run<MemoryUse>(
                    TorchEnvironment.Default.Variables, "train", "--network", network, "--variant", variant.Name, "--side", side,
                    "--threads", $"{threads}") is { } use)
                    uses.AddRange(use);
            }
        }

        var table = new Table { Title =
            new TableTitle($"{network}, batch {CommonOptions.Batch}, {Report.Count(threads, "thread")}: largest resident size, MiB") };
        table.AddColumns("variant", "side")
            .AddColumns(Report.Right("before the network"), Report.Right("whole run"), Report.Right("training alone"));
        foreach (MemoryUse use in uses)
            table.AddRow(use.Variant, use.Side, $"{use.StartMiB:F0}", $"{use.PeakMiB:F0}", $"{use.TrainingMiB:F0}");
        AnsiConsole.Write(table);
        if (json is not null) ResultFile.Write(json.FullName, uses);
        return uses.Count == 4 ? 0 : 1;
    }
}
