using System.Diagnostics;

namespace NoiseGen.Tests;

/// <summary>
/// The built program, interrupted by signals: it stops behind a whole step,
/// and the same command ends with the files of a run that nobody interrupted.
/// </summary>
public sealed class InterruptionTests : IDisposable
{
    private static readonly string[] s_files =
        ["results.csv", "clean.safetensors", "quantized.safetensors", "noisy.safetensors", "quantized-and-noisy.safetensors"];

    private readonly string _folder = Directory.CreateTempSubdirectory("harden").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SignalFact]
    public void An_interrupted_run_goes_on_and_ends_with_the_same_files()
    {
        Assert.Equal(0, Run("whole", "3").Code);

        int signal = HardenProgram.IsIgnored(HardenProgram.Interrupt) ? HardenProgram.Terminate : HardenProgram.Interrupt;
        (int code, string output, string error) = Run("stopped", "3", signal, "clean");
        Assert.Equal(signal == HardenProgram.Interrupt ? 130 : 75, code);
        Assert.Equal("Interrupted after a whole step. The same command continues from there.", error.Trim());
        Assert.False(File.Exists(At("stopped", "results.csv")));
        Assert.True(File.Exists(At("stopped", "unfinished", "clean.safetensors")));

        (code, _, error) = Run("stopped", "2");
        Assert.Equal(1, code);
        Assert.Contains("other arguments: --network mlp --data digits --epochs 3", error);

        (code, output, error) = Run("stopped", "3", HardenProgram.Terminate, "quantized");
        Assert.Equal(75, code);
        Assert.DoesNotContain("epoch 1/3", output.Split('\n')[0]); // of the clean training, which went on
        Assert.Contains("The same command continues from there", error);

        Assert.Contains("resumed at epoch", output);

        (code, output, _) = Run("stopped", "3");
        Assert.Equal(0, code);
        Assert.Contains("was trained before", output);
        Assert.DoesNotContain(
            output.Split('\n'), line => line.StartsWith("clean ", StringComparison.Ordinal)
                && line.Contains("epoch", StringComparison.Ordinal));
        Assert.All(s_files, file => Assert.Equal(File.ReadAllBytes(At("whole", file)), File.ReadAllBytes(At("stopped", file))));
        Assert.False(Directory.Exists(At("stopped", "unfinished")));
    }

    private string At(params ReadOnlySpan<string> names) => Path.Combine([_folder, .. names]);

    /// <summary>Runs the program, and sends it a signal once it has written of a variant's first epoch.</summary>
    private (int Code, string Output, string Error) Run(string folder, string epochs, int signal = 0, string? variant = null)
    {
        string[] arguments = ["--network", "mlp", "--epochs", epochs, "--repeats", "1", "--batch", "256", "--out", At(folder)];
        using Process process = HardenProgram.Start(arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        var output = new List<string>();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            output.Add(line);
            if (signal == 0 || !line.StartsWith(variant + " ", StringComparison.Ordinal)
                || !line.Contains("epoch 1/", StringComparison.Ordinal))
                continue;
            HardenProgram.Signal(process, signal);
            signal = 0;
        }

        process.WaitForExit();
        return (process.ExitCode, string.Join('\n', output), error.Result);
    }
}
