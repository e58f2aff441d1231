using System.Numerics;
using System.Runtime.InteropServices;

namespace NoiseGen.Storage;

/// <summary>Converts values of safetensors types to floats.</summary>
internal static class TensorConversion
{
    /// <summary>The type that needs no conversion.</summary>
    public const string Native = "F32";

    /// <summary>Whether a type has a conversion.</summary>
    public static bool IsKnown(string type) =>
        type is Native or "F16" or "BF16" or "F64" or "BOOL" or "U8" or "I8" or "U16" or "I16" or "U32" or "I32" or "U64" or "I64";

    /// <summary>The reason why a tensor of another type is not read.</summary>
    public static string Refusal(TensorEntry tensor) =>
        $"tensor '{tensor.Name}' is of {tensor.Type}, which is not converted; F32, F16, BF16, F64, BOOL and integers are";

    /// <summary>The nearest floats.</summary>
    /// <param name="type">A type with a conversion.</param>
    /// <param name="bytes">The values, in little-endian order.</param>
    public static float[] ToFloats(string type, byte[] bytes) => type switch
    {
        Native => From<float>(bytes),
        "F16" => From<Half>(bytes),
        "BF16" =>
            Array.ConvertAll(MemoryMarshal.Cast<byte, ushort>(bytes)
            .ToArray(), upper => BitConverter.UInt32BitsToSingle((uint)upper << 16)),
        "F64" => From<double>(bytes),
        "BOOL" or "U8" => From<byte>(bytes),
        "I8" => From<sbyte>(bytes),
        "U16" => From<ushort>(bytes),
        "I16" => From<short>(bytes),
        "U32" => From<uint>(bytes),
        "I32" => From<int>(bytes),
        "U64" => From<ulong>(bytes),
        "I64" => From<long>(bytes),
        _ => throw new ArgumentException($"{type} has no conversion.", nameof(type)),
    };

    private static float[] From<T>(byte[] bytes)
        where T : unmanaged, INumberBase<T> => Array.ConvertAll(MemoryMarshal.Cast<byte, T>(bytes).ToArray(), float.CreateTruncating);
}
