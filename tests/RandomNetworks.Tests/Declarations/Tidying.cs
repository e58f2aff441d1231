namespace NoiseGen.Tests.RandomNetworks.Declarations;

/// <summary>
/// Takes what a declaration may not say out of its policies: sites that are not there, quantizers of nothing, unused blocks,
/// and what would make it a matter of rounding.
/// </summary>
internal static class Tidying
{
    public static NetworkModel Tidy(this NetworkModel network)
    {
        if (ExactTies.Threaten(network)) network = network.WithStages(ExactTies.Avoid);
        Sites sites = network.WrittenStages.Aggregate(Sites.Input, (all, stage) => all | stage.Sites);
        var used = network.Members.OfType<RepeatModel>().Select(repeat => repeat.Block).ToHashSet();
        bool signed = network.WrittenStages.Any(stage => stage.Activation is { IsSigned: true });
        return network with
        {
            Policy = Tidy(network.Policy, sites, signed),
            Members = [.. network.Members.Select(member => member is StageModel stage
                ? Tidy(stage, signed) : member with { Policy = Anywhere(member.Policy, signed) })],
            Blocks = [.. network.Blocks.Where(block => used.Contains(block.Name)).Select(block => block with
            {
                Policy = Anywhere(block.Policy, signed),
                Stages = [.. block.Stages.Select(stage => Tidy(stage, signed))],
            })],
        };
    }

    private static StageModel Tidy(StageModel stage, bool signed)
    {
        Policy policy = Tidy(stage.Policy, stage.Sites, signed);
        bool quantizable = stage.Linear is not null || stage.Activation is not null;
        if (!quantizable) policy = policy with { Quantize = null, NoQuantize = false };
        return stage with { Policy = stage.Linear is null ? policy with { Device = null } : policy };
    }

    private static Policy Tidy(Policy policy, Sites sites, bool signed)
    {
        Sites noise = Existing(policy.Noise, sites);
        return policy with
        {
            Noise = noise,
            NoNoise = noise == Sites.None ? Existing(policy.NoNoise, sites) : Sites.None,
            Quantize = Tidy(policy.Quantize, signed),
            NoQuantize = policy.NoQuantize && policy.Quantize is null,
            IsDigital = policy.IsDigital && policy.Device is null,
        };
    }

    // Blocks and their uses speak of many stages: of all their sites, or of none.
    private static Policy Anywhere(Policy policy, bool signed) => Tidy(
        policy with
        {
            Noise = policy.Noise == Sites.None ? Sites.None : Sites.All,
            NoNoise = policy.NoNoise == Sites.None ? Sites.None : Sites.All,
        },
        Sites.All, signed);

    // All stands for whatever there is.
    private static Sites Existing(Sites wanted, Sites sites) => wanted == Sites.All && sites != Sites.None ? wanted : wanted & sites;

    // One bit has no level below zero.
    private static QuantizeModel? Tidy(QuantizeModel? quantize, bool signed) =>
        quantize is { ActivationBits: 1 } && signed ? quantize with { ActivationBits = 2 } : quantize;
}
