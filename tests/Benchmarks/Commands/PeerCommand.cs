using System.CommandLine;
using NoiseGen.Benchmarks.Contest;
using NoiseGen.Benchmarks.Networks;
using Spectre.Console;

namespace NoiseGen.Benchmarks.Commands;

/// <summary>
/// <c>peer</c>: our training step and evaluation pass beside TorchSharp's.
/// What libtorch needs for its best has to stand in the environment before the process starts,
/// so the measuring is done by two child processes, and the one in which TorchSharp is faster counts.
/// </summary>
internal static class PeerCommand
{
    public static Command Create()
    {
        Option<string> network = CommonOptions.Network(BenchmarkNetworks.Names);
        Option<int> threads = CommonOptions.Threads();
        Option<FileInfo?> json = CommonOptions.Json();
        var command =
            new Command("peer", "Times training and evaluation beside TorchSharp in the same process.") { network, threads, json };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(network), parsed.GetRequiredValue(threads), parsed.GetValue(json)));
        return command;
    }

    private static int Run(string network, int threads, FileInfo? json)
    {
        var measured = new List<IReadOnlyList<Result>>();
        foreach (TorchEnvironment environment in TorchEnvironment.All)
        {
            AnsiConsole.MarkupLineInterpolated($"[grey]{environment.Name}[/]");
            if (environment.Measure(network, threads) is not { } results) return 1;
            measured.Add(results);
        }

        Result[] best = [.. measured[0].Zip(measured[1], (first, second) => second.PeerMs < first.PeerMs ? second : first)];
        AnsiConsole.Write(Report.Table(best, measured));
        foreach (string remark in Report.Remarks(best)) AnsiConsole.MarkupLineInterpolated($"[yellow]{remark}[/]");
        if (json is not null) ResultFile.Write(json.FullName, best);
        return 0;
    }
}
