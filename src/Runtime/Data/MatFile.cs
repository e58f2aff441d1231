using System.Buffers.Binary;
using System.Text;

namespace NoiseGen;

/// <summary>
/// Arrays of numbers in a MATLAB file of level 5, as specified by "MAT-File Format" (The MathWorks): real, dense, little-endian, compressed
/// by zlib or not. Other content (cells, structures, texts) is skipped.
/// </summary>
internal static class MatFile
{
    private const int HeaderLength = 128, VersionPlace = 124, EndianPlace = 126;
    private const int Level5 = 0x0100, Level73 = 0x0200; // 7.3 is HDF5 behind the same header
    private const int Matrix = 14, Packed = 15;          // miMATRIX, miCOMPRESSED
    private const int FirstNumericClass = 6, LastNumericClass = 15, Complex = 0x800;

    /// <summary>Reads the arrays with the given names.</summary>
    /// <param name="file">The file, at its beginning.</param>
    /// <param name="names">Names of variables, all of which must exist.</param>
    /// <exception cref="DataFileException">It is not such a file, or an array is missing or not an array of numbers.</exception>
    public static MatArray[] Read(DataFile file, params ReadOnlySpan<string> names)
    {
        CheckHeader(file);
        var found = new Dictionary<string, MatArray>();
        Span<byte> tag = stackalloc byte[8];
        while (found.Count < names.Length && file.TryRead(tag, "an element's tag"))
        {
            int type = BinaryPrimitives.ReadInt32LittleEndian(tag);
            byte[] content = file.ReadBytes(BinaryPrimitives.ReadUInt32LittleEndian(tag[4..]), "an element");
            using DataFile element = type == Packed ? file.Unpack(content) : file.Inside(content);
            if (type == Packed)
            {
                if (!element.TryRead(tag, "a packed element's tag")) throw file.Wrong("a packed element", "nothing");
                type = BinaryPrimitives.ReadInt32LittleEndian(tag);
            }

            if (type == Matrix && ReadMatrix(element, names) is { } array) found[array.Name] = array;
        }

        var arrays = new MatArray[names.Length];
        for (int i = 0; i < names.Length; i++)
            arrays[i] = found.TryGetValue(names[i], out MatArray? array)
                ? array
                : throw file.Wrong($"a variable {names[i]}", "none of that name");
        return arrays;
    }

    private static void CheckHeader(DataFile file)
    {
        byte[] header = file.ReadBytes(HeaderLength, "a MATLAB file's header");
        int version = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(VersionPlace));
        string endian = Encoding.Latin1.GetString(header, EndianPlace, 2);
        if (endian == "IM" && version == Level5) return;
        string text = Encoding.Latin1.GetString(header, 0, 20).TrimEnd('\0', ' ');
        throw file.Wrong(
            "a MATLAB file of level 5, little-endian",
            version == Level73 ? "one of version 7.3, which is HDF5: save it with -v7" : endian == "MI"
                ? "a big-endian one"
                : $"a header that begins with '{text}'");
    }

    // Null if it was not asked for. Sub-elements: flags, dimensions, name, values.
    private static MatArray? ReadMatrix(DataFile element, ReadOnlySpan<string> names)
    {
        uint flags = BinaryPrimitives.ReadUInt32LittleEndian(ReadPart(element, "flags").Values);
        int[] dimensions =
        [
            .. ReadPart(element, "dimensions").Values.Chunk(sizeof(int)).Select(bytes => BinaryPrimitives.ReadInt32LittleEndian(bytes)),
        ];
        string name = Encoding.Latin1.GetString(ReadPart(element, "a name").Values);
        if (!names.Contains(name)) return null;
        if ((flags & 0xFF) is < FirstNumericClass or > LastNumericClass || (flags & Complex) != 0)
            throw element.Wrong(
                $"real numbers as {name}", $"an array of class {flags & 0xFF}{((flags & Complex) != 0 ? ", complex" : "")}");
        (int type, byte[] values) = ReadPart(element, $"the values of {name}");
        var array = new MatArray(name, dimensions, type, values);
        return array.IsWhole
            ? array
            : throw element.Wrong($"{string.Join('×', dimensions)} values of {name}", $"{values.Length} bytes of type {type}");
    }

    // A small element has its type and length in four bytes, and its content in the next four.
    private static (int Type, byte[] Values) ReadPart(DataFile element, string what)
    {
        uint first = BinaryPrimitives.ReadUInt32LittleEndian(element.ReadBytes(sizeof(uint), what));
        if (first >> 16 is var small and > 0)
        {
            byte[] four = element.ReadBytes(4, what);
            return small <= 4
                ? ((int)(first & 0xFFFF), four[..(int)small])
                : throw element.Wrong($"at most 4 bytes of {what} in a small element", $"{small}");
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(element.ReadBytes(sizeof(uint), what));
        byte[] values = element.ReadBytes(length, what);
        if (length % 8 != 0) element.ReadBytes(8 - length % 8, "padding");
        return ((int)first, values);
    }
}

/// <summary>An array of a <see cref="MatFile"/>.</summary>
/// <param name="Name">The variable's name.</param>
/// <param name="Dimensions">Lengths; the first index runs fastest.</param>
/// <param name="Type">How the values are stored, a data type of the format; need not be the array's class.</param>
/// <param name="Bytes">The values.</param>
internal sealed record MatArray(string Name, int[] Dimensions, int Type, byte[] Bytes)
{
    public const int UInt8 = 2;

    // miINT8, miUINT8, miINT16, miUINT16, miINT32, miUINT32, miSINGLE, miDOUBLE; 0 for types without a size.
    private int Size => Type switch { 1 or UInt8 => 1, 3 or 4 => 2, 5 or 6 or 7 => 4, 9 => 8, _ => 0 };

    public bool IsWhole => Size > 0 && Bytes.LongLength == Size * Dimensions.Aggregate(1L, (count, length) => count * length);

    /// <summary>The values, each as a double.</summary>
    public double[] Numbers() => [.. Enumerable.Range(0, Bytes.Length / Size).Select(i => NumberAt(Bytes.AsSpan(i * Size)))];

    private double NumberAt(ReadOnlySpan<byte> at) => Type switch
    {
        1 => (sbyte)at[0],
        UInt8 => at[0],
        3 => BinaryPrimitives.ReadInt16LittleEndian(at),
        4 => BinaryPrimitives.ReadUInt16LittleEndian(at),
        5 => BinaryPrimitives.ReadInt32LittleEndian(at),
        6 => BinaryPrimitives.ReadUInt32LittleEndian(at),
        7 => BinaryPrimitives.ReadSingleLittleEndian(at),
        _ => BinaryPrimitives.ReadDoubleLittleEndian(at),
    };
}
