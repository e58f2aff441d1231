namespace NoiseGen.Tests.Oracle;

/// <summary>Small networks that together have every operation the oracle knows.</summary>
internal static class HandWritten
{
    // Before the networks: fields are initialised in the order of the text.
    private static readonly ActivationDescription s_relu = new(Activation.Relu, 0f);

    public static IReadOnlyDictionary<string, NetworkDescription> All { get; } = new Dictionary<string, NetworkDescription>
    {
        ["dense"] = new DescriptionBuilder("ByHand", new(7)).InputNoise()
            .Stage("Stage1", Dense(5), s_relu)
            .Stage("Stage2", Dense(4))
            .Build(),
        ["stride, padding and an overlapping max pool"] = new DescriptionBuilder("ByHand", new(2, 8, 7)).InputNoise()
            .Stage("Stage1", Conv(3, 3, stride: 2, padding: 1), s_relu, Max(3, stride: 2, padding: 1))
            .Stage("Stage2", Conv(5, 2, padding: 1))
            .Stage("Stage3", Dense(3))
            .Build(),
        ["average pools, padding counted and not"] = new DescriptionBuilder("ByHand", new(3, 9, 6)).InputNoise()
            .Stage("Stage1", Conv(4, 1), s_relu, Average(3, stride: 2, padding: 1, countPadding: true))
            .Stage("Stage2", Conv(3, 3, padding: 2), pool: Average(3, stride: 2, padding: 1, countPadding: false))
            .Stage("Stage3", Dense(4))
            .Build(),
        ["stages without a linear operation"] = new DescriptionBuilder("ByHand", new(2, 6, 6)).InputNoise()
            .Stage("Stage1", pool: Average(2, stride: 1, padding: 0, countPadding: true))
            .Stage("Stage2", activation: s_relu)
            .Stage("Stage3", pool: Max(2, stride: 2, padding: 0))
            .Stage("Stage4", Dense(3))
            .Build(),
        ["weights quantized by tensor and by channel"] = new DescriptionBuilder("ByHand", new(2, 6, 5)).InputNoise()
            .Stage("Stage1", Conv(3, 3), s_relu, weights: new(4, PerChannel: true))
            .Stage("Stage2", Conv(3, 2), s_relu, weights: new(3, PerChannel: false))
            .Stage("Stage3", Dense(5), s_relu, weights: new(8, PerChannel: true))
            .Stage("Stage4", Dense(3), weights: new(2, PerChannel: false))
            .Build(),
        ["activations quantized, some of them clipped"] = new DescriptionBuilder("ByHand", new(2, 6, 6)).InputNoise()
            .Stage("Stage1", Conv(4, 3), s_relu, activations: new(2, 0.2f, Signed: false))
            .Stage("Stage2", Conv(3, 2), s_relu, pool: Max(2, stride: 1, padding: 0), activations: new(8, 0.1f, Signed: false))
            .Stage("Stage3", Dense(3))
            .Build(),
        ["all of it quantized"] = new DescriptionBuilder("ByHand", new(1, 8, 8)).InputNoise()
            .Stage("Stage1", Conv(4, 3, padding: 1), s_relu, Max(2, stride: 2, padding: 0), new(4, PerChannel: true),
                new(4, 0.2f, Signed: false))
            .Stage("Stage2", Conv(3, 2), s_relu, Average(2, stride: 2, padding: 1, countPadding: false), new(8, PerChannel: true),
                new(4, 0.1f, Signed: false))
            .Stage("Stage3", Dense(6), s_relu, weights: new(16, PerChannel: false), activations: new(16, 0.05f, Signed: false))
            .Stage("Stage4", Dense(4), weights: new(8, PerChannel: false))
            .Build(),
    };

    private static LinearDescription.Dense Dense(int features) => new(features, HasBiases: true);

    private static LinearDescription.Conv2d Conv(int channels, int kernel, int stride = 1, int padding = 0) =>
        new(channels, Square(kernel, stride, padding), Groups: 1, HasBiases: true);

    private static Window Square(int size, int stride, int padding) => new(size, size, stride, stride, padding, padding);

    private static PoolDescription Max(int size, int stride, int padding) => new(PoolKind.Max, Square(size, stride, padding), false);

    private static PoolDescription Average(int size, int stride, int padding, bool countPadding) =>
        new(PoolKind.Average, Square(size, stride, padding), countPadding);
}
