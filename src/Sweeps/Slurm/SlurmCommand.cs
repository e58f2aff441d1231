using System.ComponentModel;
using System.Diagnostics;

namespace NoiseGen.Sweeps.Slurm;

/// <summary>A command of SLURM.</summary>
internal static class SlurmCommand
{
    /// <summary>Runs it, and gives its output.</summary>
    /// <exception cref="IOException">There is none, or it failed: with what it said.</exception>
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
            throw new IOException($"{command} cannot be started ({missing.Message}): is this a machine of a cluster with SLURM?", missing);
        }
    }
}
