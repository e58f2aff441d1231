using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NoiseGen.Storage;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its element type, such as <c>F32</c>.</param>
/// <param name="Shape">Its dimensions; none for a scalar.</param>
/// <param name="Begin">Where its bytes begin, counted from the end of the header.</param>
/// <param name="End">Where they end.</param>
internal sealed record TensorEntry(string Name, string Type, long[] Shape, long Begin, long End)
{
    public string ShapeText => $"[{string.Join(", ", Shape)}]";
}

/// <summary>
/// The header of a safetensors file: eight bytes for its length, then JSON with type, shape and position of every tensor, and free text.
/// Everything is checked before it is used: the length against that of the file, positions against each other and against shapes.
/// </summary>
internal sealed class SafetensorsHeader
{
    /// <summary>Size of the leading length field, in bytes.</summary>
    public const int LengthBytes = 8;

    private const string MetadataName = "__metadata__";

    // The limit of the format; the header of a network of a thousand stages takes 500 KB.
    private const long MostBytes = 100_000_000;

    private static readonly Dictionary<string, int> s_sizes = new()
    {
        ["BOOL"] = 1, ["U8"] = 1, ["I8"] = 1, ["F8_E4M3"] = 1, ["F8_E5M2"] = 1, ["I16"] = 2, ["U16"] = 2, ["F16"] = 2, ["BF16"] = 2,
        ["I32"] = 4, ["U32"] = 4, ["F32"] = 4,
        ["I64"] = 8, ["U64"] = 8, ["F64"] = 8,
    };

    private readonly string _path;
    private readonly Dictionary<string, TensorEntry> _tensors = [];
    private readonly Dictionary<string, string> _metadata = [];

    private SafetensorsHeader(string path) => _path = path;

    public IReadOnlyDictionary<string, TensorEntry> Tensors => _tensors;

    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>Where the tensors begin in the file.</summary>
    public long DataStart { get; private set; }

    /// <summary>The first names, for messages, without those of counters.</summary>
    public string ListOfNames()
    {
        const int Most = 8;
        string[] names = [.. Tensors.Keys.Where(name => !name.EndsWith(StoredTensor.Counter, StringComparison.Ordinal))];
        string first = string.Join(", ", names.Take(Most));
        return names.Length > Most ? $"{first} and {names.Length - Most} more" : first.Length == 0 ? "none" : first;
    }

    /// <summary>Reads the header at the beginning of a file.</summary>
    /// <exception cref="CheckpointException">It is not a safetensors file, or is corrupt.</exception>
    public static SafetensorsHeader Read(Stream stream, string path)
    {
        var header = new SafetensorsHeader(path);
        byte[] json = header.ReadJson(stream);
        header.DataStart = LengthBytes + json.Length;
        try
        {
            header.Parse(json);
        }
        catch (Exception broken) when (broken is JsonException or DecoderFallbackException or InvalidOperationException or FormatException)
        {
            throw header.Fault($"the header is not what a safetensors file begins with ({broken.Message.TrimEnd('.')})", broken);
        }

        header.CheckPlaces(stream.Length - header.DataStart);
        return header;
    }

    /// <summary>The bytes of a header, padded with spaces to a multiple of eight, preceded by their length.</summary>
    public static byte[] Write(IEnumerable<TensorEntry> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteStartObject(MetadataName);
            foreach ((string key, string value) in metadata) writer.WriteString(key, value);
            writer.WriteEndObject();
            foreach (TensorEntry tensor in tensors)
            {
                writer.WriteStartObject(tensor.Name);
                writer.WriteString("dtype", tensor.Type);
                WriteNumbers(writer, "shape", tensor.Shape);
                WriteNumbers(writer, "data_offsets", [tensor.Begin, tensor.End]);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        int length = (int)(json.Length + 7) / 8 * 8;
        var bytes = new byte[LengthBytes + length];
        bytes.AsSpan(LengthBytes).Fill((byte)' ');
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        json.ToArray().CopyTo(bytes.AsSpan(LengthBytes));
        return bytes;
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, long[] numbers)
    {
        writer.WriteStartArray(name);
        foreach (long number in numbers) writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }

    private byte[] ReadJson(Stream stream)
    {
        Span<byte> front = stackalloc byte[LengthBytes];
        if (stream.Length < LengthBytes) throw Fault($"it has {stream.Length} bytes; a safetensors file has {LengthBytes} at least");
        stream.ReadExactly(front);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(front);
        ulong most = (ulong)Math.Min(MostBytes, stream.Length - LengthBytes);
        if (length > most)
            throw Fault(
                $"it claims a header of {length} bytes, but {most} are the most that it can have: it is cut off, or no safetensors file");
        var json = new byte[length];
        stream.ReadExactly(json);
        return json is [(byte)'{', ..] ? json : throw Fault("its header is not a safetensors file's, which begins with '{'");
    }

    private void Parse(byte[] json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 4 });
        bool hasMetadata = false;
        Expect(ref reader, JsonTokenType.StartObject);
        while (Next(ref reader) != JsonTokenType.EndObject)
        {
            string name = Text(ref reader);
            if (name == MetadataName)
            {
                if (hasMetadata) throw Fault($"it has two '{MetadataName}'");
                hasMetadata = true;
                ReadMetadata(ref reader);
            }
            else if (!_tensors.TryAdd(name, ReadTensor(ref reader, name))) throw Fault($"it has two tensors '{name}'");
        }

        if (reader.Read()) throw Fault("something follows the header's end");
    }

    // Some writers write null for no metadata.
    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        if (Next(ref reader) == JsonTokenType.Null) return;
        Expect(reader.TokenType, JsonTokenType.StartObject);
        while (Next(ref reader) != JsonTokenType.EndObject)
        {
            string key = Text(ref reader);
            Expect(ref reader, JsonTokenType.String);
            if (!_metadata.TryAdd(key, Text(ref reader))) throw Fault($"its {MetadataName} has '{key}' twice");
        }
    }

    private TensorEntry ReadTensor(ref Utf8JsonReader reader, string name)
    {
        string? type = null;
        long[]? shape = null, places = null;
        Expect(ref reader, JsonTokenType.StartObject);
        while (Next(ref reader) != JsonTokenType.EndObject)
        {
            string property = Text(ref reader);
            switch (property)
            {
                case "dtype" when type is not null:
                case "shape" when shape is not null:
                case "data_offsets" when places is not null:
                    throw Fault($"tensor '{name}' has '{property}' twice");
                case "dtype":
                    Expect(ref reader, JsonTokenType.String);
                    type = Text(ref reader);
                    break;
                case "shape":
                    shape = Numbers(ref reader, name, "shape");
                    break;
                case "data_offsets":
                    places = Numbers(ref reader, name, "data_offsets");
                    break;
                default:
                    throw Fault($"tensor '{name}' has an unknown property '{property}'");
            }
        }

        if (type is null || shape is null || places is not [long begin, long end])
            throw Fault($"tensor '{name}' lacks dtype, shape or two data_offsets");
        var tensor = new TensorEntry(name, type, shape, begin, end);
        if (!s_sizes.TryGetValue(type, out int size)) throw Fault($"tensor '{name}' has the unknown type '{type}'");
        Int128 bytes = shape.Aggregate((Int128)size, (product, dimension) => Int128.Min(product * dimension, long.MaxValue));
        if (bytes != end - begin)
            throw Fault(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"tensor '{name}' of {type} {tensor.ShapeText} takes {bytes} bytes, but has the place {begin} to {end}"));
        return tensor;
    }

    // Every byte after the header belongs to exactly one tensor.
    private void CheckPlaces(long length)
    {
        long end = 0;
        foreach (TensorEntry tensor in _tensors.Values.OrderBy(tensor => tensor.Begin).ThenBy(tensor => tensor.End))
        {
            if (tensor.Begin != end)
                throw Fault(
                    $"tensor '{tensor.Name}' begins at byte {tensor.Begin}, where {end} is expected: tensors overlap, or leave a gap");
            end = tensor.End;
        }

        if (end != length) throw Fault($"its tensors take {end} bytes, but {length} follow the header: it is cut off, or too long");
    }

    private long[] Numbers(ref Utf8JsonReader reader, string name, string property)
    {
        List<long> numbers = [];
        Expect(ref reader, JsonTokenType.StartArray);
        while (Next(ref reader) != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number) || number < 0)
                throw Fault($"tensor '{name}' has a {property} that is no whole number from 0 on");
            numbers.Add(number);
        }

        return [.. numbers];
    }

    private JsonTokenType Next(ref Utf8JsonReader reader) => reader.Read() ? reader.TokenType : throw Fault("the header ends too early");

    private void Expect(ref Utf8JsonReader reader, JsonTokenType type) => Expect(Next(ref reader), type);

    private void Expect(JsonTokenType found, JsonTokenType type)
    {
        if (found != type) throw Fault($"the header has {found} where {type} is expected");
    }

    // GetString rejects invalid UTF-8.
    private static string Text(ref Utf8JsonReader reader) => reader.GetString() ?? "";

    private CheckpointException Fault(string fault, Exception? cause = null) => new(_path, fault, cause);
}
