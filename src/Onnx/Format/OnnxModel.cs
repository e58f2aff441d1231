namespace NoiseGen.Onnx.Format;

/// <summary>The parts of a model that are needed to translate it.</summary>
/// <param name="Producer">The tool that wrote it, with its version; empty if unknown.</param>
/// <param name="Nodes">The operations, in the order in which they are computed.</param>
/// <param name="Constants">The constant tensors, by name: initializers and Constant nodes.</param>
/// <param name="Inputs">The inputs, without constants.</param>
/// <param name="Outputs">Names of the outputs.</param>
internal sealed record OnnxModel(
    string Producer, IReadOnlyList<OnnxNode> Nodes, Dictionary<string, OnnxTensor> Constants,
        IReadOnlyList<OnnxInput> Inputs, IReadOnlyList<string> Outputs);

/// <summary>A node.</summary>
/// <param name="Name">Its name, or that of its first output if it has none.</param>
/// <param name="Operation">The operator, such as <c>Conv</c>; prefixed with its domain if that is not ONNX's.</param>
/// <param name="Inputs">Names of the inputs; empty for an omitted one.</param>
/// <param name="Outputs">Names of the outputs.</param>
/// <param name="Attributes">The attributes, by name.</param>
internal sealed record OnnxNode(
    string Name, string Operation, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs,
        IReadOnlyDictionary<string, OnnxAttribute> Attributes)
{
    public bool Has(string attribute) => Attributes.ContainsKey(attribute);

    /// <summary>Whether there is an input at an index: trailing inputs may be missing, earlier ones may be empty.</summary>
    public bool HasInput(int place) => Inputs.Count > place && Inputs[place].Length > 0;

    public long Integer(string attribute, long otherwise) =>
        Attributes.TryGetValue(attribute, out OnnxAttribute? found) ? found.Integer : otherwise;

    public float Float(string attribute, float otherwise) =>
        Attributes.TryGetValue(attribute, out OnnxAttribute? found) ? found.Float : otherwise;

    public string Text(string attribute, string otherwise) =>
        Attributes.TryGetValue(attribute, out OnnxAttribute? found) ? found.Text : otherwise;

    public long[]? Integers(string attribute) => Attributes.TryGetValue(attribute, out OnnxAttribute? found) ? found.Integers : null;
}

/// <summary>An attribute; its operator determines which value is used.</summary>
internal sealed record OnnxAttribute(float Float, long Integer, string Text, long[] Integers, OnnxTensor? Tensor);

/// <summary>An input.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dimensions">Its dimensions, including the batch; null for unspecified ones.</param>
internal sealed record OnnxInput(string Name, long?[] Dimensions);

/// <summary>A constant tensor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dimensions">Its dimensions; none for a scalar.</param>
/// <param name="Type">Its type in safetensors; ONNX's number of it if safetensors has no such type.</param>
/// <param name="Bytes">The values, little-endian.</param>
internal sealed record OnnxTensor(string Name, long[] Dimensions, string Type, byte[] Bytes)
{
    public bool IsInteger => Type is "I64" or "I32";
}
