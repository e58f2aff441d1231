using Google.Protobuf;
using NoiseGen.Onnx.Format;

namespace NoiseGen.Tests;

/// <summary>What a file says, read field by field, and what can be added to it.</summary>
internal static class ModelFile
{
    /// <summary>
    /// Makes more of a model's tensors its outputs: messages of protocol buffers are merged when they stand one behind the other.
    /// </summary>
    public static byte[] WithOutputs(byte[] file, IEnumerable<string> names)
    {
        // graph: output: name
        var more = new ProtoMessage { { 7, new ProtoMessage { { 12, names.Select(name => new ProtoMessage { { 1, name } }) } } } };
        using var stream = new MemoryStream();
        stream.Write(file);
        using (var output = new CodedOutputStream(stream, leaveOpen: true)) more.WriteTo(output);
        return stream.ToArray();
    }

    /// <summary>All values of a field that holds bytes: messages or text.</summary>
    public static IEnumerable<ByteString> Fields(ByteString message, int number)
    {
        using CodedInputStream input = message.CreateCodedInput();
        while (input.ReadTag() is var tag and not 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == number) yield return input.ReadBytes();
            else input.SkipLastField();
        }
    }
}
