using System.Diagnostics;
using NoiseGen.Tests.RandomNetworks.Agreement;
using NoiseGen.Tests.RandomNetworks.Declarations;

namespace NoiseGen.Tests.RandomNetworks.Shrinking;

/// <summary>Makes a failing declaration smaller for as long as it keeps failing.</summary>
internal static class Shrinker
{
    // Candidates are compiled together, for a compilation of one takes nearly as long.
    private const int AtOnce = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The smallest declaration found that still fails in the same way, and how it fails.</summary>
    public static (NetworkModel Network, Failure Failure) Shrink(NetworkModel network, Failure failure)
    {
        var clock = Stopwatch.StartNew();
        Failure original = failure;
        while (clock.Elapsed < Patience && FirstFailing(Simplifications.Of(network), original, clock) is { } smaller)
            (network, failure) = smaller;
        return (network, failure);
    }

    private static (NetworkModel Network, Failure Failure)? FirstFailing(
        IEnumerable<NetworkModel> candidates, Failure original, Stopwatch clock)
    {
        foreach (NetworkModel[] some in candidates.Where(Shapes.IsValid).Chunk(AtOnce))
        {
            if (clock.Elapsed > Patience) return null;
            Failure?[] failures = Trial.Run(some);
            int first = Array.FindIndex(failures, failure => failure?.Resembles(original) == true);
            if (first >= 0) return (some[first], failures[first]!);
        }

        return null;
    }
}
