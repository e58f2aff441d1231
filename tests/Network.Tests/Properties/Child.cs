using System.Diagnostics;
using System.Runtime;
using System.Runtime.Intrinsics.X86;

namespace NoiseGen.Tests.Properties;

/// <summary>Runs this assembly in a separate process, where instructions can be switched off and nothing else allocates.</summary>
internal static class Child
{
    public const string Fingerprint = "fingerprint";
    public const string Allocations = "allocations";
    public const string Training = "training";
    public const string Fault = "fault";

    // Two blocks, the second partial. Few images, since emulated multiply-adds take a hundred times as long.
    public const int FingerprintImages = 40;

    /// <summary>Runs a job and returns its output, line by line.</summary>
    public static string[] Run(IReadOnlyDictionary<string, string> environment, params string[] job)
    {
        using Process process = Start(environment, job);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"The child process failed: {errors.Result}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>Starts a job.</summary>
    public static Process Start(IReadOnlyDictionary<string, string> environment, params string[] job)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in (string[])["exec", typeof(Child).Assembly.Location, .. job]) start.ArgumentList.Add(argument);
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>What the child does.</summary>
    public static void Work(string[] job)
    {
        switch (job)
        {
            case [Fingerprint, string name]:
                PrintFingerprint(name);
                break;
            case [Allocations, string name, string threads]:
                PrintAllocations(name, int.Parse(threads));
                break;
            case [Training, string optimizer, string checkpoint]:
                Console.WriteLine(
                    ResumeTests.Train(checkpoint, ResumeTests.Make(optimizer), WorkSlowly, every: TimeSpan.FromMilliseconds(50)));
                break;
            case [KillRun.Training, string optimizer, string checkpoint]:
                KillRun.Train(optimizer, checkpoint);
                break;
            case [Fault, string name, string folder]:
                Faults.All[name](folder);
                // The kernel's thread ends some time after the one that was waited for.
                SpinWait.SpinUntil(() => CountThreads() == 0, TimeSpan.FromSeconds(20));
                Console.WriteLine($"{CountThreads()} threads left");
                break;
            default:
                throw new ArgumentException($"Unknown job '{string.Join(' ', job)}'.");
        }
    }

    // So that a kill meets it at work.
    private static void WorkSlowly(TrainingProgress progress)
    {
        Console.WriteLine($"epoch {progress.Epoch}, batch {progress.Batch}");
        Thread.Sleep(20);
    }

    // Those of networks. A thread's name lives in the kernel; elsewhere nobody knows it.
    private static int CountThreads() => !OperatingSystem.IsLinux() ? 0 : Directory.GetDirectories("/proc/self/task")
        .Count(task => NameOf(task).StartsWith("NoiseGen", StringComparison.Ordinal));

    private static string NameOf(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm"));
        }
        catch (IOException)
        {
            return ""; // it has ended
        }
    }

    private static void PrintFingerprint(string name)
    {
        Console.WriteLine($"AVX2 {Avx2.IsSupported}, AVX-512 {Avx512F.IsSupported}");
        Console.WriteLine($"Server GC {GCSettings.IsServerGC}");
        using var workload = new Workload(name, FingerprintImages);
        Console.WriteLine(workload.Fingerprint());
    }

    // Bytes that all threads together allocate in a hundred steps, after some steps that may load and compile code.
    private static void PrintAllocations(string name, int threads)
    {
        using var workload = new Workload(name, images: 80, threads);
        workload.Train(steps: 3);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        for (int step = 0; step < 100; step++) workload.Step();
        Console.WriteLine(GC.GetTotalAllocatedBytes(precise: true) - before);
    }
}
