using System.Collections;
using Google.Protobuf;

namespace NoiseGen.Onnx.Format;

/// <summary>A protocol-buffer message: numbered fields, some of which are messages.</summary>
internal sealed class ProtoMessage : IEnumerable
{
    private readonly List<Field> _fields = [];

    /// <summary>Size of the encoded message in bytes.</summary>
    public long Size => _fields.Sum(one => one.Size);

    public void Add(int number, long value) => _fields.Add(new Varint(number, value));

    public void Add(int number, float value) => _fields.Add(new Fixed32(number, value));

    public void Add(int number, ByteString value) => _fields.Add(new Bytes(number, value));

    public void Add(int number, string value) => Add(number, ByteString.CopyFromUtf8(value));

    public void Add(int number, ProtoMessage value) => _fields.Add(new Nested(number, value));

    /// <summary>Adds a repeated field.</summary>
    public void Add(int number, IEnumerable<ProtoMessage> values)
    {
        foreach (ProtoMessage value in values) Add(number, value);
    }

    /// <inheritdoc cref="Add(int, IEnumerable{ProtoMessage})"/>
    public void Add(int number, IEnumerable<string> values)
    {
        foreach (string value in values) Add(number, value);
    }

    /// <inheritdoc cref="Add(int, IEnumerable{ProtoMessage})"/>
    public void Add(int number, IEnumerable<long> values)
    {
        foreach (long value in values) Add(number, value);
    }

    public void WriteTo(CodedOutputStream output)
    {
        foreach (Field one in _fields) one.WriteTo(output);
    }

    // Only for collection expressions.
    IEnumerator IEnumerable.GetEnumerator() => _fields.GetEnumerator();

    private abstract record Field(int Number)
    {
        public long Size => CodedOutputStream.ComputeTagSize(Number) + ValueSize;

        protected abstract long ValueSize { get; }

        public abstract void WriteTo(CodedOutputStream output);
    }

    private sealed record Varint(int Number, long Value) : Field(Number)
    {
        protected override long ValueSize => CodedOutputStream.ComputeInt64Size(Value);

        public override void WriteTo(CodedOutputStream output)
        {
            output.WriteTag(Number, WireFormat.WireType.Varint);
            output.WriteInt64(Value);
        }
    }

    private sealed record Fixed32(int Number, float Value) : Field(Number)
    {
        protected override long ValueSize => sizeof(float);

        public override void WriteTo(CodedOutputStream output)
        {
            output.WriteTag(Number, WireFormat.WireType.Fixed32);
            output.WriteFloat(Value);
        }
    }

    private sealed record Bytes(int Number, ByteString Value) : Field(Number)
    {
        protected override long ValueSize => CodedOutputStream.ComputeBytesSize(Value);

        public override void WriteTo(CodedOutputStream output)
        {
            output.WriteTag(Number, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(Value);
        }
    }

    private sealed record Nested(int Number, ProtoMessage Value) : Field(Number)
    {
        protected override long ValueSize => Value.Size is var size ? CodedOutputStream.ComputeInt64Size(size) + size : 0;

        public override void WriteTo(CodedOutputStream output)
        {
            output.WriteTag(Number, WireFormat.WireType.LengthDelimited);
            output.WriteLength((int)Value.Size);
            Value.WriteTo(output);
        }
    }
}
