using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Harden;

namespace NoiseGen.Tests;

/// <summary>The built program, as a process of its own, and the signals that it is sent.</summary>
internal static class HardenProgram
{
    // As POSIX and Linux number them.
    public const int Interrupt = 2, Terminate = 15, Continue = 18, Stop = 19;

    /// <summary>The command that starts it, before its own arguments.</summary>
    public static string[] Command =>
        [Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", typeof(Settings).Assembly.Location];

    /// <summary>Starts it.</summary>
    public static Process Start(IEnumerable<string> arguments) => Start(Command, arguments);

    /// <summary>Runs it to its end.</summary>
    public static (int Code, string Output, string Error) Run(IEnumerable<string> arguments) => End(Start(arguments));

    /// <summary>Starts any program.</summary>
    public static Process Start(string[] command, IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo(command[0], [.. command[1..], .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    /// <summary>Waits until it has ended.</summary>
    public static (int Code, string Output, string Error) End(Process process)
    {
        using (process)
        {
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, error.Result);
        }
    }

    /// <summary>Sends a signal at once: a program that does so may come too late.</summary>
    public static void Signal(Process process, int signal) => Assert.Equal(0, Kill(process.Id, signal));

    /// <summary>
    /// Whether this process ignores a signal: what a shell starts in the background ignores Ctrl-C, and so does what that starts.
    /// </summary>
    public static bool IsIgnored(int signal)
    {
        const string Ignored = "SigIgn:";
        if (!OperatingSystem.IsLinux()) return false;
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(Ignored, StringComparison.Ordinal));
        ulong signals = ulong.Parse(line.AsSpan(Ignored.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (signals >> (signal - 1) & 1) == 1;
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
