using System.Buffers.Binary;
using System.Text;
using NoiseGen.Storage;

namespace NoiseGen.Runtime.Tests.Storage;

/// <summary>What the format's specification defines unambiguously is read; what two readers could read differently is refused.</summary>
public class SafetensorsHeaderTests
{
    private const string Tensor = """
        "a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}
        """;

    [Fact]
    public void NoMetadataIsNone()
    {
        Assert.Empty(Read("""{"__metadata__":null,""" + Tensor + "}").Metadata);
        Assert.Empty(Read("{" + Tensor + "}").Metadata);
        Assert.Equal("1", Read("{" + Tensor + ""","__metadata__":{"step":"1"}}""").Metadata["step"]);
    }

    [Theory]
    [InlineData("""{"__metadata__":{},"__metadata__":{},TENSOR}""", "two '__metadata__'")]
    [InlineData("""{"__metadata__":null,TENSOR,"__metadata__":{}}""", "two '__metadata__'")]
    [InlineData("""{"__metadata__":{"step":"1","step":"2"},TENSOR}""", "'step' twice")]
    [InlineData("""{"__metadata__":{"step":null},TENSOR}""", "Null where String is expected")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "tensor 'a' has 'dtype' twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"shape":[1],"data_offsets":[0,4]}}""", "tensor 'a' has 'shape' twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8],"data_offsets":[0,4]}}""", "tensor 'a' has 'data_offsets' twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":null,"data_offsets":[0,4]}}""", "Null where StartArray is expected")]
    [InlineData("""{"a":null}""", "Null where StartObject is expected")]
    [InlineData(""" {TENSOR}""", "begins with '{'")]
    public void AHeaderThatCouldMeanTwoThingsIsRefused(string json, string message)
    {
        var refusal = Assert.Throws<CheckpointException>(() => Read(json.Replace("TENSOR", Tensor, StringComparison.Ordinal)));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    private static SafetensorsHeader Read(string json)
    {
        byte[] header = Encoding.UTF8.GetBytes(json), length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        using var stream = new MemoryStream([.. length, .. header, 0, 0, 0, 0]);
        return SafetensorsHeader.Read(stream, "file");
    }
}
