using NoiseGen.Onnx.Format;
using NoiseGen.Onnx.Graph;
using NoiseGen.Storage;

namespace NoiseGen.Onnx.Export;

/// <summary>Extensions of the graph builder that several operations need.</summary>
internal static class GraphExtensions
{
    /// <summary>Adds a parameter under its name in safetensors files.</summary>
    public static string Constant(this GraphBuilder graph, Parameter parameter) =>
        graph.Constant(parameter, parameter.Description.Dimensions);

    /// <summary>Adds a parameter under its name with other dimensions, for broadcasting.</summary>
    public static string Constant(this GraphBuilder graph, Parameter parameter, IEnumerable<int> dimensions) =>
        graph.Constant<float>(NameOf(parameter.Description), dimensions, parameter.Values);

    /// <inheritdoc cref="Constant(GraphBuilder, Parameter)"/>
    public static string Constant(this GraphBuilder graph, Statistic statistic) =>
        graph.Constant<float>(NameOf(statistic.Description), statistic.Description.Dimensions, statistic.Values);

    /// <summary>A tensor's name in safetensors files.</summary>
    public static string NameOf(ParameterDescription tensor) => StoredTensor.NameOf(tensor.Name);

    /// <summary>
    /// Adds an operation on maps. A flat value is reshaped to maps of one pixel before it, and maps of one pixel are flattened after it.
    /// </summary>
    public static GraphValue OnMaps(
        this GraphBuilder graph, string path, string operation, GraphValue value, string[] parameters, Shape shape,
        params ProtoMessage[] attributes)
    {
        string maps = value.Name;
        if (value.Shape.IsFlat)
        {
            // 0 keeps the batch size.
            string dimensions = graph.Constant<long>($"{path}/{operation}.shape", [4], 0, value.Shape.Channels, 1, 1);
            maps = graph.Node(path, "Reshape", [value.Name, dimensions]);
        }

        string result = graph.Node(path, operation, [maps, .. parameters], attributes);
        return new(shape.IsFlat ? graph.Node(path, "Flatten", [result]) : result, shape);
    }

    /// <summary>The value as a vector per image, in the order channel, row, column.</summary>
    /// <returns>Its name.</returns>
    public static string Flat(this GraphBuilder graph, string path, GraphValue value) =>
        value.Shape.IsFlat ? value.Name : graph.Node(path, "Flatten", [value.Name]);

    /// <summary>A window's geometry.</summary>
    public static ProtoMessage[] Attributes(this Window window) =>
    [
        OnnxFormat.Attribute("kernel_shape", window.Height, window.Width),
        OnnxFormat.Attribute("strides", window.StrideHeight, window.StrideWidth),
        OnnxFormat.Attribute("pads", window.PaddingHeight, window.PaddingWidth, window.PaddingHeight, window.PaddingWidth),
    ];
}
