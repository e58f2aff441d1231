using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace NoiseGen.Runtime.Tests.Data;

/// <summary>MATLAB files of level 5 as the format's description has them, written here by hand.</summary>
internal static class MatBytes
{
    public const int UInt8 = 2, Double = 9;

    private const int Int8 = 1, Int32 = 5, UInt32 = 6, Matrix = 14, Packed = 15;

    public static byte[] File(params byte[][] elements)
    {
        byte[] header = new byte[128];
        Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file, written by a test".PadRight(116)).CopyTo(header, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(124), 0x0100);
        Encoding.ASCII.GetBytes("IM").CopyTo(header, 126);
        return [.. header, .. elements.SelectMany(element => element)];
    }

    /// <summary>An array: class 9 is uint8, 6 is double, 4 is char.</summary>
    public static byte[] Array(string name, int[] dimensions, int type, byte[] values, byte arrayClass = 9) => Element(Matrix,
    [
        .. Element(UInt32, [arrayClass, 0, 0, 0, 0, 0, 0, 0]),
        .. Element(Int32, [.. dimensions.SelectMany(length => BitConverter.GetBytes(length))]),
        .. name.Length <= 4 ? Small(Int8, Encoding.ASCII.GetBytes(name)) : Element(Int8, Encoding.ASCII.GetBytes(name)),
        .. Element(type, values),
    ]);

    public static byte[] Pack(byte[] element)
    {
        using var packed = new MemoryStream();
        using (var packer = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) packer.Write(element);
        return [.. BitConverter.GetBytes(Packed), .. BitConverter.GetBytes((int)packed.Length), .. packed.ToArray()];
    }

    private static byte[] Small(int type, byte[] values) =>
        [.. BitConverter.GetBytes(values.Length << 16 | type), .. values, .. new byte[4 - values.Length]];

    private static byte[] Element(int type, byte[] values) =>
        [.. BitConverter.GetBytes(type), .. BitConverter.GetBytes(values.Length), .. values, .. new byte[(8 - values.Length % 8) % 8]];
}
