using NoiseGen.Tests.RandomNetworks.Agreement;
using NoiseGen.Tests.RandomNetworks.Declarations;
using NoiseGen.Tests.RandomNetworks.Shrinking;

namespace NoiseGen.Tests.RandomNetworks;

/// <summary>
/// Networks that nobody thought of, against the oracle. The seeds are fixed; NOISEGEN_RANDOM_FIRST and NOISEGEN_RANDOM_COUNT ask for others
/// and for more. What fails is made smaller and printed as a declaration that can be pasted into a test.
/// </summary>
public class RandomNetworkTests
{
    // One compilation holds this many.
    private const int AtOnce = 25;

    // Drawn beside them, in place of those about which nothing can be said: more than these would be too many.
    private const int Spares = 3;

    // Of one compilation; every one takes half a minute.
    private const int MostShrunk = 1;

    private const int SpareSeeds = 1_000_000;

    public static TheoryData<int, int> Seeds
    {
        get
        {
            int first = Variable("NOISEGEN_RANDOM_FIRST", 1);
            int count = Variable("NOISEGEN_RANDOM_COUNT", 200);
            var seeds = new TheoryData<int, int>();
            for (int seed = first; seed < first + count; seed += AtOnce) seeds.Add(seed, Math.Min(AtOnce, first + count - seed));
            return seeds;
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void AgreeWithTheOracle(int first, int count)
    {
        IEnumerable<int> spares = Enumerable.Range(SpareSeeds + first, Spares);
        NetworkModel[] networks = [.. Enumerable.Range(first, count).Concat(spares).Select(seed => NetworkDraw.Draw(seed, Feature.All))];
        Assert.All(networks, network => Assert.True(Shapes.IsValid(network), SourceText.Of(network, "Invalid")));

        Failure?[] failures = Trial.Run(networks);

        int[] unsaid = [.. Enumerable.Range(0, networks.Length).Where(i => failures[i] is { Kind: FailureKind.TooFine })];
        Assert.True(
            unsaid.Length <= Spares,
            $"{unsaid.Length} of {networks.Length} "
                + $"networks are too fine to be compared: {string.Join(", ", unsaid.Select(i => networks[i].Name))}.");
        int[] failed = [.. Enumerable.Range(0, networks.Length).Where(i => failures[i] is not null).Except(unsaid)];
        if (failed.Length == 0) return;
        string shrunk = string.Join("\n\n", failed.Take(MostShrunk).Select(i => Report(networks[i], failures[i]!)));
        Assert.Fail(
            $"{failed.Length} of {networks.Length} networks differ: "
                + string.Join("", failed.Select(i => $"\n{networks[i].Name}: {failures[i]!.Text.Split('\n')[0]}")) + $"\n\n{shrunk}");
    }

    private static string Report(NetworkModel network, Failure failure)
    {
        (NetworkModel smallest, Failure remaining) = Shrinker.Shrink(network, failure);
        string bits = smallest.BitsSeed is { } seed ? $", with bits drawn from {seed}" : "";
        return $"""
            {network.Name}: {failure.Text}
            As a smaller declaration, with batches of {smallest.Batch}, planned with {smallest.Thresholds}{bits}: {remaining.Text}

            {SourceText.Of(smallest, "Shrunk")}
            """;
    }

    private static int Variable(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out int value) ? value : otherwise;
}
