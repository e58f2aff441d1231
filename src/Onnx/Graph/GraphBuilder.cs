using NoiseGen.Onnx.Format;

namespace NoiseGen.Onnx.Graph;

/// <summary>Collects nodes, in the order in which they are computed, and constant tensors.</summary>
internal sealed class GraphBuilder(string name, Shape input)
{
    private const string InputName = "input", OutputName = "output";

    private readonly List<ProtoMessage> _nodes = [];
    private readonly List<ProtoMessage> _initializers = [];
    private readonly List<ProtoMessage> _values = [];
    private readonly HashSet<string> _names = [];

    public GraphValue Input { get; } = new(InputName, input);

    /// <summary>Adds a node with one output, which has the node's name.</summary>
    /// <param name="path">The part that it belongs to: the first half of its name.</param>
    /// <param name="operation">The operator: the second half, with a number appended if the name is taken.</param>
    /// <param name="inputs">Names of the inputs.</param>
    /// <param name="attributes">The operator's attributes.</param>
    /// <returns>Its name.</returns>
    public string Node(string path, string operation, IEnumerable<string> inputs, params IEnumerable<ProtoMessage> attributes)
    {
        string first = $"{path}/{operation}", node = first;
        for (int number = 2; !_names.Add(node); number++) node = $"{first}_{number}";
        _nodes.Add(OnnxFormat.Node(operation, node, inputs, node, attributes));
        return node;
    }

    /// <summary>Adds a node whose output has the shape of its input.</summary>
    public GraphValue Node(string path, string operation, GraphValue value, params IEnumerable<ProtoMessage> attributes) =>
        value with { Name = Node(path, operation, [value.Name], attributes) };

    /// <summary>Adds a constant.</summary>
    /// <returns>Its name.</returns>
    public string Constant<T>(string name, IEnumerable<int> dimensions, params ReadOnlySpan<T> values)
        where T : unmanaged
    {
        _initializers.Add(OnnxFormat.Tensor(name, dimensions, values));
        return name;
    }

    /// <summary>
    /// Declares the shape of a value, so that loaders of the model check it and viewers show it.
    /// </summary>
    public void Declare(GraphValue value) => _values.Add(OnnxFormat.Value(value.Name, value.Dimensions));

    /// <summary>The graph of everything that was added.</summary>
    /// <param name="output">Its output.</param>
    public ProtoMessage Build(GraphValue output)
    {
        _nodes.Add(OnnxFormat.Node("Identity", OutputName, [output.Name], OutputName, []));
        return OnnxFormat.Graph(
            name, _nodes, _initializers, OnnxFormat.Value(InputName, Input.Dimensions),
            OnnxFormat.Value(OutputName, output.Dimensions), _values);
    }
}
