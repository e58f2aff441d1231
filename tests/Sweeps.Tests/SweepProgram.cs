using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace NoiseGen.Sweeps.Tests;

/// <summary>The test assembly as a program that runs a sweep, in a separate folder.</summary>
internal sealed class SweepProgram : IDisposable
{
    // The numbers in POSIX and Linux.
    public const int UserDefined1 = 10, Terminate = 15, Continue = 18, Stop = 19;

    private readonly Dictionary<string, string> _settings = [];

    /// <summary>The folder; its path is short because sockets and prefixes of jobs' files are in it.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("sw").FullName;

    public string Out => Path.Combine(Folder, "out");

    public string Cells => Path.Combine(Out, "sweep.cells");

    public string Merged => Path.Combine(Out, "sweep.csv");

    /// <summary>Sets an environment variable of the started programs.</summary>
    public SweepProgram With(string name, object value)
    {
        _settings[name] = FormattableString.Invariant($"{value}");
        return this;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Runs it until it ends.</summary>
    public (int Code, string Output, string Error) Run(params string[] arguments) => End(Start(arguments));

    /// <summary>Starts it.</summary>
    public Process Start(params string[] arguments)
    {
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(host, [typeof(SweepProgram).Assembly.Location, .. arguments, "--out", Out])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
        };
        foreach ((string name, string value) in _settings) start.Environment[name] = value;
        return Process.Start(start)!;
    }

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

    /// <summary>Sends a signal to a process that has to be running.</summary>
    public static void Signal(int process, int signal) => Assert.True(TrySignal(process, signal), $"Process {process} has ended.");

    /// <summary>Sends a signal; false if the process has ended.</summary>
    public static bool TrySignal(int process, int signal) => Kill(process, signal) == 0;

    /// <summary>Kills a process; false if it has ended.</summary>
    public static bool TryKill(int process) => process > 0 && TrySignal(process, 9);

    /// <summary>Waits for a file in the cells' folder.</summary>
    /// <param name="pattern">The pattern of its name.</param>
    public string WaitFor(string pattern)
    {
        string? found = null;
        bool IsThere()
        {
            found = Directory.Exists(Cells) ? Directory.EnumerateFiles(Cells, pattern, SearchOption.AllDirectories).FirstOrDefault() : null;
            return found is not null;
        }

        Assert.True(SpinWait.SpinUntil(IsThere, TimeSpan.FromMinutes(2)), $"There is no {pattern} in {Cells}.");
        return found!;
    }

    /// <summary>The processes that hold cells.</summary>
    public int[] Holders() => [.. Directory.EnumerateFiles(Cells, "*.lock").Select(HolderOf).OfType<int>()];

    /// <summary>Names in the cells' folder, without the log and the files of submissions.</summary>
    public string[] Names() => [.. Directory.EnumerateFileSystemEntries(Cells).Select(path => Path.GetFileName(path))
        .Where(name => name is not ("log" or "jobs.txt" or "submit.sh") && !name.StartsWith("tasks-", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)];

    /// <summary>The process that holds a cell; null for none.</summary>
    public static int? HolderOf(string path) =>
        Text(path) is { } text && Regex.Match(text, @"^process: (\d+)$", RegexOptions.Multiline) is { Success: true } match
            ? int.Parse(match.Groups[1].Value)
            : null;

    /// <summary>The text of a lock; null if it was released in the meantime.</summary>
    public static string? Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
