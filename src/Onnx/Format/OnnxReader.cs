using System.Runtime.InteropServices;
using Google.Protobuf;
using NoiseGen.Storage;

namespace NoiseGen.Onnx.Format;

/// <summary>Reads models. The numbers are those of the fields in the standard's onnx.proto.</summary>
internal sealed class OnnxReader
{
    private readonly string _path;

    private OnnxReader(string path) => _path = path;

    /// <summary>Reads a file.</summary>
    /// <exception cref="OnnxScaffoldException">It is not an ONNX model.</exception>
    /// <exception cref="IOException">The file, or one with its tensors, cannot be read.</exception>
    public static OnnxModel Read(string path)
    {
        if (FileKind.Irregular(path) is { } kind) throw new OnnxScaffoldException(path, $"expected a regular file, found {kind}");
        try
        {
            return new OnnxReader(path).Model(ProtoFields.Of(UnsafeByteOperations.UnsafeWrap(File.ReadAllBytes(path))));
        }
        catch (Exception broken) when (broken is InvalidProtocolBufferException or ArgumentException)
        {
            throw new OnnxScaffoldException(path, $"it is not an ONNX model, or it is broken ({broken.Message})");
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new IOException($"{path}: expected a readable file, found: {failure.Message}", failure);
        }
    }

    private OnnxModel Model(ProtoFields model)
    {
        if (!model.Has(7)) throw new OnnxScaffoldException(_path, "it is not an ONNX model: it has no graph");
        ProtoFields graph = model.Message(7); // graph
        Dictionary<string, OnnxTensor> constants = [];
        foreach (OnnxTensor tensor in graph.Messages(5).Select(Tensor)) constants[tensor.Name] = tensor; // initializer
        List<OnnxNode> nodes = [];
        foreach (OnnxNode node in graph.Messages(1).Select(Node)) // node
        {
            if (node is { Operation: "Constant", Outputs: [var name, ..] } && ValueOf(node) is { } value) constants[name] = value;
            else nodes.Add(node);
        }

        return new(
            $"{model.Text(2)} {model.Text(3)}".Trim(), // producer_name, producer_version
            nodes, constants,
            [.. graph.Messages(11).Select(Input).Where(input => !constants.ContainsKey(input.Name))], // input
            [.. graph.Messages(12).Select(output => output.Text(1))]); // output: name
    }

    private OnnxNode Node(ProtoFields node)
    {
        string[] outputs = [.. node.Texts(2)]; // output
        string domain = node.Text(7); // domain
        return new(
            node.Text(3) is { Length: > 0 } name ? name : outputs.FirstOrDefault(""), // name
            domain is "" or "ai.onnx" ? node.Text(4) : $"{domain}.{node.Text(4)}", // op_type
            [.. node.Texts(1)], outputs, // input
            node.Messages(5).GroupBy(attribute => attribute.Text(1))
                .ToDictionary(one => one.Key, one => Attribute(one.Last()))); // attribute: name
    }

    // f, i, s, ints, t
    private OnnxAttribute Attribute(ProtoFields attribute) => new(
        attribute.Floats(2).LastOrDefault(), attribute.Integer(3), attribute.Text(4), [.. attribute.Integers(8)],
        attribute.Has(5) ? Tensor(attribute.Message(5)) : null);

    // type: tensor_type: shape: dim: dim_value
    private static OnnxInput Input(ProtoFields input) => new(
        input.Text(1),
            [.. input.Message(2).Message(1).Message(2).Messages(1)
            .Select(dimension => dimension.Has(1) ? dimension.Integer(1) : (long?)null)]);

    private static OnnxTensor? ValueOf(OnnxNode constant)
    {
        if (constant.Attributes.TryGetValue("value", out OnnxAttribute? value)) return value.Tensor;
        if (constant.Attributes.TryGetValue("value_float", out value))
            return new(constant.Outputs[0], [], "F32", BitConverter.GetBytes(value.Float));
        if (constant.Attributes.TryGetValue("value_int", out value))
            return new(constant.Outputs[0], [], "I64", BitConverter.GetBytes(value.Integer));
        if (constant.Attributes.TryGetValue("value_ints", out value))
            return new(constant.Outputs[0], [value.Integers.Length], "I64", MemoryMarshal.AsBytes(value.Integers.AsSpan()).ToArray());
        return null;
    }

    private OnnxTensor Tensor(ProtoFields tensor)
    {
        string name = tensor.Text(8); // name
        long[] dimensions = [.. tensor.Integers(1)]; // dims
        (string type, int size) = TypeOf(tensor.Integer(2)); // data_type
        byte[] bytes = Bytes(tensor, name);
        if (size > 0 && dimensions.Aggregate((Int128)size, (product, dimension) => product * dimension) != bytes.Length)
            throw new OnnxScaffoldException(_path, $"tensor '{name}' of {type} [{string.Join(", ", dimensions)}] has {bytes.Length} bytes");
        return new(name, dimensions, type, bytes);
    }

    private byte[] Bytes(ProtoFields tensor, string name)
    {
        if (tensor.Integer(14) == 1) return ExternalData(tensor, name); // data_location: EXTERNAL
        if (tensor.Has(9)) return tensor.Bytes(9).Last().ToByteArray(); // raw_data
        if (tensor.Has(4)) return MemoryMarshal.AsBytes<float>([.. tensor.Floats(4)]).ToArray(); // float_data
        if (tensor.Has(7)) return MemoryMarshal.AsBytes<long>([.. tensor.Integers(7)]).ToArray(); // int64_data
        if (tensor.Has(10)) return [.. tensor.Bytes(10).SelectMany(bytes => bytes)]; // double_data
        IEnumerable<long> integers = tensor.Integers(5); // int32_data, also for narrower types
        return TypeOf(tensor.Integer(2)).Size == 2
            ? MemoryMarshal.AsBytes<short>([.. integers.Select(value => (short)value)]).ToArray()
            : MemoryMarshal.AsBytes<int>([.. integers.Select(value => (int)value)]).ToArray();
    }

    // External data must be in a file next to the model: the model's author cannot have meant any other place.
    private byte[] ExternalData(ProtoFields tensor, string name)
    {
        Dictionary<string, string> entries = tensor.Messages(13)
            .ToDictionary(entry => entry.Text(1), entry => entry.Text(2)); // external_data: key, value
        string folder = Path.GetDirectoryName(Path.GetFullPath(_path))!, location = entries.GetValueOrDefault("location", "");
        string file = Path.GetFullPath(Path.Combine(folder, location));
        if (!file.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new OnnxScaffoldException(_path, $"tensor '{name}' is in '{location}'; a file next to the model is expected");
        if (FileKind.Irregular(file) is { } kind)
            throw new OnnxScaffoldException(_path, $"tensor '{name}' is in {file}, which is {kind}");
        using FileStream stream = File.OpenRead(file);
        long offset = Number("offset", 0), length = Number("length", stream.Length - offset);
        if (offset < 0 || length < 0 || length > stream.Length - offset || length > Array.MaxLength)
            throw new OnnxScaffoldException(_path,
                $"tensor '{name}' has {length} bytes at offset {offset} of {file}, which has {stream.Length}");
        var bytes = new byte[length];
        stream.Position = offset;
        stream.ReadExactly(bytes);
        return bytes;

        long Number(string key, long otherwise) => entries.TryGetValue(key, out string? text)
            ? long.TryParse(text, out long number) ? number
                : throw new OnnxScaffoldException(_path, $"tensor '{name}' has the {key} '{text}'")
            : otherwise;
    }

    // For a TensorProto.DataType, the name in safetensors and the bytes per value.
    private static (string Type, int Size) TypeOf(long type) => type switch
    {
        1 => ("F32", 4),
        2 => ("U8", 1),
        3 => ("I8", 1),
        4 => ("U16", 2),
        5 => ("I16", 2),
        6 => ("I32", 4),
        7 => ("I64", 8),
        10 => ("F16", 2),
        11 => ("F64", 8),
        16 => ("BF16", 2),
        _ => ($"type {type}", 0),
    };
}
