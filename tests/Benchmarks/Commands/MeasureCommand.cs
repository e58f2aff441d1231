using System.CommandLine;
using NoiseGen.Benchmarks.Contest;
using NoiseGen.Benchmarks.Networks;
using NoiseGen.Benchmarks.Peer;
using Spectre.Console;

namespace NoiseGen.Benchmarks.Commands;

/// <summary>
/// <c>measure</c>: the comparison itself, in the environment as it is. <c>peer</c> runs it once for each of libtorch's environments.
/// </summary>
internal static class MeasureCommand
{
    public static Command Create()
    {
        Option<string> network = CommonOptions.Network(BenchmarkNetworks.Names);
        Option<int> threads = CommonOptions.Threads();
        Option<FileInfo> json = new("--json") { Description = "File for the results.", Required = true };
        Option<string?> variant = new("--variant") { Description = "The only variant to measure; all where there is none." };
        variant.AcceptOnlyFromAmong([.. Variant.All.Select(one => one.Name)]);
        var command = new Command("measure", "Measures in this process and environment.") { network, variant, threads, json };
        command.Hidden = true;
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(network), parsed.GetValue(variant), parsed.GetRequiredValue(threads), parsed.GetRequiredValue(json)));
        return command;
    }

    private static int Run(string network, string? variant, int threads, FileInfo json)
    {
        Workload workload = Workload.Synthetic(BenchmarkNetworks.InputOf(network), CommonOptions.Batch, threads);

        // Ours first: its threads start before OpenMP can bind anything.
        using var ourCorner = new Corner("NoiseGen");
        using var peerCorner = new Corner("TorchSharp");
        var comparison = new Comparison(network, variant, workload, ourCorner, peerCorner);
        try
        {
            BenchmarkNetworks.ForEachVariant(network, comparison);
            ResultFile.Write(json.FullName, comparison.Results);
            return 0;
        }
        catch (ContestException exception)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]{exception.Message}[/]");
            return 1;
        }
    }

    private sealed class Comparison(string network, string? only, Workload workload, Corner ourCorner, Corner peerCorner) : IVariantAction
    {
        public List<Result> Results { get; } = [];

        public void Run<TNetwork>(Variant variant)
            where TNetwork : NeuralNetwork, INetwork<TNetwork>
        {
            if (only is not null && variant.Name != only) return;
            GeneratedContender<TNetwork> generated = ourCorner.Run(() => new GeneratedContender<TNetwork>(workload));
            ITorchContender torch = peerCorner.Run<ITorchContender>(() =>
                network == "lenet5" ? new TorchLeNet5(variant, workload) : new TorchNetwork(TNetwork.Describe(), variant, workload));
            using var ours = new Side("NoiseGen", ourCorner, generated);
            using var peer = new Side("TorchSharp", peerCorner, torch);
            int sites = TNetwork.Describe().NoiseSites.Length;
            var exact = new TorchExact(generated.Network, workload);
            var match = new Match(network, variant, sites, workload, ours, peer, CopyParameters, exact);
            foreach (Result result in match.Run())
            {
                AnsiConsole.MarkupLineInterpolated(
                    $"[grey]  {result.Variant,-10} {result.Mode,-8} {result.OursMs,7:F2} {result.PeerMs,7:F2} ms  {result.Ratio:F2}[/]");
                Results.Add(result);
            }

            void CopyParameters()
            {
                IReadOnlyList<float[]> values = generated.Parameters;
                peerCorner.Run(() => torch.Load(values));
                exact.Load(values);
            }
        }
    }
}
