using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace NoiseGen.Runtime.Tests.Lifetime;

/// <summary>Networks that are created, used and dropped, one after the other, and what remains of them. In a separate process.</summary>
internal static class Lifetimes
{
    /// <summary>How a network's life ends: by a call, or because it is no longer referenced.</summary>
    public const string Disposed = "disposed", Dropped = "dropped";

    // Some networks come first, so that the runtime has created its threads, files and memory by then.
    private const int First = 20;

    /// <summary>Creates networks and ends them.</summary>
    /// <returns>
    /// How many networks still exist, and the increase in threads of networks, handles, and KiB of the managed heap.
    /// </returns>
    public static string Live(string end, int count)
    {
        Repeat(end, First);
        (int threads, int handles, long memory) = Use();
        int alive = Repeat(end, count);
        (int threadsNow, int handlesNow, long memoryNow) = Use();
        long grown = (memoryNow - memory) / 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{alive} {threadsNow - threads} {handlesNow - handles} {grown}");
    }

    private static int Repeat(string end, int count)
    {
        var networks = new WeakReference[count];
        for (int i = 0; i < count; i++) networks[i] = LiveOnce(end, i);
        Collect();
        // A kernel thread ends some time after its managed thread.
        if (OperatingSystem.IsLinux()) SpinWait.SpinUntil(() => NetworkThreads() == 0, TimeSpan.FromSeconds(20));
        return networks.Count(network => network.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static WeakReference LiveOnce(string end, int number)
    {
        var network = new Tiny(seed: (ulong)number, batchSize: 64, threads: 3);
        network.Hidden.WeightNoise.TrainSigma = 0.1f; // each thread keeps a buffer for its random numbers
        float[] images = [.. Enumerable.Range(0, 64 * 8).Select(i => i % 7 / 7f)];
        int[] labels = [.. Enumerable.Range(0, 64).Select(i => i % 4)];
        network.TrainStep(images, labels, new Adam(1e-3f));
        network.Evaluate(images, labels);
        // Some end while their threads still spin, some long after they have gone to sleep.
        if (number % 50 == 0) Thread.Sleep(2);
        if (end == Disposed) network.Dispose();
        return new WeakReference(network);
    }

    public static void Collect()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private static (int Threads, int Handles, long Memory) Use() =>
        (NetworkThreads(), Handles(), GC.GetTotalMemory(forceFullCollection: true));

    // Linux's kernel knows a thread's name; on other systems all threads are counted.
    private static int NetworkThreads()
    {
        if (OperatingSystem.IsLinux())
            return Directory.GetDirectories("/proc/self/task").Count(task => NameOf(task).StartsWith("NoiseGen", StringComparison.Ordinal));
        using Process process = Process.GetCurrentProcess();
        return process.Threads.Count;
    }

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

    private static int Handles()
    {
        if (OperatingSystem.IsLinux()) return Directory.GetFileSystemEntries("/proc/self/fd").Length;
        using Process process = Process.GetCurrentProcess();
        return process.HandleCount;
    }
}
