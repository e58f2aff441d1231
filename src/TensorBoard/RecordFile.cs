using System.Buffers.Binary;
using System.Numerics;

namespace NoiseGen.TensorBoard;

/// <summary>
/// Records of a TFRecord file (tensorflow.org/tutorials/load_data/tfrecord):
/// the length in eight bytes, its masked CRC-32C, the content, its masked CRC-32C; all little-endian.
/// </summary>
internal static class RecordFile
{
    private const uint MaskDelta = 0xa282ead8; // defined by the format

    /// <summary>Appends a record to a stream.</summary>
    public static void Append(Stream stream, ReadOnlySpan<byte> content)
    {
        byte[] record = new byte[sizeof(ulong) + sizeof(uint) + content.Length + sizeof(uint)];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), Masked(record.AsSpan(0, 8)));
        content.CopyTo(record.AsSpan(12));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(12 + content.Length), Masked(content));
        stream.Write(record);
    }

    /// <summary>CRC-32C, rotated right by 15 bits, plus a constant, because a record may itself contain checksums.</summary>
    internal static uint Masked(ReadOnlySpan<byte> bytes) => unchecked(BitOperations.RotateRight(Crc32C(bytes), 15) + MaskDelta);

    /// <summary>The checksum of iSCSI (RFC 3720), computed with the processor's instruction if it has one.</summary>
    internal static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte one in bytes) crc = BitOperations.Crc32C(crc, one);
        return ~crc;
    }
}
