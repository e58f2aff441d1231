using System.CommandLine;
using NoiseGen.Benchmarks.Contest;
using NoiseGen.Benchmarks.Memory;
using NoiseGen.Benchmarks.Networks;
using NoiseGen.Benchmarks.Peer;
using Spectre.Console;

namespace NoiseGen.Benchmarks.Commands;

/// <summary>
/// <c>train</c>: a few training steps of one side, and the memory that they took. <c>memory</c> runs it once for each side and variant.
/// </summary>
internal static class TrainCommand
{
    /// <summary>The sides.</summary>
    public const string Ours = "NoiseGen", Peer = "TorchSharp";

    private const int Steps = 10;

    public static Command Create()
    {
        Option<string> network = CommonOptions.Network(BenchmarkNetworks.Names);
        Option<string> variant = CommonOptions.Variant();
        Option<string> side = new("--side") { Description = "Who trains.", Required = true };
        side.AcceptOnlyFromAmong(Ours, Peer);
        Option<int> threads = CommonOptions.Threads();
        Option<FileInfo> json = new("--json") { Description = "File for the result.", Required = true };
        var command = new Command("train", "Trains in this process and tells its memory.") { network, variant, side, threads, json };
        command.Hidden = true;
        command.SetAction(parsed => Run(
            BenchmarkNetworks.Find(parsed.GetRequiredValue(network), Variant.Named(parsed.GetRequiredValue(variant))),
            Variant.Named(parsed.GetRequiredValue(variant)),
            parsed.GetRequiredValue(side), parsed.GetRequiredValue(threads), parsed.GetRequiredValue(json)));
        return command;
    }

    private static int Run(BenchmarkNetwork network, Variant variant, string side, int threads, FileInfo json)
    {
        Workload workload = Workload.Synthetic(network.Description.Input, CommonOptions.Batch, threads);
        try
        {
            if (side == Peer) TorchLibrary.Load(threads);
            double start = MemoryUse.Peak();
            if (side == Peer) TrainPeer(network, variant, workload);
            else TrainOurs(network, workload);
            ResultFile.Write(json.FullName, [new MemoryUse(side, variant.Name, start, MemoryUse.Peak())]);
            return 0;
        }
        catch (ContestException exception)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]{exception.Message}[/]");
            return 1;
        }
    }

    private static void TrainOurs(BenchmarkNetwork network, Workload workload)
    {
        using NeuralNetwork ours = network.Create(1, workload.Batch, workload.Threads);
        foreach (NoiseSite site in ours.Noise) site.Sigma = Training.Sigma;
        var adam = new Adam(Training.LearningRate);
        for (int step = 0; step < Steps; step++) ours.TrainStep(workload.Images, workload.Labels, adam);
    }

    // Its weights stay zero: what a step keeps does not depend on them.
    private static void TrainPeer(BenchmarkNetwork network, Variant variant, Workload workload)
    {
        using var peer = new TorchNetwork(network.Description, variant, workload);
        for (int site = 0; site < network.Description.NoiseSites.Length; site++) peer.SetSigma(site, Training.Sigma);
        for (int step = 0; step < Steps; step++) peer.TrainStep();
    }
}
