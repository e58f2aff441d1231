using System.Collections.Immutable;

namespace NoiseGen.Tests.Oracle;

/// <summary>Builds a description without the generator.</summary>
internal sealed class DescriptionBuilder(string name, Shape input)
{
    /// <summary>Names the network's input as a source.</summary>
    public const string Input = "Input";

    private readonly List<StageDescription> _stages = [];
    private readonly List<NoiseSiteDescription> _sites = [];
    private int _parameters;
    private int _statistics;

    public NetworkDescription Build() => new(name, input, [.. _stages], [.. _sites]);

    public DescriptionBuilder InputNoise()
    {
        _sites.Add(new(Input, -1, Sites.Input, input, nameof(Additive)));
        return this;
    }

    /// <summary>Adds a stage, with noise at those of the sites that it has.</summary>
    /// <param name="from">Name of the stage that it reads; null for the one before.</param>
    /// <param name="sum">Name of the stage whose output is added.</param>
    /// <param name="concat">Name of the stage whose output comes before the stage's own channels.</param>
    public DescriptionBuilder Stage(
        string stage,
        LinearDescription? linear = null,
        ActivationDescription? activation = null,
        PoolDescription? pool = null,
        WeightQuantizerDescription? weights = null,
        ActivationQuantizerDescription? activations = null,
        Sites noise = Sites.All,
        Norm? norm = null,
        string? from = null,
        string? sum = null,
        string? concat = null,
        float dropout = 0f)
    {
        int source = from is null ? _stages.Count - 1 : IndexOf(from);
        Shape taken = OutputOf(source);
        Shape linearOutput = After(linear, taken);
        MergeDescription? merge = sum is not null
            ? new(MergeKind.Sum, IndexOf(sum)) : concat is not null ? new(MergeKind.Concat, IndexOf(concat)) : null;
        Shape merged = merge is { Kind: MergeKind.Concat }
            ? linearOutput with { Channels = linearOutput.Channels + OutputOf(merge.Other).Channels }
            : linearOutput;
        Shape output = pool is null ? merged : Windowed(merged, merged.Channels, pool.Window);
        if (linear is not null) AddSite(stage, Sites.Linear & noise, linearOutput);
        if (norm is not null) AddSite(stage, Sites.Norm & noise, linearOutput);
        if (merge is not null) AddSite(stage, Sites.Sum & noise, merged);
        if (activation is not null) AddSite(stage, Sites.Activation & noise, merged);
        if (pool is not null) AddSite(stage, Sites.Pool & noise, output);

        _stages.Add(new(
            stage, source, taken, linearOutput, merged, output, linear, null, merge, activation, pool, dropout, weights, activations,
            Weights(stage, linear, taken), linear is { HasBiases: true } ? Parameter($"{stage}.bias", linearOutput.Channels) : null));
        if (norm is not null) _stages[^1] = _stages[^1] with { Norm = Describe(stage, norm, linearOutput.Channels) };
        return this;
    }

    private int IndexOf(string stage) => stage == Input ? -1 : _stages.FindIndex(other => other.Name == stage) is >= 0 and var index
        ? index
        : throw new ArgumentException($"No stage {stage} before this one.", nameof(stage));

    private Shape OutputOf(int stage) => stage < 0 ? input : _stages[stage].Output;

    private void AddSite(string stage, Sites site, Shape shape)
    {
        if (site != Sites.None) _sites.Add(new($"{stage}.{site}", _stages.Count, site, shape, nameof(Additive)));
    }

    private static Shape After(LinearDescription? linear, Shape taken) => linear switch
    {
        LinearDescription.Conv2d conv => Windowed(taken, conv.Channels, conv.Window),
        LinearDescription.Dense dense => new(dense.Features),
        _ => taken,
    };

    private static Shape Windowed(Shape shape, int channels, Window window) => new(
        channels,
        (shape.Height + 2 * window.PaddingHeight - window.Height) / window.StrideHeight + 1,
        (shape.Width + 2 * window.PaddingWidth - window.Width) / window.StrideWidth + 1);

    private ParameterDescription? Weights(string stage, LinearDescription? linear, Shape taken) => linear switch
    {
        LinearDescription.Conv2d conv =>
            Parameter($"{stage}.weight", conv.Channels, taken.Channels / conv.Groups, conv.Window.Height, conv.Window.Width),
        LinearDescription.Dense dense => Parameter($"{stage}.weight", dense.Features, taken.Count),
        _ => null,
    };

    private BatchNormDescription Describe(string stage, Norm norm, int channels) => new(
        norm.Epsilon, norm.Momentum, Parameter($"{stage}.norm.weight", channels), Parameter($"{stage}.norm.bias", channels),
        Statistic($"{stage}.norm.running_mean", channels), Statistic($"{stage}.norm.running_var", channels));

    private ParameterDescription Parameter(string name, params ImmutableArray<int> dimensions) => Placed(name, dimensions, ref _parameters);

    private ParameterDescription Statistic(string name, int channels) => Placed(name, [channels], ref _statistics);

    private static ParameterDescription Placed(string name, ImmutableArray<int> dimensions, ref int end)
    {
        var parameter = new ParameterDescription(name, dimensions, end);
        end += (parameter.Count + 15) / 16 * 16;
        return parameter;
    }

    /// <summary>The constants of a batch norm.</summary>
    public sealed record Norm(float Epsilon = 1e-5f, float Momentum = 0.1f);
}
