using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NoiseGen;

/// <summary>Brings images of floats into lane layout, sixteen images by sixteen elements at a time.</summary>
internal static class FloatLanes
{
    private const int Size = LaneBlock.Vector;

    private static ReadOnlySpan<int> EveryRow => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

    /// <summary>
    /// Writes sixteen images: every element's lanes are one vector, <paramref name="stride"/> floats from the next element's.
    /// </summary>
    /// <param name="values">All images, channel × row × column each.</param>
    /// <param name="starts">Where each of the sixteen begins.</param>
    /// <param name="images">Number of valid images; the lanes of the others become zero.</param>
    /// <param name="shape">Shape of an image.</param>
    /// <param name="lanes">Where the first element's lanes go.</param>
    /// <param name="stride">Floats from one element's lanes to the next one's.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Load(ReadOnlySpan<float> values, ReadOnlySpan<int> starts, int images, Shape shape, Span<float> lanes, int stride)
    {
        Shape rows = LaneBlock.LongRows(shape);
        for (int channel = 0; channel < rows.Channels; channel++)
        {
            for (int column = 0; column < rows.Width; column += Size)
            {
                ReadOnlySpan<float> from = values[(channel * rows.Width + column)..];
                Span<float> to = lanes[((column * rows.Channels + channel) * stride)..];
                int elements = Math.Min(Size, rows.Width - column);
                if (elements == Size && images == Size)
                    LaneTranspose.Sixteen(
                        ref MemoryMarshal.GetReference(from), starts, 1, ref MemoryMarshal.GetReference(to), rows.Channels * stride);
                else
                    LoadPart(from, starts, images, elements, to, rows.Channels * stride);
            }
        }
    }

    // For rows that do not fill a vector, or missing images.
    [SkipLocalsInit]
    private static void LoadPart(
        ReadOnlySpan<float> values, ReadOnlySpan<int> starts, int images, int elements, Span<float> lanes, int stride)
    {
        Span<float> tile = stackalloc float[2 * Size * Size];
        Span<float> transposed = tile[(Size * Size)..];
        for (int i = 0; i < Size; i++) Sixteen(values, starts[i]).CopyTo(tile[(Size * i)..]);
        LaneTranspose.Sixteen(ref MemoryMarshal.GetReference(tile), EveryRow, Size, ref MemoryMarshal.GetReference(transposed), Size);
        Vector512<float> mask = LeadingLanes.First(images);
        for (int i = 0; i < elements; i++) (Vector512.Create<float>(transposed[(Size * i)..]) & mask).CopyTo(lanes[(i * stride)..]);
    }

    private static Vector512<float> Sixteen(ReadOnlySpan<float> values, int start)
    {
        if (start <= values.Length - Size) return Vector512.Create(values[start..]);
        Vector512<float> result = default;
        for (int i = start; i < values.Length; i++) result = result.WithElement(i - start, values[i]);
        return result;
    }
}
