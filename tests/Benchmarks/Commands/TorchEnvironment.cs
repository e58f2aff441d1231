using NoiseGen.Benchmarks.Contest;

namespace NoiseGen.Benchmarks.Commands;

/// <summary>Environment variables in which TorchSharp is measured.</summary>
/// <param name="Name">Name in tables.</param>
/// <param name="Variables">What is set beside the parent's environment.</param>
internal sealed record TorchEnvironment(string Name, IReadOnlyDictionary<string, string> Variables)
{
    /// <summary>glibc's allocator as it is.</summary>
    public static TorchEnvironment Default =>
        new("default malloc", new Dictionary<string, string> { ["OMP_PROC_BIND"] = "true", ["GLIBC_TUNABLES"] = "" });

    /// <summary>
    /// The default allocator, and glibc's told to keep what it has:
    /// by default it gives large outputs back to the system after every operation, and the next one pays for the page faults.
    /// OpenMP's threads are bound to processors in both.
    /// </summary>
    public static IReadOnlyList<TorchEnvironment> All { get; } =
    [
        Default,
        new("tuned malloc", new Dictionary<string, string>
        {
            ["OMP_PROC_BIND"] = "true",
            ["GLIBC_TUNABLES"] = "glibc.malloc.hugetlb=1:glibc.malloc.trim_threshold=4000000000:glibc.malloc.mmap_threshold=4000000000"
                + ":glibc.malloc.top_pad=268435456",
        }),
    ];

    /// <summary>Measures in a child process.</summary>
    /// <returns>Null where the child failed; it has said why.</returns>
    public IReadOnlyList<Result>? Measure(string network, int threads) =>
        OwnProcess.Run<Result>(Variables, "measure", "--network", network, "--threads", $"{threads}");
}
