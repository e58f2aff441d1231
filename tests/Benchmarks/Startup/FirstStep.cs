using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using NoiseGen.Benchmarks.Networks;

namespace NoiseGen.Benchmarks.Startup;

/// <summary>Milliseconds by the clock, and of the processor: all threads of the process, the JIT's own included.</summary>
/// <param name="Clock">By the clock.</param>
/// <param name="Processor">Of the processor.</param>
internal readonly record struct Duration(double Clock, double Processor)
{
    public static Duration operator +(Duration left, Duration right) => new(left.Clock + right.Clock, left.Processor + right.Processor);

    /// <summary>Times an action.</summary>
    public static Duration Of(Action action)
    {
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        action();
        return new Duration(
            Stopwatch.GetElapsedTime(start).TotalMilliseconds, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds);
    }
}

/// <summary>The times of a fresh process.</summary>
/// <param name="Construction"><c>new ResNet18()</c>: memory, initial weights, threads.</param>
/// <param name="Step">The first training step.</param>
/// <param name="Compilation">What the JIT took of both, on all threads; nothing in a native program.</param>
/// <param name="ThirdStep">The third training step: what is left when all is compiled and all memory touched.</param>
internal sealed record FirstStep(Duration Construction, Duration Step, Duration Compilation, Duration ThirdStep)
{
    private const int Batch = 128, Classes = 10;

    /// <summary>From the construction's start to the first step's end.</summary>
    public Duration Total => Construction + Step;

    /// <summary>Measures in this process, which must be fresh.</summary>
    public static FirstStep Measure(int threads)
    {
        var random = new Random(1);
        var images = new float[Batch * 3 * 32 * 32];
        foreach (ref float value in images.AsSpan()) value = random.NextSingle() - 0.5f;
        int[] labels = [.. Enumerable.Range(0, Batch).Select(_ => random.Next(Classes))];

        TimeSpan compiled = JitInfo.GetCompilationTime();
        ResNet18Clean? network = null;
        Duration construction = Duration.Of(() => network = new ResNet18Clean(seed: 1, Batch, threads));
        var adam = new Adam(1e-3f);
        void Step() => network!.TrainStep(images, labels, adam);
        Duration first = Duration.Of(Step);
        double compilation = (JitInfo.GetCompilationTime() - compiled).TotalMilliseconds;
        Step();
        Duration third = Duration.Of(Step);
        network!.Dispose();
        return new FirstStep(construction, first, new Duration(compilation, double.NaN), third);
    }

    /// <summary>One line.</summary>
    public override string ToString() => string.Join(' ', new[] { Construction, Step, Compilation, ThirdStep }
        .SelectMany(span => new[] { span.Clock, span.Processor }).Select(value => value.ToString("R", CultureInfo.InvariantCulture)));

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static FirstStep Parse(string line)
    {
        double[] values = [.. line.Split(' ').Select(value => double.Parse(value, CultureInfo.InvariantCulture))];
        Duration At(int index) => new(values[2 * index], values[2 * index + 1]);
        return new FirstStep(At(0), At(1), At(2), At(3));
    }
}
