extern alias Generator;

using Generator::NoiseGen.Generator.Planning;
using NoiseGen.Tests.RandomNetworks.Declarations;

namespace NoiseGen.Tests.RandomNetworks.Shrinking;

/// <summary>Declarations that are one step simpler than a given one, the largest steps first. Not all of them are valid.</summary>
internal static class Simplifications
{
    public static IEnumerable<NetworkModel> Of(NetworkModel network) =>
        Steps(network).Select(Tidying.Tidy).Where(simpler => !Same(simpler, network));

    private static IEnumerable<NetworkModel> Steps(NetworkModel network)
    {
        for (int i = 0; i < network.Members.Length; i++) yield return network with { Members = network.Members.RemoveAt(i) };
        foreach (Thresholds thresholds in ThresholdDraw.Simpler(network.Thresholds)) yield return network with { Thresholds = thresholds };

        if (network.Policy != Policy.Empty) yield return network with { Policy = Policy.Empty };
        foreach (Policy policy in Simpler(network.Policy)) yield return network with { Policy = policy };

        for (int i = 0; i < network.Members.Length; i++)
        {
            foreach (MemberModel member in Simpler(network.Members[i]))
                yield return network with { Members = network.Members.SetItem(i, member) };
        }

        for (int b = 0; b < network.Blocks.Length; b++)
        {
            foreach (BlockModel block in Simpler(network.Blocks[b]))
                yield return network with { Blocks = network.Blocks.SetItem(b, block) };
        }

        if (network.BitsSeed is not null) yield return network with { BitsSeed = null };
        foreach (int batch in Smaller(network.Batch, network.FewestImages)) yield return network with { Batch = batch };
        foreach (int channels in Smaller(network.Input.Channels, 1))
            yield return network with { Input = network.Input with { Channels = channels } };
        foreach (int height in Smaller(network.Input.Height, 1))
            yield return network with { Input = network.Input with { Height = height } };
        foreach (int width in Smaller(network.Input.Width, 1)) yield return network with { Input = network.Input with { Width = width } };
    }

    private static IEnumerable<BlockModel> Simpler(BlockModel block)
    {
        for (int i = 0; i < block.Stages.Length; i++) yield return block with { Stages = block.Stages.RemoveAt(i) };
        foreach (Policy policy in Simpler(block.Policy)) yield return block with { Policy = policy };
        for (int i = 0; i < block.Stages.Length; i++)
        {
            foreach (MemberModel stage in Simpler(block.Stages[i]))
                yield return block with { Stages = block.Stages.SetItem(i, (StageModel)stage) };
        }
    }

    private static IEnumerable<MemberModel> Simpler(MemberModel member)
    {
        foreach (Policy policy in Simpler(member.Policy)) yield return member with { Policy = policy };
        if (member is RepeatModel repeat)
        {
            foreach (int count in Smaller(repeat.Count, 1)) yield return repeat with { Count = count };
            foreach (int channels in Smaller(repeat.Channels, 1)) yield return repeat with { Channels = channels };
            if (repeat.Stride > 1) yield return repeat with { Stride = 1 };
        }

        if (member is not StageModel stage) yield break;
        if (stage.From is not null) yield return stage with { From = null };
        if (stage.Linear is not null) yield return stage with { Linear = null };
        if (stage.Norm) yield return stage with { Norm = false };
        if (stage.Merge is not null) yield return stage with { Merge = null };
        if (stage.Activation is not null) yield return stage with { Activation = null };
        if (stage.Pool is not null) yield return stage with { Pool = null };
        if (stage.DropoutRate > 0) yield return stage with { DropoutRate = 0 };
        if (stage.Linear is { } linear)
        {
            foreach (LinearModel simpler in Simpler(linear)) yield return stage with { Linear = simpler };
        }

        if (stage.Activation is { Kind: not Activation.Relu }) yield return stage with { Activation = new(Activation.Relu, 0) };
        if (stage.Pool is { } pool)
        {
            foreach (PoolModel simpler in Simpler(pool)) yield return stage with { Pool = simpler };
        }
    }

    private static IEnumerable<LinearModel> Simpler(LinearModel linear)
    {
        if (!linear.Bias) yield return linear with { Bias = true };
        if (linear is LinearModel.Dense dense)
        {
            foreach (int features in Smaller(dense.Features, 2)) yield return dense with { Features = features };
        }

        if (linear is not LinearModel.Conv2d conv) yield break;
        if (conv.Groups != 1) yield return conv with { Groups = 1 };
        foreach (int channels in Smaller(conv.Channels, 1)) yield return conv with { Channels = channels };
        foreach (Window window in Simpler(conv.Window, stride: (1, 1))) yield return conv with { Window = window };
    }

    private static IEnumerable<PoolModel> Simpler(PoolModel pool)
    {
        if (pool is PoolModel.Max max)
        {
            foreach (Window window in Simpler(max.Window, (max.Window.Height, max.Window.Width))) yield return new PoolModel.Max(window);
        }

        if (pool is not PoolModel.Average average) yield break;
        if (!average.CountPadding) yield return average with { CountPadding = true };
        foreach (Window window in Simpler(average.Window, (average.Window.Height, average.Window.Width)))
            yield return average with { Window = window };
    }

    private static IEnumerable<Window> Simpler(Window window, (int Height, int Width) stride)
    {
        yield return window with { PaddingHeight = 0, PaddingWidth = 0 };
        yield return window with { StrideHeight = stride.Height, StrideWidth = stride.Width };
        yield return new(1, 1, 1, 1, 0, 0);
        if (window.Height != window.Width) yield return window with { Width = window.Height, PaddingWidth = window.PaddingHeight };
        if (window.Height > 1 && window.Width > 1) yield return window with { Height = window.Height - 1, Width = window.Width - 1 };
    }

    private static IEnumerable<Policy> Simpler(Policy policy)
    {
        if (policy.Noise != Sites.None) yield return policy with { Noise = Sites.None };
        if (policy.Kind != nameof(Additive)) yield return policy with { Kind = nameof(Additive), InRanges = false };
        if (policy.InRanges) yield return policy with { InRanges = false };
        if (policy.BeforeQuantizer) yield return policy with { BeforeQuantizer = false };
        if (policy.NoNoise != Sites.None) yield return policy with { NoNoise = Sites.None };
        if (policy.Quantize is not null) yield return policy with { Quantize = null };
        if (policy.Quantize is { Learned: true } learned) yield return policy with { Quantize = learned with { Learned = false } };
        if (policy.NoQuantize) yield return policy with { NoQuantize = false };
        if (policy.Device is not null) yield return policy with { Device = null };
        if (policy.IsDigital) yield return policy with { IsDigital = false };
        for (int site = 1; site < (int)Sites.All && policy.Noise != Sites.None; site <<= 1)
        {
            if (policy.Noise.HasFlag((Sites)site) && policy.Noise != (Sites)site)
                yield return policy with { Noise = policy.Noise & ~(Sites)site };
        }
    }

    // The least first, then half, then one less.
    private static IEnumerable<int> Smaller(int value, int least) =>
        new[] { least, value / 2, value - 1 }.Where(smaller => smaller >= least && smaller < value).Distinct();

    // Records compare arrays by reference; their source text says whether anything changed.
    private static bool Same(NetworkModel left, NetworkModel right) =>
        left.Batch == right.Batch && left.Thresholds == right.Thresholds && left.BitsSeed == right.BitsSeed
            && SourceText.Of(left, "Same") == SourceText.Of(right, "Same");
}
