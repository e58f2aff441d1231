using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NoiseGen.CompilerServices;

/// <summary>The geometry of a pool.</summary>
/// <param name="Channels">Channels of the map.</param>
/// <param name="Height">Rows of the map.</param>
/// <param name="Width">Columns of the map.</param>
/// <param name="Size">Rows and columns of the window.</param>
/// <param name="Stride">Step between windows.</param>
/// <param name="Padding">Rows and columns of padding on every side.</param>
/// <param name="CountPadding">Whether padding counts in the divisor of an average.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct PoolWindow(int Channels, int Height, int Width, int Size, int Stride, int Padding, bool CountPadding)
{
    /// <summary>Rows of the pooled map.</summary>
    public int PooledHeight => (Height + 2 * Padding - Size) / Stride + 1;

    /// <summary>Columns of the pooled map.</summary>
    public int PooledWidth => (Width + 2 * Padding - Size) / Stride + 1;

    /// <summary>Vectors of sixteen lanes in one pixel.</summary>
    internal int PixelVectors => Channels * 2;

    /// <summary>Floats in one pixel.</summary>
    internal int PixelFloats => Channels * 32;

    /// <summary>Floats in one row of the map.</summary>
    internal int RowFloats => Width * PixelFloats;

    /// <summary>Whether every pixel belongs to one window at most and no window reaches past the edge.</summary>
    internal bool Tiles => Stride >= Size && Padding == 0;

    /// <summary>What a window's sum is multiplied by.</summary>
    internal float Weight(int row, int column) => 1f / (CountPadding
        ? Size * Size
        : (End(row, Height) - Start(row)) * (End(column, Width) - Start(column)));

    /// <summary>First row or column of a window that lies inside the map.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Start(int window) => Math.Max(0, window * Stride - Padding);

    /// <summary>Row or column after a window's last one inside the map.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int End(int window, int size) => Math.Min(size, window * Stride - Padding + Size);

    /// <summary>First window that covers a row or column.</summary>
    internal int FirstOver(int pixel) => Math.Max(0, (pixel + Padding - Size + Stride) / Stride);

    /// <summary>Window after the last one that covers a row or column.</summary>
    internal int EndOver(int pixel, int windows) => Math.Min(windows, (pixel + Padding) / Stride + 1);
}
