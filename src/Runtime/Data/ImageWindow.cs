using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NoiseGen;

/// <summary>An augmented image of a data set: shifted, padded with zeros, and optionally mirrored.</summary>
/// <param name="Start">Index of the image's first pixel.</param>
/// <param name="Row">Row of the image that is shown as the first one.</param>
/// <param name="Column">Column of the image that is shown as the first one, before mirroring.</param>
/// <param name="Flip">Whether columns run from right to left.</param>
internal readonly record struct ImageWindow(int Start, int Row, int Column, bool Flip)
{
    private static Vector128<byte> Backwards => Vector128.Create((byte)15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);

    /// <summary>Sixteen pixels of one row of the window; values past the end of the row are undefined.</summary>
    /// <param name="pixels">All pixels of the data set.</param>
    /// <param name="shape">Shape of an image.</param>
    /// <param name="channel">Channel of the pixels.</param>
    /// <param name="row">Row of the pixels.</param>
    /// <param name="column">Column of the first one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<byte> Sixteen(ReadOnlySpan<byte> pixels, Shape shape, int channel, int row, int column)
    {
        int sourceRow = row + Row;
        if ((uint)sourceRow >= (uint)shape.Height) return default;
        int from = Column + (Flip ? shape.Width - ByteTile.Size - column : column);
        Vector128<byte> values = Load(pixels, Start + (channel * shape.Height + sourceRow) * shape.Width + from);
        values &= Inside(from, shape.Width);
        return Flip ? Vector128.Shuffle(values, Backwards) : values;
    }

    // Sixteen columns that lie inside the image, starting at one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Inside(int from, int width)
    {
        var first = Vector128.Create((sbyte)Math.Clamp(-from, 0, ByteTile.Size));
        var end = Vector128.Create((sbyte)Math.Clamp(width - from, 0, ByteTile.Size));
        return (Vector128.GreaterThanOrEqual(Vector128<sbyte>.Indices, first) & Vector128.LessThan(Vector128<sbyte>.Indices, end)).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Load(ReadOnlySpan<byte> pixels, int start) =>
        (uint)start <= (uint)(pixels.Length - ByteTile.Size) && pixels.Length >= ByteTile.Size
        ? Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(pixels), (nuint)start)
        : LoadAtEdge(pixels, start);

    // Before the first pixel of the data set, or past its last one.
    private static Vector128<byte> LoadAtEdge(ReadOnlySpan<byte> pixels, int start)
    {
        Vector128<byte> values = default;
        for (int i = 0; i < ByteTile.Size; i++)
        {
            if ((uint)(start + i) < (uint)pixels.Length) values = values.WithElement(i, pixels[start + i]);
        }

        return values;
    }
}
