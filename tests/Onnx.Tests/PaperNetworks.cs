using Harden;
using NoiseGen.CompilerServices;

namespace NoiseGen.Tests;

/// <summary>
/// The papers' networks at full size, with parameters that keep the values' magnitude from layer to layer, as in trained networks.
/// </summary>
internal static class PaperNetworks
{
    /// <param name="bits">Bits of weights and activations, whose scales are constant; 0 for none.</param>
    public static NeuralNetwork Create(string name, int bits, int batchSize)
    {
        NeuralNetwork network = name switch
        {
            nameof(LeNet5Color) => new LeNet5Color(1, batchSize, 2),
            nameof(Vgg11) => new Vgg11(1, batchSize, 2),
            nameof(ResNet18) => new ResNet18(1, batchSize, 2),
            _ => throw new ArgumentException($"There is no network {name}.", nameof(name)),
        };
        new Rounding(bits, Scale: 1f).Apply(network);
        var random = new Random(7);
        foreach (Parameter parameter in network.Parameters)
        {
            double[] values = random.Parameter(parameter.Description);
            for (int i = 0; i < values.Length; i++) parameter.Values[i] = (float)values[i];
        }

        foreach (Statistic statistic in network.Statistics)
        {
            double mean = statistic.Name.EndsWith("running_var", StringComparison.Ordinal) ? 1 : 0;
            foreach (ref float value in statistic.Values) value = (float)(mean + random.Uniform(0.5));
        }

        return network;
    }

    public static float[] Images(NeuralNetwork network, int count)
    {
        var random = new Random(8);
        return [.. Enumerable.Range(0, count * network.Description.Input.Count).Select(_ => (float)random.Gaussian())];
    }

    public static IEnumerable<Stage> QuantizedStages(NeuralNetwork network) =>
        network.Stages.Where(stage => stage.Description.ActivationQuantizer is not null);

    /// <summary>The network's declaration with its held quantizer scales as declared constants.</summary>
    public static NetworkDescription WithConstantScales(NeuralNetwork network) => network.Description with
    {
        Stages = [.. network.Description.Stages.Select(stage => stage.ActivationQuantizer is { } quantizer
            ? stage with { ActivationQuantizer = quantizer with { Learned = null } }
            : stage)],
    };

    /// <summary>The norms' statistics.</summary>
    public static Statistic[] NormStatistics(NeuralNetwork network) =>
        [.. network.Statistics.Where(statistic => !statistic.Name.EndsWith(".quantizer.steps", StringComparison.Ordinal))];

    /// <summary>The network's parameters without scales, quantized if the network quantizes them.</summary>
    public static double[][] EffectiveParameters(NeuralNetwork network)
    {
        var quantizers = network.Stages.Where(stage => stage.Description.WeightQuantizer is not null)
            .ToDictionary(stage => stage.Weights, stage => stage.WeightQuantizer);
        return [.. network.Parameters.Where(parameter => !parameter.Name.EndsWith(".quantizer.maximum", StringComparison.Ordinal))
            .Select(parameter => Agreement.Twin.Widen(
            quantizers.TryGetValue(parameter, out WeightQuantizer? quantizer) ? Quantized(parameter, quantizer) : parameter.Values))];
    }

    private static ReadOnlySpan<float> Quantized(Parameter weights, WeightQuantizer quantizer)
    {
        int outputs = weights.Description.Dimensions[0];
        var quantization = new WeightQuantization(quantizer, outputs, weights.Values.Length / outputs);
        quantization.Measure(weights.Values, 0, outputs);
        quantization.Quantize(weights.Values, 0, outputs);
        return quantization.Values.Span(0, weights.Values.Length).ToArray();
    }
}
