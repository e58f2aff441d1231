using NoiseGen.Onnx.Format;
using NoiseGen.Onnx.Graph;

namespace NoiseGen.Onnx.Export;

/// <summary>Convolutions and dense layers.</summary>
internal static class LinearExport
{
    /// <summary>Adds a stage's linear operation, where it has one.</summary>
    public static GraphValue Add(GraphBuilder graph, Stage stage, GraphValue value, NoiseExport noise)
    {
        StageDescription description = stage.Description;
        if (description.Linear is not { } linear) return value;
        string weights = noise.DisturbWeights(stage, Weights(graph, stage));
        string[] parameters = description.Biases is null ? [weights] : [weights, graph.Constant(stage.Biases)];
        return linear switch
        {
            LinearDescription.Conv2d conv => graph.OnMaps(stage.Name, "Conv", value, parameters, description.LinearOutput, ConvolutionAttributes(conv)),
            _ => new(
                graph.Node(stage.Name, "Gemm", [graph.Flat(stage.Name, value), .. parameters], OnnxFormat.Attribute("transB", 1)), description.LinearOutput),
        };
    }

    private static ProtoMessage[] ConvolutionAttributes(LinearDescription.Conv2d conv) =>
        conv.Groups == 1 ? conv.Window.Attributes() : [.. conv.Window.Attributes(), OnnxFormat.Attribute("group", conv.Groups)];

    private static string Weights(GraphBuilder graph, Stage stage) => stage.Description.WeightQuantizer is { } quantizer
        ? QuantizerExport.Weights(graph, stage, quantizer)
        : graph.Constant(stage.Weights);
}
