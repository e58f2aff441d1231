using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen;

/// <summary>The weights of one input and all channels of a register tile.</summary>
internal static class TileRow
{
    /// <summary>At least the number of channels in the widest tile: the number that a transpose takes.</summary>
    public const int MostWidth = 16;

    /// <summary>Fills in sixteen channel numbers. Past the tile's channels, they repeat its last one.</summary>
    /// <param name="channels">Sixteen numbers.</param>
    /// <param name="width">Channels of the tile.</param>
    public static void Numbers(Span<int> channels, int width)
    {
        for (int i = 0; i < channels.Length; i++) channels[i] = Math.Min(i, width - 1);
    }

    /// <summary>Copies a row and does not write past its end.</summary>
    /// <param name="source">The row's first weight.</param>
    /// <param name="target">The destination.</param>
    /// <param name="width">Channels of the tile, 1 … 16.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(ref float source, ref float target, nint width)
    {
        nint rest = width - Vector256<float>.Count;
        if (rest < 0)
        {
            for (nint i = 0; i < width; i++) Unsafe.Add(ref target, i) = Unsafe.Add(ref source, i);
            return;
        }

        // The second vector may overlap the first.
        Vector256<float> head = Vector256.LoadUnsafe(ref source), tail = Vector256.LoadUnsafe(ref source, (nuint)rest);
        head.StoreUnsafe(ref target);
        tail.StoreUnsafe(ref target, (nuint)rest);
    }
}
