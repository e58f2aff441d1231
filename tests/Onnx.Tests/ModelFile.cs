using Google.Protobuf;
using NoiseGen.Onnx.Format;

namespace NoiseGen.Tests;

/// <summary>A file read field by field, and additions to it.</summary>
internal static class ModelFile
{
    /// <summary>
    /// Turns more of a model's tensors into outputs: concatenated protocol-buffer messages are merged.
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
