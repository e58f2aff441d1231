using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen.Benchmarks.Limits;

/// <summary>How many floating-point operations a second the processor can do at best: fused multiply-adds that wait for nothing.</summary>
internal static class FmaPeak
{
    private const int Iterations = 400_000; // 1 to 2 ms a run: a busy machine leaves some runs whole
    private const int Runs = 150;
    private const int Sums = 12;

    /// <summary>The best of several runs, in GFLOP/s over all threads.</summary>
    public static double Measure(int threads)
    {
        var sums = new float[threads];
        double seconds = SimultaneousRuns.Best(
            threads, Runs, thread => sums[thread] = Vector512.IsHardwareAccelerated ? Wide(Iterations) : Narrow(Iterations));
        if (sums.Any(float.IsNaN)) throw new InvalidOperationException("The sums of the multiply-adds are not numbers.");
        int width = Vector512.IsHardwareAccelerated ? Vector512<float>.Count : Vector256<float>.Count;
        return 2.0 * Sums * width * threads * Iterations / seconds / 1e9;
    }

    // Twelve sums hide a latency of four to five cycles on two ports, and leave registers for the factors (sixteen with AVX2).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Wide(int iterations)
    {
        Vector512<float> x = Vector512.Create(0.5f), y = Vector512.Create(0.25f);
        Vector512<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int n = 0; n < iterations; n++)
        {
            a = Vector512.FusedMultiplyAdd(a, x, y);
            b = Vector512.FusedMultiplyAdd(b, x, y);
            c = Vector512.FusedMultiplyAdd(c, x, y);
            d = Vector512.FusedMultiplyAdd(d, x, y);
            e = Vector512.FusedMultiplyAdd(e, x, y);
            f = Vector512.FusedMultiplyAdd(f, x, y);
            g = Vector512.FusedMultiplyAdd(g, x, y);
            h = Vector512.FusedMultiplyAdd(h, x, y);
            i = Vector512.FusedMultiplyAdd(i, x, y);
            j = Vector512.FusedMultiplyAdd(j, x, y);
            k = Vector512.FusedMultiplyAdd(k, x, y);
            l = Vector512.FusedMultiplyAdd(l, x, y);
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Narrow(int iterations)
    {
        Vector256<float> x = Vector256.Create(0.5f), y = Vector256.Create(0.25f);
        Vector256<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int n = 0; n < iterations; n++)
        {
            a = Vector256.FusedMultiplyAdd(a, x, y);
            b = Vector256.FusedMultiplyAdd(b, x, y);
            c = Vector256.FusedMultiplyAdd(c, x, y);
            d = Vector256.FusedMultiplyAdd(d, x, y);
            e = Vector256.FusedMultiplyAdd(e, x, y);
            f = Vector256.FusedMultiplyAdd(f, x, y);
            g = Vector256.FusedMultiplyAdd(g, x, y);
            h = Vector256.FusedMultiplyAdd(h, x, y);
            i = Vector256.FusedMultiplyAdd(i, x, y);
            j = Vector256.FusedMultiplyAdd(j, x, y);
            k = Vector256.FusedMultiplyAdd(k, x, y);
            l = Vector256.FusedMultiplyAdd(l, x, y);
        }

        return Vector256.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }
}
