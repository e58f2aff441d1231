using System.Diagnostics;

namespace NoiseGen.Benchmarks.Commands;

/// <summary>This program again, in a process of its own: with its own environment, its own memory.</summary>
internal static class OwnProcess
{
    /// <summary>Runs a command that writes its results to a file.</summary>
    /// <typeparam name="TResult">What one result is.</typeparam>
    /// <param name="variables">Environment variables beside this process's.</param>
    /// <param name="arguments">The command and its options but for <c>--json</c>.</param>
    /// <returns>Null where it failed; it has said why.</returns>
    public static IReadOnlyList<TResult>? Run<TResult>(IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        string file = Path.GetTempFileName();
        try
        {
            ProcessStartInfo start = StartInfo([.. arguments, "--json", file]);
            foreach ((string name, string value) in variables) start.Environment[name] = value;
            using Process child = Process.Start(start)!;
            child.WaitForExit();
            return child.ExitCode == 0 ? ResultFile.Read<TResult>(file) : null;
        }
        finally
        {
            File.Delete(file);
        }
    }

    // By its own executable, or by dotnet where it was started so.
    private static ProcessStartInfo StartInfo(IEnumerable<string> arguments)
    {
        string executable = Environment.ProcessPath!;
        bool isDotnet = Path.GetFileNameWithoutExtension(executable).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return new ProcessStartInfo(executable, isDotnet ? arguments.Prepend(typeof(OwnProcess).Assembly.Location) : arguments);
    }
}
