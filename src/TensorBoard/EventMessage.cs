using Google.Protobuf;

namespace NoiseGen.TensorBoard;

/// <summary>
/// Messages of TensorBoard's event files, as tensorflow/core/util/event.proto
/// and tensorflow/core/framework/summary.proto number their fields:
/// <c>Event { double wall_time = 1; int64 step = 2; string file_version = 3; Summary summary = 5; }</c>,
/// <c>Summary { repeated Value value = 1; }</c>, <c>Value { string tag = 1; float simple_value = 2; }</c>.
/// </summary>
internal static class EventMessage
{
    private const int WallTime = 1, Step = 2, FileVersion = 3, SummaryField = 5, Value = 1, Tag = 1, SimpleValue = 2;

    /// <summary>The first event of a file.</summary>
    public static byte[] OfVersion(double time, string version) => Message(output =>
    {
        WriteTime(output, time);
        output.WriteTag(FileVersion, WireFormat.WireType.LengthDelimited);
        output.WriteString(version);
    });

    /// <summary>An event with some values.</summary>
    public static byte[] OfScalars(double time, long step, IReadOnlyList<(string Tag, float Value)> values) => Message(output =>
    {
        WriteTime(output, time);
        output.WriteTag(Step, WireFormat.WireType.Varint);
        output.WriteInt64(step);
        WriteNested(output, SummaryField, summary =>
        {
            foreach ((string tag, float value) in values)
            {
                WriteNested(summary, Value, one =>
                {
                    one.WriteTag(Tag, WireFormat.WireType.LengthDelimited);
                    one.WriteString(tag);
                    one.WriteTag(SimpleValue, WireFormat.WireType.Fixed32);
                    one.WriteFloat(value);
                });
            }
        });
    });

    private static void WriteTime(CodedOutputStream output, double time)
    {
        output.WriteTag(WallTime, WireFormat.WireType.Fixed64);
        output.WriteDouble(time);
    }

    private static void WriteNested(CodedOutputStream output, int field, Action<CodedOutputStream> write)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(Message(write)));
    }

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var memory = new MemoryStream();
        using (var output = new CodedOutputStream(memory, leaveOpen: true)) write(output);
        return memory.ToArray();
    }
}
