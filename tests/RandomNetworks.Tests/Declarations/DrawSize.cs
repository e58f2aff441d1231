namespace NoiseGen.Tests.RandomNetworks.Declarations;

/// <summary>How large networks are drawn.</summary>
/// <param name="Members">Most stages and repeated blocks.</param>
/// <param name="Side">Longest side of an input.</param>
/// <param name="InputChannels">Most channels of an input.</param>
/// <param name="Channels">Most channels of a convolution.</param>
/// <param name="Elements">Most values of a map.</param>
/// <param name="Batch">Most images of a batch.</param>
/// <param name="NormedBatch">
/// The same of a network with norms: with batch statistics an image that comes near to a kink moves all others
/// when it is redrawn, so that a large batch never settles.
/// </param>
internal sealed record DrawSize(int Members, int Side, int InputChannels, int Channels, int Elements, int Batch, int NormedBatch)
{
    /// <summary>What keeps the oracle, in double and scalar, within a fraction of a second.</summary>
    public static DrawSize Usual { get; } =
        new(Members: 5, Side: 12, InputChannels: 4, Channels: 6, Elements: 400, Batch: 70, NormedBatch: 24);

    /// <summary>
    /// Beyond the planner's thresholds: sixteen channels and more for transforms and outer products, 2,048 values and more for outputs that
    /// are computed a second time. It takes the oracle seconds.
    /// </summary>
    public static DrawSize Large { get; } =
        new(Members: 3, Side: 16, InputChannels: 20, Channels: 24, Elements: 2600, Batch: 14, NormedBatch: 12);
}
