using System.Collections.Immutable;

namespace NoiseGen;

/// <summary>Noise levels to measure at.</summary>
public static class SigmaGrid
{
    /// <summary>Seventeen levels from 0.01 to 100, four per decade: 10^(−2 + k/4) (the grid of the authors of arXiv 2501.14531).</summary>
    public static ImmutableArray<float> Default { get; } = LogUniform(1e-2f, 1e2f, 17);

    /// <summary>
    /// Thirteen levels from 0.1 % to 100 % of a site's range, four per decade: the default if all sites have <see cref="SigmaUnit.Range"/>.
    /// </summary>
    public static ImmutableArray<float> PercentOfRange { get; } = LogUniform(1e-3f, 1f, 13);

    /// <summary>
    /// Levels in percent of a site's range, for sites with <see cref="SigmaUnit.Range"/>: <c>Percent(1, 2, 5, 10)</c> is 0.01, 0.02, 0.05,
    /// 0.1.
    /// </summary>
    /// <param name="percents">Finite numbers above 0, at least one.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is not allowed.</exception>
    public static ImmutableArray<float> Percent(params ReadOnlySpan<double> percents)
    {
        if (percents.IsEmpty) throw new ArgumentException("There are no levels.", nameof(percents));
        var levels = ImmutableArray.CreateBuilder<float>(percents.Length);
        foreach (double percent in percents)
        {
            if (!Setting.IsPositive((float)percent))
                throw new ArgumentOutOfRangeException(nameof(percents), percent, "A level is a finite number of percent above 0.");
            levels.Add((float)(percent / 100));
        }

        return levels.ToImmutable();
    }

    /// <summary>The default levels of a sweep.</summary>
    internal static ImmutableArray<float> DefaultOf(NoiseSites sites) =>
        sites.Count > 0 && UnitOf(sites) == SigmaUnit.Range ? PercentOfRange : Default;

    /// <summary>The unit of a sigma that all sites are given; absolute if they differ.</summary>
    internal static SigmaUnit UnitOf(NoiseSites sites)
    {
        SigmaUnit[] units = [.. sites.Select(site => site.Description.Unit).Distinct()];
        return units.Length == 1 ? units[0] : SigmaUnit.Absolute;
    }

    /// <summary>A level as tables show it, such as 0.316, or 5 % of the range.</summary>
    internal static string Text(float sigma, SigmaUnit unit) =>
        unit == SigmaUnit.Range ? InvariantText.Of($"{100.0 * sigma:G3} %") : InvariantText.Of($"{sigma:G3}");

    /// <summary>Levels equally spaced in log σ, including both ends.</summary>
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
