namespace NoiseGen.Tests.Oracle;

/// <summary>Small networks of norms, merges, activations and windows that are not plain chains of stages.</summary>
/// <remarks>No bias directly precedes a norm: the norm removes it, and a gradient of zero proves nothing.</remarks>
internal static class HandWrittenGraphs
{
    // Before the networks: fields are initialised in the order of the text.
    private static readonly DescriptionBuilder.Norm s_norm = new();
    private static readonly ActivationDescription s_relu = new(Activation.Relu, 0f);

    public static IReadOnlyDictionary<string, NetworkDescription> All { get; } = new Dictionary<string, NetworkDescription>
    {
        ["batch norm behind convolution and dense layer"] = Network(2, 5, 4)
            .Stage("Stage1", Conv(4, 3, bias: false), s_relu, norm: s_norm)
            .Stage("Stage2", Dense(6, bias: false), s_relu, norm: new(Epsilon: 0.1f))
            .Stage("Stage3", Dense(3))
            .Build(),
        ["batch norm without a linear operation"] = Network(2, 5, 4)
            .Stage("Stage1", activation: s_relu, norm: s_norm)
            .Stage("Stage2", Conv(3, 2, bias: false))
            .Stage("Stage3", activation: s_relu, pool: Global(4, 3), norm: s_norm)
            .Stage("Stage4", Dense(3))
            .Build(),
        ["sum with an earlier stage, and with the input"] = Network(3, 5, 4)
            .Stage("Stage1", Conv(3, 3, padding: 1), s_relu, sum: DescriptionBuilder.Input)
            .Stage("Stage2", Conv(3, 3, padding: 1), s_relu, sum: "Stage1")
            .Stage("Stage3", Dense(3))
            .Build(),
        ["sum of a stage with itself"] = Network(2, 4, 4)
            .Stage("Stage1", Conv(3, 2), s_relu)
            .Stage("Stage2", sum: "Stage1", pool: Global(3, 3))
            .Stage("Stage3", Dense(3))
            .Build(),
        ["residual block with a projection"] = Network(2, 6, 6)
            .Stage("Stem", Conv(3, 3, padding: 1, bias: false), s_relu, norm: s_norm)
            .Stage("Projection", Conv(4, 1, stride: 2, bias: false), norm: s_norm)
            .Stage("Conv1", Conv(4, 3, stride: 2, padding: 1, bias: false), s_relu, norm: s_norm, from: "Stem")
            .Stage("Conv2", Conv(4, 3, padding: 1, bias: false), s_relu, norm: s_norm, sum: "Projection")
            .Stage("Pool", pool: Global(3, 3))
            .Stage("Logits", Dense(3))
            .Build(),
        ["concatenations, the other's channels first"] = Network(2, 5, 4)
            .Stage("Stem", Conv(3, 2), s_relu)
            .Stage("Unit1", Conv(2, 3, padding: 1), s_relu, concat: "Stem")
            .Stage("Unit2", Conv(1, 3, padding: 1), pool: Max(2), concat: "Unit1")
            .Stage("Logits", Dense(3))
            .Build(),
        ["dense block of pre-activations"] = Network(2, 5, 4)
            .Stage("Stem", Conv(3, 2))
            .Stage("Before1", activation: s_relu, norm: s_norm)
            .Stage("Conv1", Conv(2, 3, padding: 1, bias: false), concat: "Stem")
            .Stage("Before2", activation: s_relu, norm: s_norm)
            .Stage("Conv2", Conv(2, 3, padding: 1, bias: false), concat: "Conv1")
            .Stage("Logits", Dense(3))
            .Build(),
        ["groups, two and as many as channels"] = Network(4, 5, 4)
            .Stage("Stage1", Grouped(6, 2, groups: 2), s_relu)
            .Stage("Stage2", Grouped(6, 2, groups: 6), s_relu, weights: new(4, PerChannel: true))
            .Stage("Stage3", Dense(3))
            .Build(),
        ["kernel, stride and padding that are not square"] = Network(2, 6, 9)
            .Stage("Stage1", new LinearDescription.Conv2d(3, new(2, 4, 1, 2, 1, 0), Groups: 1, HasBiases: true), s_relu)
            .Stage("Stage2", new LinearDescription.Conv2d(3, new(3, 1, 2, 1, 0, 1), Groups: 1, HasBiases: false),
                pool: new(PoolKind.Max, new(1, 2, 1, 2, 0, 1), CountPadding: false))
            .Stage("Stage3", pool: new(PoolKind.Average, new(2, 1, 1, 1, 1, 0), CountPadding: true))
            .Stage("Stage4", Dense(3, bias: false))
            .Build(),
        ["activations that are not ReLUs"] = Network(2, 5, 4)
            .Stage("Stage1", Conv(3, 2), new(Activation.LeakyRelu, 0.2f))
            .Stage("Stage2", Conv(3, 2), new(Activation.Sigmoid, 0f))
            .Stage("Stage3", Dense(5), new(Activation.Tanh, 0f))
            .Stage("Stage4", Dense(4), new(Activation.LeakyRelu, -0.5f))
            .Stage("Stage5", Dense(3))
            .Build(),
        ["signed quantizers, some values clipped at either end"] = Network(2, 5, 4)
            .Stage("Stage1", Conv(3, 2), new(Activation.LeakyRelu, 0.5f), activations: new(3, 0.1f, Signed: true))
            .Stage("Stage2", Dense(6), new(Activation.Tanh, 0f), activations: new(4, 0.05f, Signed: true))
            .Stage("Stage3", Dense(5), new(Activation.Sigmoid, 0f), activations: new(8, 0.002f, Signed: false))
            .Stage("Stage4", Dense(3))
            .Build(),
        ["dropout behind a pool and a dense layer"] = Network(2, 5, 4)
            .Stage("Stage1", Conv(5, 2), s_relu, Max(2), dropout: 0.3f)
            .Stage("Stage2", Dense(9), new(Activation.Tanh, 0f), dropout: 0.5f)
            .Stage("Stage3", Dense(3))
            .Build(),
    };

    private static DescriptionBuilder Network(int channels, int height, int width) =>
        new DescriptionBuilder("ByHand", new(channels, height, width)).InputNoise();

    private static LinearDescription.Dense Dense(int features, bool bias = true) => new(features, bias);

    private static LinearDescription.Conv2d Conv(int channels, int kernel, int stride = 1, int padding = 0, bool bias = true) =>
        new(channels, new(kernel, kernel, stride, stride, padding, padding), Groups: 1, bias);

    private static LinearDescription.Conv2d Grouped(int channels, int kernel, int groups) =>
        new(channels, new(kernel, kernel, 1, 1, 0, 0), groups, HasBiases: true);

    private static PoolDescription Max(int size) => new(PoolKind.Max, new(size, size, 1, 1, 0, 0), CountPadding: false);

    private static PoolDescription Global(int height, int width) =>
        new(PoolKind.Average, new(height, width, height, width, 0, 0), CountPadding: false);
}
