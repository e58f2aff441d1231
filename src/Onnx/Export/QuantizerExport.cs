using System.Numerics;
using NoiseGen.CompilerServices;
using NoiseGen.Onnx.Format;
using NoiseGen.Onnx.Graph;

namespace NoiseGen.Onnx.Export;

/// <summary>
/// Quantizers, as integers of 8 or 16 bits. QuantizeLinear divides by the scale, rounds half to even and saturates to the integers' range,
/// as the network does. For fewer bits a Clip comes first, to multiples of the scale, which rounding leaves unchanged.
/// </summary>
internal static class QuantizerExport
{
    // The zero point of signed activations of up to 8 bits. They are exported as unsigned integers: after signed integers and a MaxPool or
    // a Reshape, ONNX Runtime 1.31 adds a quantizer with inconsistent types, and then refuses to load the model.
    private const byte MiddleByte = 128;

    /// <summary>Adds a stage's activation quantizer, if it has one.</summary>
    public static GraphValue Add(GraphBuilder graph, Stage stage, GraphValue value) => stage.Description.ActivationQuantizer is { } declared
        ? Add(graph, stage, declared.Signed, value)
        : value;

    private static GraphValue Add(GraphBuilder graph, Stage stage, bool isSigned, GraphValue value) =>
        (isSigned, stage.Quantizer.Bits) switch
    {
        (_, 0) => value,
        (false, <= 8) => Add<byte>(graph, stage.Name, stage.Quantizer, value, zero: 0),
        (false, _) => Add<ushort>(graph, stage.Name, stage.Quantizer, value, zero: 0),
        (true, <= 8) => Add(graph, stage.Name, stage.Quantizer, value, MiddleByte),
        _ => Add<short>(graph, stage.Name, stage.Quantizer, value, zero: 0),
    };

    /// <summary>Adds a stage's weights: the integers, and their conversion to the weights that the network multiplies with.</summary>
    /// <returns>The name of the converted weights.</returns>
    public static string Weights(GraphBuilder graph, Stage stage) =>
        stage.WeightQuantizer.Bits <= 8 ? Weights<sbyte>(graph, stage) : Weights<short>(graph, stage);

    private static GraphValue Add<T>(GraphBuilder graph, string stage, ActivationQuantizer quantizer, GraphValue value, T zero)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        string path = $"{stage}.quantizer";
        if (T.CreateChecked(quantizer.Highest) < T.MaxValue - zero)
        {
            string low = graph.Constant($"{path}.lowest", [], quantizer.Lowest * quantizer.Step);
            string high = graph.Constant($"{path}.highest", [], quantizer.Highest * quantizer.Step);
            value = value with { Name = graph.Node(path, "Clip", [value.Name, low, high]) };
        }

        string[] scale = [graph.Constant($"{path}.step", [], quantizer.Step), graph.Constant($"{path}.zero_point", [], zero)];
        string levels = graph.Node(path, "QuantizeLinear", [value.Name, .. scale]);
        return value with { Name = graph.Node(path, "DequantizeLinear", [levels, .. scale]) };
    }

    private static string Weights<T>(GraphBuilder graph, Stage stage)
        where T : unmanaged, INumber<T>
    {
        ParameterDescription weights = stage.Weights.Description;
        int outputs = weights.Dimensions[0], inputs = weights.Count / outputs;
        var quantization = new WeightQuantization(stage.WeightQuantizer, outputs, inputs);
        quantization.Measure(stage.Weights.Values, 0, outputs);
        quantization.Quantize(stage.Weights.Values, 0, outputs);
        ReadOnlySpan<float> values = quantization.Values.Span(0, weights.Count), scales = quantization.Scales;
        var levels = new T[weights.Count];
        for (int i = 0; i < levels.Length; i++) levels[i] = T.CreateChecked(MathF.Round(values[i] / scales[i / inputs]));

        string name = GraphExtensions.NameOf(weights);
        string integers = graph.Constant<T>(name, weights.Dimensions, levels);
        return stage.WeightQuantizer.Description.PerChannel
            ? graph.Node(weights.Name, "DequantizeLinear", [integers, graph.Constant($"{name}.scale", [outputs], scales)],
                OnnxFormat.Attribute("axis", 0))
            : graph.Node(weights.Name, "DequantizeLinear", [integers, graph.Constant($"{name}.scale", [], scales[0])]);
    }
}
