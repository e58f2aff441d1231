using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NoiseGen.CompilerServices;

/// <summary>The geometry of a pool.</summary>
/// <param name="Channels">Channels of the map.</param>
/// <param name="Height">Rows of the map.</param>
/// <param name="Width">Columns of the map.</param>
/// <param name="Rows">Rows of the window.</param>
/// <param name="Columns">Columns of the window.</param>
/// <param name="StrideHeight">Rows from one window to the next.</param>
/// <param name="StrideWidth">Columns from one window to the next.</param>
/// <param name="PaddingHeight">Rows of padding above and below.</param>
/// <param name="PaddingWidth">Columns of padding on either side.</param>
/// <param name="CountPadding">Whether padding counts in the divisor of an average.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct PoolWindow(
    int Channels, int Height, int Width, int Rows, int Columns, int StrideHeight, int StrideWidth, int PaddingHeight, int PaddingWidth,
    bool CountPadding)
{
    /// <summary>Rows of the pooled map.</summary>
    internal int PooledHeight => (Height + 2 * PaddingHeight - Rows) / StrideHeight + 1;

    /// <summary>Columns of the pooled map.</summary>
    internal int PooledWidth => (Width + 2 * PaddingWidth - Columns) / StrideWidth + 1;

    /// <summary>Vectors of sixteen lanes in one pixel.</summary>
    internal int PixelVectors => Channels * 2;

    /// <summary>Floats in one pixel.</summary>
    internal int PixelFloats => Channels * LaneLayout.Lanes;

    /// <summary>Floats in one row of the map.</summary>
    internal int RowFloats => Width * PixelFloats;

    /// <summary>Elements of one window.</summary>
    internal int Taps => Rows * Columns;

    /// <summary>Whether the windows tile the map: they do not overlap, and none reaches past the edge.</summary>
    internal bool Tiles => StrideHeight == Rows && StrideWidth == Columns && PaddingHeight == 0 && PaddingWidth == 0;

    /// <summary>The factor of a window's sum.</summary>
    internal float Weight(int row, int column) => 1f / (CountPadding
        ? Taps
        : (EndRow(row) - StartRow(row)) * (EndColumn(column) - StartColumn(column)));

    /// <summary>First row of a window that lies inside the map.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int StartRow(int window) => Math.Max(0, window * StrideHeight - PaddingHeight);

    /// <summary>One past the last row of a window that lies inside the map.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int EndRow(int window) => Math.Min(Height, window * StrideHeight - PaddingHeight + Rows);

    /// <summary>First column of a window that lies inside the map.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int StartColumn(int window) => Math.Max(0, window * StrideWidth - PaddingWidth);

    /// <summary>One past the last column of a window that lies inside the map.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int EndColumn(int window) => Math.Min(Width, window * StrideWidth - PaddingWidth + Columns);

    /// <summary>First row of windows that covers a row of the map.</summary>
    internal int FirstOver(int row) => (int)Math.Max(0, ((long)row + PaddingHeight - Rows + StrideHeight) / StrideHeight);

    /// <summary>One past the last row of windows that covers a row of the map.</summary>
    internal int EndOver(int row) => Math.Min(PooledHeight, (row + PaddingHeight) / StrideHeight + 1);
}
