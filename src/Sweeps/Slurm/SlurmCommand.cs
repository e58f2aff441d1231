using System.ComponentModel;
using System.Diagnostics;

namespace NoiseGen.Sweeps.Slurm;

/// <summary>A SLURM command.</summary>
internal static class SlurmCommand
{
    /// <summary>Runs it and returns its output.</summary>
    /// <exception cref="IOException">It does not exist, or it failed; the message has its output.</exception>
    public static string Run(string command, params IEnumerable<string> arguments)
    {
        try
        {
            using Process process = Process.Start(
                new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : throw new IOException($"{command} failed: {error.Result.Trim()}");
        }
        catch (Win32Exception missing)
        {
            throw new IOException($"{command} cannot be started ({missing.Message}): is this a machine with SLURM?", missing);
        }
    }
}
