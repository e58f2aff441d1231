using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NoiseGen;

/// <summary>Brings images of floats into lane layout, sixteen images by sixteen elements at a time.</summary>
internal static class FloatLanes
{
    private const int Size = LaneBlock.Vector;

    /// <summary>Writes sixteen images: every element's lanes are one vector, <paramref name="stride"/> floats from the next element's.</summary>
    /// <param name="values">All images, channel × row × column each.</param>
    /// <param name="starts">Where each of the sixteen begins.</param>
    /// <param name="images">How many of them count; the others' lanes become zero.</param>
    /// <param name="shape">Shape of an image.</param>
    /// <param name="lanes">Where the first element's lanes go.</param>
    /// <param name="stride">Floats from one element's lanes to the next one's.</param>
    [SkipLocalsInit]
    public static void Load(ReadOnlySpan<float> values, ReadOnlySpan<int> starts, int images, Shape shape, Span<float> lanes, int stride)
    {
        Span<float> tile = stackalloc float[2 * Size * Size];
        Vector512<float> mask = LeadingLanes.First(images);
        Shape rows = LaneBlock.LongRows(shape);
        for (int channel = 0; channel < rows.Channels; channel++)
        {
            for (int column = 0; column < rows.Width; column += Size)
            {
                for (int i = 0; i < Size; i++) Sixteen(values, starts[i] + channel * rows.Width + column).CopyTo(tile[(Size * i)..]);
                Transpose(tile);
                int count = Math.Min(Size, rows.Width - column);
                for (int i = 0; i < count; i++)
                    (Vector512.Create<float>(tile[(Size * i)..]) & mask).CopyTo(lanes[(((column + i) * rows.Channels + channel) * stride)..]);
            }
        }
    }

    private static Vector512<float> Sixteen(ReadOnlySpan<float> values, int start)
    {
        if (start <= values.Length - Size) return Vector512.Create(values[start..]);
        Vector512<float> result = default;
        for (int i = start; i < values.Length; i++) result = result.WithElement(i - start, values[i]);
        return result;
    }

    // A perfect shuffle moves the place's top bit to the bottom. Four of them, there and back between the halves of the room, swap
    // the four bits of the image with the four of the element.
    private static void Transpose(Span<float> tile)
    {
        Span<float> other = tile[(Size * Size)..];
        for (int round = 0; round < 2; round++)
        {
            Shuffle(tile, other);
            Shuffle(other, tile);
        }
    }

    private static void Shuffle(ReadOnlySpan<float> from, Span<float> to)
    {
        ref uint source = ref Unsafe.As<float, uint>(ref MemoryMarshal.GetReference(from[..(Size * Size)]));
        ref float target = ref MemoryMarshal.GetReference(to[..(Size * Size)]);
        for (nuint i = 0; i < Size * Size / 2; i += Size)
        {
            Vector512<uint> even = Vector512.LoadUnsafe(ref source, i), odd = Vector512.LoadUnsafe(ref source, i + Size * Size / 2);
            (Vector512.WidenLower(even) | (Vector512.WidenLower(odd) << 32)).AsSingle().StoreUnsafe(ref target, 2 * i);
            (Vector512.WidenUpper(even) | (Vector512.WidenUpper(odd) << 32)).AsSingle().StoreUnsafe(ref target, 2 * i + Size);
        }
    }
}
