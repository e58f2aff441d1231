extern alias Generator;

using Generator::NoiseGen.Generator.Planning;

namespace NoiseGen.Tests.RandomNetworks.Declarations;

/// <summary>
/// Draws the planner's thresholds, so that small networks go the ways of large ones:
/// outputs computed a second time, strips of one row, transforms of a few channels, outer products and weights that are packed, or not.
/// </summary>
internal static class ThresholdDraw
{
    /// <summary>Thresholds for a network; those of every user for a third of them.</summary>
    public static Thresholds Draw(Random random)
    {
        if (random.Next(3) == 0) return Thresholds.Default;
        T Either<T>(T usual, T other) => random.Next(2) == 0 ? usual : other;
        Thresholds usual = Thresholds.Default;
        return new()
        {
            LeastRecomputed = Either(usual.LeastRecomputed, 0),
            SharedStrip = Either(usual.SharedStrip, 1),
            OuterStrip = Either(usual.OuterStrip, 1),
            NarrowStrip = Either(usual.NarrowStrip, 1),
            FewestOuterInputs = Either(usual.FewestOuterInputs, 1),
            MostMatrixInputs = Either(usual.MostMatrixInputs, 0),
            FewestWinogradChannels = Either(usual.FewestWinogradChannels, 1),
            WinogradInputs = Either(usual.WinogradInputs, 1),
            WinogradGradients = Either(usual.WinogradGradients, 1),
        };
    }

    /// <summary>Thresholds of which one more is that of every user.</summary>
    public static IEnumerable<Thresholds> Simpler(Thresholds thresholds)
    {
        Thresholds usual = Thresholds.Default;
        yield return usual;
        yield return thresholds with { LeastRecomputed = usual.LeastRecomputed };
        yield return thresholds with { SharedStrip = usual.SharedStrip };
        yield return thresholds with { OuterStrip = usual.OuterStrip };
        yield return thresholds with { NarrowStrip = usual.NarrowStrip };
        yield return thresholds with { FewestOuterInputs = usual.FewestOuterInputs };
        yield return thresholds with { MostMatrixInputs = usual.MostMatrixInputs };
        yield return thresholds with { FewestWinogradChannels = usual.FewestWinogradChannels };
        yield return thresholds with { WinogradInputs = usual.WinogradInputs };
        yield return thresholds with { WinogradGradients = usual.WinogradGradients };
    }
}
