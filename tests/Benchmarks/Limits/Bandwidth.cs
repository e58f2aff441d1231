using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NoiseGen.CompilerServices;

namespace NoiseGen.Benchmarks.Limits;

/// <summary>Where data lies.</summary>
internal enum MemoryLevel
{
    L2,
    L3,
    Dram,
}

/// <summary>What is done with it: read, written, or read and written back in place.</summary>
internal enum Transfer
{
    Read,
    Write,
    ReadWrite,
}

/// <summary>
/// How fast plain loops over vectors read and write memory, in bytes a second over all threads: read and written bytes count once each.
/// </summary>
internal sealed class Bandwidth
{
    private const int Runs = 40;

    // Half a millisecond at 50 GB/s: far longer than a start, short enough for a busy machine to leave some runs whole.
    private const long BytesOfRun = 24L << 20;

    private readonly Dictionary<(MemoryLevel, Transfer), double> _rates = [];

    private Bandwidth()
    {
    }

    /// <summary>Bytes a second.</summary>
    public double this[MemoryLevel level, Transfer transfer] => _rates[(level, transfer)];

    /// <summary>
    /// Measures all levels: half of the second level for each thread, half of the third and four times the third for all of them together.
    /// </summary>
    public static Bandwidth Measure(int threads)
    {
        var bandwidth = new Bandwidth();
        Caches caches = Caches.Current;
        foreach ((MemoryLevel level, long bytes) in new[]
        {
            (MemoryLevel.L2, caches.SecondLevel / 2), (MemoryLevel.L3, caches.ThirdLevel / 2 / threads),
            (MemoryLevel.Dram, caches.ThirdLevel * 4 / threads),
        })
        {
            Arena[] memory = [.. Enumerable.Range(0, threads).Select(_ => new Arena((int)(bytes / sizeof(float)) / 64 * 64))];
            // Memory that nothing was written to is one page of zeros, which is read from the first-level cache.
            foreach (Arena arena in memory) arena.Span(0, arena.Length).Fill(1f);
            foreach (Transfer transfer in Enum.GetValues<Transfer>()) bandwidth._rates[(level, transfer)] = Measure(memory, transfer);
        }

        return bandwidth;
    }

    private static double Measure(Arena[] memory, Transfer transfer)
    {
        long bytes = (long)memory[0].Length * sizeof(float);
        int passes = (int)Math.Max(1, BytesOfRun / bytes);
        var sums = new float[memory.Length];
        double seconds = SimultaneousRuns.Best(memory.Length, Runs, thread =>
        {
            ref float start = ref memory[thread].At(0);
            int length = memory[thread].Length;
            for (int pass = 0; pass < passes; pass++)
            {
                if (transfer == Transfer.Read) sums[thread] += Read(ref start, length);
                else if (transfer == Transfer.Write) Write(ref start, length, pass);
                else Scale(ref start, length);
            }
        });
        int directions = transfer == Transfer.ReadWrite ? 2 : 1;
        return (double)bytes * passes * directions * memory.Length / seconds;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Read(ref float start, int length)
    {
        Vector512<float> a = default, b = default, c = default, d = default;
        for (nint i = 0; i < length; i += 64)
        {
            a += Vector512.LoadUnsafe(ref start, (nuint)i);
            b += Vector512.LoadUnsafe(ref start, (nuint)i + 16);
            c += Vector512.LoadUnsafe(ref start, (nuint)i + 32);
            d += Vector512.LoadUnsafe(ref start, (nuint)i + 48);
        }

        return Vector512.Sum(a + b + c + d);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Write(ref float start, int length, float value)
    {
        Vector512<float> values = Vector512.Create(value);
        for (nint i = 0; i < length; i += 64)
        {
            values.StoreUnsafe(ref start, (nuint)i);
            values.StoreUnsafe(ref start, (nuint)i + 16);
            values.StoreUnsafe(ref start, (nuint)i + 32);
            values.StoreUnsafe(ref start, (nuint)i + 48);
        }
    }

    // By −1, so that values neither vanish nor grow.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scale(ref float start, int length)
    {
        Vector512<float> factor = Vector512.Create(-1f);
        for (nint i = 0; i < length; i += 64)
        {
            (Vector512.LoadUnsafe(ref start, (nuint)i) * factor).StoreUnsafe(ref start, (nuint)i);
            (Vector512.LoadUnsafe(ref start, (nuint)i + 16) * factor).StoreUnsafe(ref start, (nuint)i + 16);
            (Vector512.LoadUnsafe(ref start, (nuint)i + 32) * factor).StoreUnsafe(ref start, (nuint)i + 32);
            (Vector512.LoadUnsafe(ref start, (nuint)i + 48) * factor).StoreUnsafe(ref start, (nuint)i + 48);
        }
    }
}
