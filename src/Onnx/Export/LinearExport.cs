using NoiseGen.Onnx.Format;
using NoiseGen.Onnx.Graph;

namespace NoiseGen.Onnx.Export;

/// <summary>Convolutions and dense layers.</summary>
internal static class LinearExport
{
    /// <summary>Adds a stage's linear operation, if it has one.</summary>
    public static GraphValue Add(GraphBuilder graph, Stage stage, GraphValue value, NoiseExport noise) => stage.Description.Linear switch
    {
        LinearDescription.Conv2d conv => Convolution(graph, stage, conv, value, noise.Weights(stage, () => Weights(graph, stage))),
        LinearDescription.Dense => Dense(graph, stage, value, noise.Weights(stage, () => Weights(graph, stage))),
        _ => value,
    };

    // Between integers, ONNX Runtime rounds a bias to multiples of the product of both scales, however coarse that is,
    // if the bias is an input of the operator and has one dimension.
    // With quantized weights this is avoided: a convolution's biases are added after it, and a dense layer's have two dimensions.
    private static GraphValue Convolution(GraphBuilder graph, Stage stage, LinearDescription.Conv2d conv, GraphValue value, string weights)
    {
        StageDescription description = stage.Description;
        bool isInside = conv.HasBiases && !stage.RoundsWeights;
        string[] parameters = isInside ? [weights, graph.Constant(stage.Biases)] : [weights];
        ProtoMessage[] groups = conv.Groups == 1 ? [] : [OnnxFormat.Attribute("group", conv.Groups)];
        GraphValue sums =
            graph.OnMaps(stage.Name, "Conv", value, parameters, description.LinearOutput, [.. conv.Window.Attributes(), .. groups]);
        if (isInside || !conv.HasBiases) return sums;
        string biases = graph.Constant(stage.Biases, sums.Shape.IsFlat ? [conv.Channels] : [conv.Channels, 1, 1]);
        return sums with { Name = graph.Node(stage.Name, "Add", [sums.Name, biases]) };
    }

    private static GraphValue Dense(GraphBuilder graph, Stage stage, GraphValue value, string weights)
    {
        StageDescription description = stage.Description;
        int features = description.LinearOutput.Channels;
        string[] biases = description.Biases is null
            ? [] : [graph.Constant(stage.Biases, stage.RoundsWeights ? [1, features] : [features])];
        return new(graph.Node(stage.Name, "Gemm", [graph.Flat(stage.Name, value), weights, .. biases], OnnxFormat.Attribute("transB", 1)),
            description.LinearOutput);
    }

    private static string Weights(GraphBuilder graph, Stage stage) => stage.RoundsWeights
        ? QuantizerExport.Weights(graph, stage)
        : graph.Constant(stage.Weights);
}
