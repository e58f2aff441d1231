using System.CommandLine;
using NoiseGen.Benchmarks.Contest;
using NoiseGen.Benchmarks.Networks;
using NoiseGen.Benchmarks.Peer;
using Spectre.Console;

namespace NoiseGen.Benchmarks.Commands;

/// <summary>
/// <c>verify</c>: the same weights and data through TorchSharp, in double precision,
/// give the same logits and gradients at full size, clean and with 8 bits.
/// </summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        Option<string?> network = new("--network") { Description = "The network to verify; all of them when not given." };
        network.AcceptOnlyFromAmong(BenchmarkNetworks.Names);
        var command = new Command("verify", "Compares logits and gradients with TorchSharp's, from the same weights and data.") { network };
        command.SetAction(parsed => Run(parsed.GetValue(network) is { } one ? [one] : BenchmarkNetworks.Names));
        return command;
    }

    private static int Run(string[] networks)
    {
        var verification = new Verification();
        try
        {
            TorchLibrary.Load(Environment.ProcessorCount);
            foreach (string network in networks) verification.Of(network);
        }
        catch (ContestException exception)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]{exception.Message}[/]");
            return 1;
        }

        AnsiConsole.Write(verification.Table);
        AnsiConsole.MarkupLineInterpolated($"Allowed is {Verification.Allowed} of each tensor's largest value;");
        AnsiConsole.WriteLine("of a gradient that is zero by cancellation, of the network's largest.");
        AnsiConsole.WriteLine(
            "Kink distance: how near the images come to a rounding boundary (in steps) or a ReLU's zero; the best of several draws.");
        return verification.Failed ? 1 : 0;
    }
}
