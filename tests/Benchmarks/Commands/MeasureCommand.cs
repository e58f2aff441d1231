using System.CommandLine;
using NoiseGen.Benchmarks.Contest;
using NoiseGen.Benchmarks.Networks;
using NoiseGen.Benchmarks.Peer;
using Spectre.Console;

namespace NoiseGen.Benchmarks.Commands;

/// <summary><c>measure</c>: the comparison itself, in the environment as it is. <c>peer</c> runs it once for each of libtorch's environments.</summary>
internal static class MeasureCommand
{
    public static Command Create()
    {
        Option<string> network = CommonOptions.Network("lenet5", "resnet18");
        Option<int> threads = CommonOptions.Threads();
        Option<FileInfo> json = new("--json") { Description = "File for the results.", Required = true };
        var command = new Command("measure", "Measures in this process and environment.") { network, threads, json };
        command.Hidden = true;
        command.SetAction(parsed => Run(parsed.GetRequiredValue(network), parsed.GetRequiredValue(threads), parsed.GetRequiredValue(json)));
        return command;
    }

    private static int Run(string network, int threads, FileInfo json)
    {
        Workload workload = Workload.Synthetic(new Shape(3, 32, 32), CommonOptions.Batch, threads);

        // Ours first: its threads start before OpenMP can bind anything.
        using var ourCorner = new Corner("NoiseGen");
        using var peerCorner = new Corner("TorchSharp");
        try
        {
            Result[] results = network == "resnet18" ?
            [
                .. Compare<ResNet18Clean>(network, Variant.Clean, workload, ourCorner, peerCorner),
                .. Compare<ResNet18Noise>(network, Variant.Noisy, workload, ourCorner, peerCorner),
                .. Compare<ResNet18Qat8>(network, Variant.Qat8, workload, ourCorner, peerCorner),
                .. Compare<ResNet18Qat8Noise>(network, Variant.Qat8Noisy, workload, ourCorner, peerCorner),
            ] :
            [
                .. Compare<LeNet5Clean>(network, Variant.Clean, workload, ourCorner, peerCorner),
                .. Compare<LeNet5Noise>(network, Variant.Noisy, workload, ourCorner, peerCorner),
                .. Compare<LeNet5Qat8>(network, Variant.Qat8, workload, ourCorner, peerCorner),
                .. Compare<LeNet5Qat8Noise>(network, Variant.Qat8Noisy, workload, ourCorner, peerCorner),
            ];
            ResultFile.Write(json.FullName, results);
            return 0;
        }
        catch (ContestException exception)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]{exception.Message}[/]");
            return 1;
        }
    }

    private static List<Result> Compare<TNetwork>(string network, Variant variant, Workload workload, Corner ourCorner, Corner peerCorner)
        where TNetwork : NeuralNetwork, INetwork<TNetwork>
    {
        GeneratedContender<TNetwork> generated = ourCorner.Run(() => new GeneratedContender<TNetwork>(workload));
        ITorchContender torch = peerCorner.Run<ITorchContender>(() =>
            network == "lenet5" ? new TorchLeNet5(variant, workload) : new TorchNetwork(TNetwork.Describe(), variant, workload));
        using var ours = new Side("NoiseGen", ourCorner, generated);
        using var peer = new Side("TorchSharp", peerCorner, torch);
        var match = new Match(network, variant, workload, ours, peer, () => peerCorner.Run(() => torch.Load(generated.Parameters)));
        var results = new List<Result>();
        foreach (Result result in match.Run())
        {
            AnsiConsole.MarkupLineInterpolated($"[grey]  {result.Variant,-10} {result.Mode,-8} {result.OursMs,7:F2} {result.PeerMs,7:F2} ms  {result.Ratio:F2}[/]");
            results.Add(result);
        }

        return results;
    }
}
