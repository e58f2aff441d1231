using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using NoiseGen.Benchmarks.Networks;

namespace NoiseGen.Benchmarks.Startup;

/// <summary>Times of a fresh process, in milliseconds.</summary>
/// <param name="Construction"><c>new ResNet18()</c>: memory, initial weights, threads.</param>
/// <param name="Step">The first training step.</param>
/// <param name="Compilation">What the JIT took of both, on all threads; 0 in a native program.</param>
/// <param name="NextStep">The third training step: what is left when all is compiled and all memory touched.</param>
internal sealed record FirstStep(double Construction, double Step, double Compilation, double NextStep)
{
    private const int Batch = 128, Classes = 10;

    /// <summary>From the construction's start to the first step's end.</summary>
    public double Total => Construction + Step;

    /// <summary>Measures in this process, which must be fresh.</summary>
    public static FirstStep Measure(int threads)
    {
        var random = new Random(1);
        var images = new float[Batch * 3 * 32 * 32];
        foreach (ref float value in images.AsSpan()) value = random.NextSingle() - 0.5f;
        int[] labels = [.. Enumerable.Range(0, Batch).Select(_ => random.Next(Classes))];

        TimeSpan compiled = JitInfo.GetCompilationTime();
        long start = Stopwatch.GetTimestamp();
        using var network = new ResNet18Clean(seed: 1, Batch, threads);
        double construction = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var adam = new Adam(1e-3f);
        double first = Milliseconds(() => network.TrainStep(images, labels, adam));
        double compilation = (JitInfo.GetCompilationTime() - compiled).TotalMilliseconds;
        network.TrainStep(images, labels, adam);
        double next = Milliseconds(() => network.TrainStep(images, labels, adam));
        return new FirstStep(construction, first, compilation, next);
    }

    /// <summary>One line.</summary>
    public override string ToString() => string.Join(' ', new[] { Construction, Step, Compilation, NextStep }.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static FirstStep Parse(string line)
    {
        double[] values = [.. line.Split(' ').Select(value => double.Parse(value, CultureInfo.InvariantCulture))];
        return new FirstStep(values[0], values[1], values[2], values[3]);
    }

    private static double Milliseconds(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
