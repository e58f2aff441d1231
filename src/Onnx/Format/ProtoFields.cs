using System.Runtime.InteropServices;
using Google.Protobuf;

namespace NoiseGen.Onnx.Format;

/// <summary>The fields of a parsed message, by number.</summary>
internal sealed class ProtoFields
{
    private readonly ILookup<int, Field> _fields;

    private ProtoFields(IEnumerable<Field> fields) => _fields = fields.ToLookup(field => field.Number);

    /// <summary>Parses a message; nested messages stay bytes until they are requested.</summary>
    /// <exception cref="InvalidProtocolBufferException">It is not a valid message.</exception>
    public static ProtoFields Of(ByteString message)
    {
        List<Field> fields = [];
        CodedInputStream input = message.CreateCodedInput();
        while (input.ReadTag() is var tag and not 0)
        {
            int number = WireFormat.GetTagFieldNumber(tag);
            switch (WireFormat.GetTagWireType(tag))
            {
                case WireFormat.WireType.Varint:
                    fields.Add(new(number, input.ReadInt64(), null));
                    break;
                case WireFormat.WireType.Fixed32:
                    fields.Add(new(number, input.ReadFixed32(), null));
                    break;
                case WireFormat.WireType.LengthDelimited:
                    fields.Add(new(number, 0, input.ReadBytes()));
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return new(fields);
    }

    public bool Has(int number) => _fields.Contains(number);

    public IEnumerable<ByteString> Bytes(int number) => _fields[number].Select(field => field.Bytes ?? ByteString.Empty);

    public IEnumerable<string> Texts(int number) => Bytes(number).Select(bytes => bytes.ToStringUtf8());

    /// <summary>A string field; empty if absent.</summary>
    public string Text(int number) => Texts(number).LastOrDefault("");

    public IEnumerable<ProtoFields> Messages(int number) => Bytes(number).Select(Of);

    /// <summary>A message field. Repeated occurrences are merged into one.</summary>
    public ProtoFields Message(int number) =>
        Of(Bytes(number).ToArray() is [var only] ? only : ByteString.CopyFrom([.. Bytes(number).SelectMany(part => part)]));

    /// <summary>An integer field; 0 if absent.</summary>
    public long Integer(int number) => Integers(number).LastOrDefault();

    /// <summary>Repeated integers, packed or not.</summary>
    public IEnumerable<long> Integers(int number) =>
        _fields[number].SelectMany(field => field.Bytes is { } packed ? Varints(packed) : [field.Number64]);

    /// <summary>Repeated floats, packed or not.</summary>
    public IEnumerable<float> Floats(int number) => _fields[number].SelectMany(field => field.Bytes is { } packed
        ? MemoryMarshal.Cast<byte, float>(packed.Span).ToArray()
        : [BitConverter.UInt32BitsToSingle((uint)field.Number64)]);

    private static IEnumerable<long> Varints(ByteString packed)
    {
        CodedInputStream input = packed.CreateCodedInput();
        while (!input.IsAtEnd) yield return input.ReadInt64();
    }

    private readonly record struct Field(int Number, long Number64, ByteString? Bytes);
}
