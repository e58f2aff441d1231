using System.Diagnostics;
using NoiseGen.Benchmarks.Contest;

namespace NoiseGen.Benchmarks.Commands;

/// <summary>Environment variables in which TorchSharp is measured.</summary>
/// <param name="Name">Name in tables.</param>
/// <param name="Variables">What is set beside the parent's environment.</param>
internal sealed record TorchEnvironment(string Name, IReadOnlyDictionary<string, string> Variables)
{
    /// <summary>
    /// The default allocator, and glibc's told to keep what it has: by default it gives large outputs back to the system after every operation, and
    /// the next one pays for the page faults. OpenMP's threads are bound to processors in both.
    /// </summary>
    public static IReadOnlyList<TorchEnvironment> All { get; } =
    [
        new("default malloc", new Dictionary<string, string> { ["OMP_PROC_BIND"] = "true", ["GLIBC_TUNABLES"] = "" }),
        new("tuned malloc", new Dictionary<string, string>
        {
            ["OMP_PROC_BIND"] = "true",
            ["GLIBC_TUNABLES"] = "glibc.malloc.hugetlb=1:glibc.malloc.trim_threshold=4000000000:glibc.malloc.mmap_threshold=4000000000"
                + ":glibc.malloc.top_pad=268435456",
        }),
    ];

    /// <summary>Measures in a child process.</summary>
    /// <returns>Null where the child failed; it has said why.</returns>
    public IReadOnlyList<Result>? Measure(string network, int threads)
    {
        string file = Path.GetTempFileName();
        try
        {
            using Process child = Process.Start(Child("measure", "--network", network, "--threads", $"{threads}", "--json", file))!;
            child.WaitForExit();
            return child.ExitCode == 0 ? ResultFile.Read(file) : null;
        }
        finally
        {
            File.Delete(file);
        }
    }

    // This program again: by its own executable, or by dotnet where it was started so.
    private ProcessStartInfo Child(params string[] arguments)
    {
        string executable = Environment.ProcessPath!;
        bool isDotnet = Path.GetFileNameWithoutExtension(executable).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(executable, isDotnet ? [typeof(TorchEnvironment).Assembly.Location, .. arguments] : arguments);
        foreach ((string name, string value) in Variables) start.Environment[name] = value;
        return start;
    }
}
