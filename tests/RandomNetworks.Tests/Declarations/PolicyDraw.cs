namespace NoiseGen.Tests.RandomNetworks.Declarations;

/// <summary>Draws noise, quantizers and memory devices.</summary>
/// <param name="random">Draws noise and quantizers.</param>
/// <param name="devices">Draws devices, apart from the rest.</param>
internal sealed class PolicyDraw(Random random, Random devices)
{
    /// <summary>Bits of a quantizer.</summary>
    public static readonly int[] Bits = [1, 2, 3, 4, 5, 6, 8, 8, 12, 16];

    // Steps of the order of the values, so that some are clipped and most are not.
    private static readonly float[] Scales = [0.0625f, 0.125f, 0.2f, 0.25f, 0.5f, 1f];

    // The first is what most networks have; the second is in units of ranges.
    private static readonly string[] Kinds =
        [nameof(Additive), nameof(Additive), nameof(Multiplicative), nameof(Combined), nameof(CombinedAdditiveFirst)];

    private static readonly string[] Devices = ["Pcm", "Reram", "Ideal"];

    /// <summary>The policy of a network.</summary>
    public Policy OfNetwork() =>
        WithKind(new(Chance(0.6) ? SomeSites() : Sites.None, Sites.None, Chance(0.5) ? Quantize() : null, false)) with
        {
            Device = devices.NextDouble() < 0.4 ? Device() : null,
        };

    /// <summary>The policy of a block's class, which can give, but not take away: mostly none.</summary>
    public Policy OfBlock() => OfMember() with { NoNoise = Sites.None, NoQuantize = false, IsDigital = false };

    /// <summary>The policy of a stage or of a block's use: mostly none.</summary>
    public Policy OfMember() => WithKind(new(
        Chance(0.12) ? SomeSites() : Sites.None,
        Chance(0.12) ? SomeSites() : Sites.None,
        Chance(0.12) ? Quantize() : null,
        Chance(0.12))) with
    {
        Device = devices.NextDouble() < 0.12 ? Device() : null,
        IsDigital = devices.NextDouble() < 0.12,
    };

    private Policy WithKind(Policy policy)
    {
        int kind = random.Next(Kinds.Length);
        return policy with { Kind = Kinds[kind], InRanges = kind == 1, BeforeQuantizer = Chance(0.2) };
    }

    private DeviceModel Device() =>
        new(Devices[devices.Next(Devices.Length)], (WeightScaling)devices.Next(3), (DriftCompensation)devices.Next(3));

    private bool Chance(double probability) => random.NextDouble() < probability;

    private Sites SomeSites() => Chance(0.4) ? Sites.All : (Sites)random.Next(1, (int)Sites.All + 1);

    private QuantizeModel Quantize() => new(
        Math.Max(2, Bits[random.Next(Bits.Length)]), Bits[random.Next(Bits.Length)], Scales[random.Next(Scales.Length)],
        (WeightScaling)random.Next(3), Chance(0.25));
}
