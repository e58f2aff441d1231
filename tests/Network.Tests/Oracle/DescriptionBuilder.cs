using System.Collections.Immutable;

namespace NoiseGen.Tests.Oracle;

/// <summary>Writes a description by hand, so that the oracle can be proved without a generated network.</summary>
internal sealed class DescriptionBuilder(Shape input)
{
    private readonly List<StageDescription> _stages = [];
    private readonly List<NoiseSiteDescription> _sites = [new("Input", -1, Sites.Input, input, nameof(Additive))];
    private int _offset;

    private Shape Last => _stages.Count == 0 ? input : _stages[^1].Output;

    public NetworkDescription Build() => new("ByHand", input, [.. _stages], [.. _sites]);

    /// <summary>Adds a stage with noise at every site it has.</summary>
    public DescriptionBuilder Stage(
        LinearDescription? linear = null,
        bool relu = false,
        PoolDescription? pool = null,
        WeightQuantizerDescription? weights = null,
        ActivationQuantizerDescription? activations = null)
    {
        string name = $"Stage{_stages.Count}";
        Shape linearOutput = After(linear);
        Shape output = pool is null ? linearOutput : Windowed(linearOutput, linearOutput.Channels, pool.Size, pool.Stride, pool.Padding);
        if (linear is not null) AddSite(name, Sites.Linear, linearOutput);
        if (relu) AddSite(name, Sites.Activation, linearOutput);
        if (pool is not null) AddSite(name, Sites.Pool, output);

        _stages.Add(new(
            name, Last, linearOutput, output, linear, relu ? Activation.Relu : Activation.None, pool, weights, activations, Parameters(name, linear)));
        return this;
    }

    private void AddSite(string stage, Sites site, Shape shape) => _sites.Add(new($"{stage}.{site}", _stages.Count, site, shape, nameof(Additive)));

    private Shape After(LinearDescription? linear) => linear switch
    {
        LinearDescription.Conv2d conv => Windowed(Last, conv.Channels, conv.Kernel, conv.Stride, conv.Padding),
        LinearDescription.Dense dense => new(dense.Features),
        _ => Last,
    };

    private static Shape Windowed(Shape shape, int channels, int size, int stride, int padding) =>
        new(channels, (shape.Height + 2 * padding - size) / stride + 1, (shape.Width + 2 * padding - size) / stride + 1);

    private ImmutableArray<ParameterDescription> Parameters(string stage, LinearDescription? linear) => linear switch
    {
        LinearDescription.Conv2d conv =>
        [
            Parameter($"{stage}.weight", conv.Channels, Last.Channels, conv.Kernel, conv.Kernel),
            Parameter($"{stage}.bias", conv.Channels),
        ],
        LinearDescription.Dense dense => [Parameter($"{stage}.weight", dense.Features, Last.Count), Parameter($"{stage}.bias", dense.Features)],
        _ => [],
    };

    private ParameterDescription Parameter(string name, params ImmutableArray<int> dimensions)
    {
        var parameter = new ParameterDescription(name, dimensions, _offset);
        _offset += (parameter.Count + 15) / 16 * 16;
        return parameter;
    }
}
