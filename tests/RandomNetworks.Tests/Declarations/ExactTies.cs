namespace NoiseGen.Tests.RandomNetworks.Declarations;

/// <summary>
/// Keeps declarations away from values that are equal in exact arithmetic and not in floating point. Quantized weights times quantized
/// activations give the same sum in many ways; each way rounds differently, so that a max pool may choose differently in float than in
/// double, and a sum that is zero without a bias may be on either side of a ReLU; dropped values are zeros, and sums of them as well.
/// Neither choice is wrong, and no redrawn image avoids it.
/// </summary>
internal static class ExactTies
{
    /// <summary>The stage, changed where its network quantizes or drops anything.</summary>
    public static StageModel Avoid(StageModel stage)
    {
        if (stage is { Linear: { Bias: false } linear, Norm: false }) stage = stage with { Linear = linear with { Bias = true } };
        if (stage is { Pool: PoolModel.Max max, Activation: null })
            stage = stage with { Pool = new PoolModel.Average(max.Window, CountPadding: true) };
        return stage;
    }

    public static bool Threaten(NetworkModel network) => Quantizes(network) || network.WrittenStages.Any(stage => stage.DropoutRate > 0);

    private static bool Quantizes(NetworkModel network) =>
        network.Members.Concat<MemberModel>(network.WrittenStages).Select(member => member.Policy)
        .Concat(network.Blocks.Select(block => block.Policy)).Append(network.Policy).Any(policy => policy.Quantize is not null);
}
