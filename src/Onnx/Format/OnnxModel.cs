namespace NoiseGen.Onnx.Format;

/// <summary>What of a model's graph is needed to understand it.</summary>
/// <param name="Producer">The tool that wrote it, with its version; empty where it does not say.</param>
/// <param name="Nodes">The operations, in the order in which they are computed.</param>
/// <param name="Constants">Tensors that are known, by name: initializers and Constant nodes.</param>
/// <param name="Inputs">What comes in, constants left out.</param>
/// <param name="Outputs">Names of what goes out.</param>
internal sealed record OnnxModel(
    string Producer, IReadOnlyList<OnnxNode> Nodes, Dictionary<string, OnnxTensor> Constants,
        IReadOnlyList<OnnxInput> Inputs, IReadOnlyList<string> Outputs);

/// <summary>A node.</summary>
/// <param name="Name">Its name; that of its first output where it has none.</param>
/// <param name="Operation">The operator, such as <c>Conv</c>; behind the name of its domain where that is not ONNX's own.</param>
/// <param name="Inputs">Names of the inputs; empty for one that is left out.</param>
/// <param name="Outputs">Names of the outputs.</param>
/// <param name="Attributes">The attributes, by name.</param>
internal sealed record OnnxNode(
    string Name, string Operation, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs,
        IReadOnlyDictionary<string, OnnxAttribute> Attributes)
{
    public bool Has(string attribute) => Attributes.ContainsKey(attribute);

    /// <summary>Whether there is an input at a place: trailing ones may be missing, others empty.</summary>
    public bool HasInput(int place) => Inputs.Count > place && Inputs[place].Length > 0;

    public long Integer(string attribute, long otherwise) =>
        Attributes.TryGetValue(attribute, out OnnxAttribute? found) ? found.Integer : otherwise;

    public float Float(string attribute, float otherwise) =>
        Attributes.TryGetValue(attribute, out OnnxAttribute? found) ? found.Float : otherwise;

    public string Text(string attribute, string otherwise) =>
        Attributes.TryGetValue(attribute, out OnnxAttribute? found) ? found.Text : otherwise;

    public long[]? Integers(string attribute) => Attributes.TryGetValue(attribute, out OnnxAttribute? found) ? found.Integers : null;
}

/// <summary>An attribute; which value is meant depends on its operator.</summary>
internal sealed record OnnxAttribute(float Float, long Integer, string Text, long[] Integers, OnnxTensor? Tensor);

/// <summary>An input.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dimensions">Its dimensions, the batch's included; null for those that are left open.</param>
internal sealed record OnnxInput(string Name, long?[] Dimensions);

/// <summary>A constant tensor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dimensions">Its dimensions; none for a single number.</param>
/// <param name="Type">Its type as safetensors calls it; that of ONNX as a number where that has none.</param>
/// <param name="Bytes">The values, the lowest byte of each first.</param>
internal sealed record OnnxTensor(string Name, long[] Dimensions, string Type, byte[] Bytes)
{
    public bool IsInteger => Type is "I64" or "I32";
}
