using System.Runtime.InteropServices;
using Google.Protobuf;

namespace NoiseGen.Onnx.Format;

/// <summary>
/// The ONNX messages that a network's model needs.
/// The numbers are those of the fields in the standard's onnx.proto; each line names its field.
/// </summary>
internal static class OnnxFormat
{
    // Operator set 21 is the first that quantizes to 16 bits. Version 10 of the file format came with it (ONNX 1.16).
    private const long OperatorSet = 21, FormatVersion = 10;

    // The symbol of the number of images.
    private const string Batch = "N";

    private enum AttributeType
    {
        Float = 1,
        Int = 2,
        Ints = 7,
    }

    private enum DataType
    {
        Float = 1,
        UInt8 = 2,
        Int8 = 3,
        UInt16 = 4,
        Int16 = 5,
        Int64 = 7,
    }

    /// <summary>A whole model.</summary>
    /// <param name="graph">What it computes.</param>
    /// <param name="version">The producer's version.</param>
    /// <param name="documentation">Text for people.</param>
    /// <param name="properties">Metadata for programs.</param>
    public static ProtoMessage Model(
        ProtoMessage graph, string version, string documentation, IReadOnlyDictionary<string, string> properties) => new()
    {
        { 1, FormatVersion }, // ir_version
        { 2, "NoiseGen" }, // producer_name
        { 3, version }, // producer_version
        { 6, documentation }, // doc_string
        { 7, graph }, // graph
        { 8, new ProtoMessage { { 1, "" }, { 2, OperatorSet } } }, // opset_import: domain, version
        // metadata_props: key, value
        { 14, properties.Select(property => new ProtoMessage { { 1, property.Key }, { 2, property.Value } }) },
    };

    public static ProtoMessage Graph(
        string name, IEnumerable<ProtoMessage> nodes, IEnumerable<ProtoMessage> initializers, ProtoMessage input, ProtoMessage output,
        IEnumerable<ProtoMessage> values) => new()
    {
        { 1, nodes }, // node
        { 2, name }, // name
        { 5, initializers }, // initializer
        { 11, input }, // input
        { 12, output }, // output
        { 13, values }, // value_info
    };

    public static ProtoMessage Node(
        string operation, string name, IEnumerable<string> inputs, string output, IEnumerable<ProtoMessage> attributes) => new()
    {
        { 1, inputs }, // input
        { 2, output }, // output
        { 3, name }, // name
        { 4, operation }, // op_type
        { 5, attributes }, // attribute
    };

    public static ProtoMessage Attribute(string name, float value) =>
        new() { { 1, name }, { 2, value }, { 20, (long)AttributeType.Float } }; // name, f, type

    // name, i, type
    public static ProtoMessage Attribute(string name, long value) => new() { { 1, name }, { 3, value }, { 20, (long)AttributeType.Int } };

    public static ProtoMessage Attribute(string name, params IEnumerable<long> values) =>
        new() { { 1, name }, { 8, values }, { 20, (long)AttributeType.Ints } }; // name, ints, type

    /// <summary>A constant tensor of float, byte, sbyte, ushort, short or long.</summary>
    /// <typeparam name="T">The elements' type.</typeparam>
    public static ProtoMessage Tensor<T>(string name, IEnumerable<int> dimensions, ReadOnlySpan<T> values)
        where T : unmanaged => new()
    {
        { 1, dimensions.Select(dimension => (long)dimension) }, // dims
        { 2, (long)TypeOf(default(T)) }, // data_type
        { 8, name }, // name
        { 9, ByteString.CopyFrom(MemoryMarshal.AsBytes(values)) }, // raw_data
    };

    /// <summary>The name and type of a tensor of floats with these dimensions per image of a batch.</summary>
    public static ProtoMessage Value(string name, IEnumerable<int> dimensions) => new()
    {
        { 1, name }, // name
        { 2, new ProtoMessage { { 1, TensorType(dimensions) } } }, // type: tensor_type
    };

    private static ProtoMessage TensorType(IEnumerable<int> dimensions)
    {
        var shape = new ProtoMessage { { 1, new ProtoMessage { { 2, Batch } } } }; // dim: dim_param
        shape.Add(1, dimensions.Select(dimension => new ProtoMessage { { 1, dimension } })); // dim: dim_value
        return new ProtoMessage { { 1, (long)DataType.Float }, { 2, shape } }; // elem_type, shape
    }

    private static DataType TypeOf(object value) => value switch
    {
        float => DataType.Float,
        byte => DataType.UInt8,
        sbyte => DataType.Int8,
        ushort => DataType.UInt16,
        short => DataType.Int16,
        long => DataType.Int64,
        _ => throw new ArgumentException($"No tensor of {value.GetType()} is needed.", nameof(value)),
    };
}
