using System.Collections.Immutable;

namespace NoiseGen.Tests.Oracle;

/// <summary>Builds a description without the generator.</summary>
internal sealed class DescriptionBuilder(string name, Shape input)
{
    private readonly List<StageDescription> _stages = [];
    private readonly List<NoiseSiteDescription> _sites = [];
    private int _offset;

    private Shape Last => _stages.Count == 0 ? input : _stages[^1].Output;

    public NetworkDescription Build() => new(name, input, [.. _stages], [.. _sites]);

    public DescriptionBuilder InputNoise()
    {
        _sites.Add(new("Input", -1, Sites.Input, input, nameof(Additive)));
        return this;
    }

    /// <summary>Adds a stage, with noise at those of the sites that it has.</summary>
    public DescriptionBuilder Stage(
        string stage,
        LinearDescription? linear = null,
        bool relu = false,
        PoolDescription? pool = null,
        WeightQuantizerDescription? weights = null,
        ActivationQuantizerDescription? activations = null,
        Sites noise = Sites.All)
    {
        Shape linearOutput = After(linear);
        Shape output = pool is null ? linearOutput : Windowed(linearOutput, linearOutput.Channels, pool.Window);
        if (linear is not null) AddSite(stage, Sites.Linear & noise, linearOutput);
        if (relu) AddSite(stage, Sites.Activation & noise, linearOutput);
        if (pool is not null) AddSite(stage, Sites.Pool & noise, output);

        ActivationDescription? activation = relu ? new(Activation.Relu, 0f) : null;
        ParameterDescription[] parameters = [.. Parameters(stage, linear)];
        _stages.Add(new(
            stage, _stages.Count - 1, Last, linearOutput, linearOutput, output, linear, null, null, activation, pool, 0f, weights, activations,
            parameters.FirstOrDefault(), parameters.ElementAtOrDefault(1)));
        return this;
    }

    private void AddSite(string stage, Sites site, Shape shape)
    {
        if (site != Sites.None) _sites.Add(new($"{stage}.{site}", _stages.Count, site, shape, nameof(Additive)));
    }

    private Shape After(LinearDescription? linear) => linear switch
    {
        LinearDescription.Conv2d conv => Windowed(Last, conv.Channels, conv.Window),
        LinearDescription.Dense dense => new(dense.Features),
        _ => Last,
    };

    private static Shape Windowed(Shape shape, int channels, Window window) => new(
        channels,
        (shape.Height + 2 * window.PaddingHeight - window.Height) / window.StrideHeight + 1,
        (shape.Width + 2 * window.PaddingWidth - window.Width) / window.StrideWidth + 1);

    private ImmutableArray<ParameterDescription> Parameters(string stage, LinearDescription? linear) => linear switch
    {
        LinearDescription.Conv2d conv =>
        [
            Parameter($"{stage}.weight", conv.Channels, Last.Channels, conv.Window.Height, conv.Window.Width),
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
