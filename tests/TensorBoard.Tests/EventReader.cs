using System.Buffers.Binary;
using System.Text;

namespace NoiseGen.TensorBoard.Tests;

/// <summary>An event, as a reader finds it.</summary>
internal sealed record Event(double Time, long Step, string? Version, (string Tag, float Value)[] Values);

/// <summary>Event files, read from the format's description alone: no code is shared with what writes them.</summary>
internal static class EventReader
{
    public static Event[] Read(byte[] file)
    {
        List<Event> events = [];
        for (int place = 0; place < file.Length;)
        {
            ReadOnlySpan<byte> rest = file.AsSpan(place);
            int length = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(rest));
            Assert.Equal(Masked(rest[..8]), BinaryPrimitives.ReadUInt32LittleEndian(rest[8..]));
            Assert.Equal(Masked(rest.Slice(12, length)), BinaryPrimitives.ReadUInt32LittleEndian(rest[(12 + length)..]));
            events.Add(ReadEvent(rest.Slice(12, length)));
            place += 16 + length;
        }

        return [.. events];
    }

    // Bit by bit, with the reflected polynomial of Castagnoli.
    public static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte one in bytes)
        {
            crc ^= one;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? crc >> 1 ^ 0x82F63B78 : crc >> 1;
        }

        return crc ^ 0xFFFFFFFF;
    }

    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        uint crc = Crc(bytes);
        return unchecked((crc >> 15 | crc << 17) + 0xa282ead8);
    }

    private static Event ReadEvent(ReadOnlySpan<byte> message)
    {
        var found = new Event(0, 0, null, []);
        foreach ((int field, byte[] content, ulong number) in Fields(message))
        {
            found = field switch
            {
                1 => found with { Time = BitConverter.UInt64BitsToDouble(number) },
                2 => found with { Step = (long)number },
                3 => found with { Version = Encoding.UTF8.GetString(content) },
                5 => found with { Values = [.. Fields(content).Select(value => ReadValue(value.Content))] },
                _ => throw new InvalidDataException($"An event has no field {field} here."),
            };
        }

        return found;
    }

    private static (string, float) ReadValue(byte[] message)
    {
        (int Field, byte[] Content, ulong Number)[] fields = [.. Fields(message)];
        return (Encoding.UTF8.GetString(fields.Single(one => one.Field == 1).Content),
            BitConverter.UInt32BitsToSingle((uint)fields.Single(one => one.Field == 2).Number));
    }

    // Wire types: 0 a varint, 1 eight bytes, 2 a length and bytes, 5 four bytes.
    private static List<(int Field, byte[] Content, ulong Number)> Fields(ReadOnlySpan<byte> message)
    {
        List<(int, byte[], ulong)> fields = [];
        for (int place = 0; place < message.Length;)
        {
            ulong tag = Varint(message, ref place);
            (byte[] content, ulong number) = ((int)(tag & 7)) switch
            {
                0 => ([], Varint(message, ref place)),
                1 => ([], BinaryPrimitives.ReadUInt64LittleEndian(message.Slice((place += 8) - 8, 8))),
                2 => (Bytes(message, ref place), 0UL),
                5 => (Array.Empty<byte>(), BinaryPrimitives.ReadUInt32LittleEndian(message.Slice((place += 4) - 4, 4))),
                var other => throw new InvalidDataException($"Wire type {other}"),
            };
            fields.Add(((int)(tag >> 3), content, number));
        }

        return fields;
    }

    private static byte[] Bytes(ReadOnlySpan<byte> message, ref int place)
    {
        int length = (int)Varint(message, ref place);
        place += length;
        return message.Slice(place - length, length).ToArray();
    }

    private static ulong Varint(ReadOnlySpan<byte> message, ref int place)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte one = message[place++];
            value |= (ulong)(one & 0x7F) << shift;
            if (one < 0x80) return value;
        }
    }
}
