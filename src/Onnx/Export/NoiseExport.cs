using System.Numerics.Tensors;
using NoiseGen.CompilerServices;
using NoiseGen.Onnx.Format;
using NoiseGen.Onnx.Graph;

namespace NoiseGen.Onnx.Export;

/// <summary>The noise of an evaluation, if requested and if its sigma is not zero.</summary>
internal sealed class NoiseExport(GraphBuilder graph, NeuralNetwork network, OnnxNoise noise)
{
    /// <summary>Whether a stage's noise after the activation comes before the quantizer.</summary>
    public bool IsBeforeQuantizer(int stage) => Find(stage, Sites.Activation) is { Description.BeforeQuantizer: true };

    /// <summary>Adds a site's noise to a value.</summary>
    /// <exception cref="NotSupportedException">ONNX has no operators for the site's kind of noise.</exception>
    public GraphValue Disturb(int stage, Sites site, GraphValue value)
    {
        if (noise == OnnxNoise.None || Find(stage, site) is not { EvaluationSigma: > 0f } found) return value;
        if (found.Description.IsCustom) throw Unknown(found);
        NoiseStrength strength = found.EvaluationStrength;
        float deviation = strength.Sigma * strength.Scale, additive = strength.Sigma * strength.AdditiveScale;
        return found.Description.Kind switch
        {
            nameof(Additive) => Add(found, value, deviation, GaussianNoise.DeviceSample),
            nameof(Multiplicative) => Multiply(found, value, deviation),
            nameof(Combined) => Add(found, Multiply(found, value, deviation), additive, GaussianNoise.SecondDeviceSample),
            nameof(CombinedAdditiveFirst) => Multiply(found, Add(found, value, additive, GaussianNoise.SecondDeviceSample), deviation),
            _ => throw Unknown(found),
        };
    }

    /// <summary>A stage's weights: those that a chip holds, or ideal ones, with drift and noise, once for all images of a run.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="ideal">Adds its ideal weights, after quantization if they are quantized.</param>
    /// <returns>Their name.</returns>
    public string Weights(Stage stage, Func<string> ideal)
    {
        if (noise == OnnxNoise.None) return ideal();
        string path = stage.Weights.Name;
        int[] dimensions = [.. stage.Weights.Description.Dimensions];
        if (network.ChipWeights(stage) is { } chip)
        {
            string held = Disturb(stage, graph.Constant<float>($"{path}.chip", dimensions, chip.Weights));
            int[] ofOutputs = [dimensions[0], .. dimensions.Skip(1).Select(_ => 1)];
            return chip.Gains.All(gain => gain == 1f)
                ? held : graph.Node(path, "Mul", [held, graph.Constant<float>($"{path}.compensation", ofOutputs, chip.Gains)]);
        }

        string weights = ideal();
        if (stage.Description.Device is null && network.DriftTime > 1f
            && (stage.WeightDrift.Exponent > 0f || stage.WeightDrift.ExponentDeviation > 0f))
            weights = graph.Node(path, "Mul", [weights, graph.Constant<float>($"{path}.drift", dimensions, DriftFactors(stage))]);
        return Disturb(stage, weights);
    }

    private string Disturb(Stage stage, string weights)
    {
        float sigma = stage.WeightNoise.EvaluationSigma;
        if (sigma == 0f) return weights;

        // The largest level of a quantizer is the largest magnitude.
        if (stage.WeightNoise.IsRelative) sigma *= MathF.Abs(TensorPrimitives.MaxMagnitude<float>(stage.Weights.Values));
        return graph.Node(stage.Weights.Name, "Add", [weights, Samples(stage.Weights.Name, weights, 0f, sigma)]);
    }

    private float[] DriftFactors(Stage stage)
    {
        int index = network.Stages.Index().First(one => ReferenceEquals(one.Item, stage)).Index;
        WeightDrift drift = stage.WeightDrift;
        double Exponent(int weight) =>
            Math.Abs(drift.Exponent + drift.ExponentDeviation * (double)WeightDrift.Sample(drift.Device, index, weight));
        return [.. Enumerable.Range(0, stage.Weights.Description.Count)
            .Select(weight => (float)Math.Pow(network.DriftTime, -Exponent(weight)))];
    }

    private delegate float DeviceSample(uint device, int site, Shape shape, int channel, int row, int column);

    private GraphValue Add(NoiseSite site, GraphValue value, float deviation, DeviceSample pattern) =>
        value with { Name = graph.Node(site.Name, "Add", [value.Name, Samples(site, value, 0f, deviation, pattern)]) };

    private GraphValue Multiply(NoiseSite site, GraphValue value, float deviation) =>
        value with { Name = graph.Node(site.Name, "Mul", [value.Name, Samples(site, value, 1f, deviation, GaussianNoise.DeviceSample)]) };

    // Fresh samples, or a device's fixed pattern.
    private string Samples(NoiseSite site, GraphValue value, float mean, float deviation, DeviceSample pattern) => site.Device is { } device
        ? graph.Constant<float>(
            $"{site.Name}.{(mean == 0f ? "offsets" : "gains")}", value.Dimensions, Pattern(site, device, mean, deviation, pattern))
        : Samples(site.Name, value.Name, mean, deviation);

    private string Samples(string path, string like, float mean, float deviation) => graph.Node(
        path, "RandomNormalLike", [like], OnnxFormat.Attribute("mean", mean), OnnxFormat.Attribute("scale", deviation));

    private static float[] Pattern(NoiseSite site, uint device, float mean, float deviation, DeviceSample sample)
    {
        Shape shape = site.Description.Shape;
        var values = new float[shape.Count];
        for (int i = 0; i < values.Length; i++)
        {
            int pixel = i % (shape.Height * shape.Width);
            int channel = i / (shape.Height * shape.Width);
            float error = site.PatternScope == PatternScope.Channel
                ? sample(device, site.Index, shape, channel, 0, 0)
                : sample(device, site.Index, shape, channel, pixel / shape.Width, pixel % shape.Width);
            values[i] = MathF.FusedMultiplyAdd(deviation, error, mean);
        }

        return values;
    }

    private NoiseSite? Find(int stage, Sites site) =>
        network.Noise.FirstOrDefault(candidate => candidate.Description.Stage == stage && candidate.Description.Site == site);

    private static NotSupportedException Unknown(NoiseSite site) => new(
        $"Noise site {site.Name} "
        + $"has noise of the kind {site.Description.Kind}, for which ONNX has no operators: only the library's kinds can be exported. "
        + $"Export without noise, or with an {nameof(NoiseSite.EvaluationSigma)} of 0 at this site.");
}
