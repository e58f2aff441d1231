using System.Collections.Immutable;

namespace NoiseGen;

/// <summary>Noise levels to measure at.</summary>
public static class SigmaGrid
{
    /// <summary>Seventeen levels from 0.01 to 100, four to a decade: 10^(−2 + k/4) (the grid of the authors of arXiv 2501.14531).</summary>
    public static ImmutableArray<float> Default { get; } = LogUniform(1e-2f, 1e2f, 17);

    /// <summary>Levels at equal distances in log σ, both ends included.</summary>
    /// <param name="first">The first level, finite, above 0.</param>
    /// <param name="last">The last level, finite, above <paramref name="first"/>.</param>
    /// <param name="count">Number of levels, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is not allowed.</exception>
    public static ImmutableArray<float> LogUniform(float first, float last, int count)
    {
        if (!Setting.IsPositive(first))
            throw new ArgumentOutOfRangeException(nameof(first), first, "The first level is a finite number above 0.");
        if (!(last > first) || !float.IsFinite(last))
            throw new ArgumentOutOfRangeException(nameof(last), last, $"The last level is a finite number above the first, {first}.");
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);

        double decades = Math.Log10((double)last / first);
        return
        [
            first,
            .. Enumerable.Range(1, count - 2).Select(k => (float)(first * Math.Pow(10, decades * k / (count - 1)))),
            last,
        ];
    }
}
