using System.Reflection;

namespace NoiseGen.Tests.Oracle;

/// <summary>
/// Reads a network's declaration by reflection and describes it as the attributes' documentation says. The oracle interprets the
/// generator's description, so that description needs an independent check: padding that the generator misread would be wrong in the
/// network and in the oracle alike.
/// </summary>
internal static class DeclarationReader
{
    public static NetworkDescription Describe(Type network)
    {
        var declared = network.GetCustomAttribute<NetworkAttribute>()!;
        var builder = new DescriptionBuilder(network.Name, new(declared.Channels, declared.Height, declared.Width));
        if (NoisySites(network).HasFlag(Sites.Input)) builder.InputNoise();
        foreach (PropertyInfo stage in network.GetProperties().Where(p => p.PropertyType == typeof(Stage)).OrderBy(p => p.MetadataToken))
        {
            LinearDescription? linear = Linear(stage);
            bool relu = stage.IsDefined(typeof(ReluAttribute));
            QuantizeAttribute? quantize = stage.IsDefined(typeof(NoQuantizeAttribute))
                ? null
                : stage.GetCustomAttribute<QuantizeAttribute>() ?? network.GetCustomAttribute<QuantizeAttribute>();
            builder.Stage(
                stage.Name, linear, relu ? new(Activation.Relu, 0f) : null, Pool(stage),
                quantize is null || linear is null ? null : Weights(quantize, linear),
                quantize is null || !relu
                    ? null : new(quantize.ActivationBits > 0 ? quantize.ActivationBits : quantize.Bits, quantize.Scale, Signed: false),
                (NoisySites(network) | NoisySites(stage)) & ~Quiet(stage));
        }

        return builder.Build();
    }

    private static LinearDescription? Linear(PropertyInfo stage)
    {
        if (stage.GetCustomAttribute<DenseAttribute>() is { } dense) return new LinearDescription.Dense(dense.Features, dense.Bias);
        return stage.GetCustomAttribute<Conv2dAttribute>() is { } conv
            ? new LinearDescription.Conv2d(conv.Channels, Square(conv.Kernel, Math.Max(1, conv.Stride), conv.Padding), Groups: 1, conv.Bias)
            : null;
    }

    private static Window Square(int size, int stride, int padding) => new(size, size, stride, stride, padding, padding);

    private static PoolDescription? Pool(PropertyInfo stage)
    {
        if (stage.GetCustomAttribute<MaxPoolAttribute>() is { } max)
            return new(PoolKind.Max, Square(max.Size, max.Stride > 0 ? max.Stride : max.Size, max.Padding), CountPadding: false);
        return stage.GetCustomAttribute<AvgPoolAttribute>() is { } average
            ? new(PoolKind.Average, Square(average.Size, average.Stride > 0
            ? average.Stride : average.Size, average.Padding), average.CountPadding)
            : null;
    }

    private static WeightQuantizerDescription Weights(QuantizeAttribute quantize, LinearDescription linear) => new(
        quantize.WeightBits > 0 ? quantize.WeightBits : quantize.Bits,
        quantize.Weights == WeightScaling.PerChannel || (quantize.Weights == WeightScaling.ByLayer && linear is LinearDescription.Conv2d));

    private static Sites NoisySites(MemberInfo member) => member.GetCustomAttribute<NoiseAttribute<Additive>>()?.Sites ?? Sites.None;

    private static Sites Quiet(PropertyInfo stage) => stage.GetCustomAttribute<NoNoiseAttribute>()?.Sites ?? Sites.None;
}
