using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen.CompilerServices;

/// <summary>
/// Max pooling in lane layout, a row at a time. The first of the largest elements wins, in row-major order; the last NaN wins over
/// everything.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MaxPool
{
    /// <summary>Computes one pooled row and the masks of the winners.</summary>
    /// <param name="ring">The latest <c>Rows</c> rows of the map; row r is at place r mod Rows.</param>
    /// <param name="pooled">The pooled row.</param>
    /// <param name="winners">The pooled row's masks: pixel × vector × tap.</param>
    /// <param name="window">The geometry.</param>
    /// <param name="row">Number of the pooled row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Row(ref float ring, ref float pooled, ref ushort winners, in PoolWindow window, int row)
    {
        nint vectors = window.PixelVectors, taps = window.Taps;
        for (int column = 0; column < window.PooledWidth; column++)
        {
            var area = new Area(window, row, column);
            for (nint v = 0; v < vectors; v++)
            {
                nint place = column * vectors + v;
                Vector512<float> largest = area.Largest(ref Unsafe.Add(ref ring, v * 16), out Vector512<int> winner);
                largest.StoreUnsafe(ref pooled, (nuint)place * 16);
                for (int tap = 0; tap < taps; tap++)
                {
                    Unsafe.Add(ref winners, place * taps + tap) =
                        (ushort)Vector512.Equals(winner, Vector512.Create(tap)).ExtractMostSignificantBits();
                }
            }
        }
    }

    /// <summary>Computes one pooled row when the winners are not needed.</summary>
    /// <param name="ring">The latest <c>Rows</c> rows of the map; row r is at place r mod Rows.</param>
    /// <param name="pooled">The pooled row.</param>
    /// <param name="window">The geometry.</param>
    /// <param name="row">Number of the pooled row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Row(ref float ring, ref float pooled, in PoolWindow window, int row)
    {
        nint vectors = window.PixelVectors;
        for (int column = 0; column < window.PooledWidth; column++)
        {
            var area = new Area(window, row, column);
            for (nint v = 0; v < vectors; v++)
                area.Largest(ref Unsafe.Add(ref ring, v * 16)).StoreUnsafe(ref pooled, (nuint)(column * vectors + v) * 16);
        }
    }

    /// <summary>The part of the map that a window covers.</summary>
    private readonly struct Area
    {
        private readonly nint _first, _line, _pixel;
        private readonly int _slot, _slots, _rows, _columns, _firstTap, _tapLine;

        public Area(in PoolWindow window, int row, int column)
        {
            int top = window.StartRow(row), left = window.StartColumn(column);
            (_rows, _columns) = (window.EndRow(row) - top, window.EndColumn(column) - left);
            (_slot, _slots) = (top % window.Rows, window.Rows);
            (_line, _pixel) = (window.RowFloats, window.PixelFloats);
            _first = left * _pixel;
            _firstTap = (top - (row * window.StrideHeight - window.PaddingHeight)) * window.Columns
                + left - (column * window.StrideWidth - window.PaddingWidth);
            _tapLine = window.Columns;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Largest(ref float ring)
        {
            ref float first = ref Unsafe.Add(ref ring, _first);
            Vector512<float> largest = Vector512.LoadUnsafe(ref Unsafe.Add(ref first, _slot * _line));
            int slot = _slot;
            for (int y = 0; y < _rows; y++)
            {
                ref float pixel = ref Unsafe.Add(ref first, slot * _line);
                for (int x = 0; x < _columns; x++)
                {
                    Vector512<float> value = Vector512.LoadUnsafe(ref pixel);
                    largest = Vector512.ConditionalSelect(IsBetter(value, largest), value, largest);
                    pixel = ref Unsafe.Add(ref pixel, _pixel);
                }

                slot = slot + 1 == _slots ? 0 : slot + 1;
            }

            return largest;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Largest(ref float ring, out Vector512<int> winner)
        {
            ref float first = ref Unsafe.Add(ref ring, _first);
            Vector512<float> largest = Vector512.LoadUnsafe(ref Unsafe.Add(ref first, _slot * _line));
            winner = Vector512.Create(_firstTap);
            int slot = _slot;
            for (int y = 0; y < _rows; y++)
            {
                ref float pixel = ref Unsafe.Add(ref first, slot * _line);
                for (int x = 0; x < _columns; x++)
                {
                    Vector512<float> value = Vector512.LoadUnsafe(ref pixel), better = IsBetter(value, largest);
                    largest = Vector512.ConditionalSelect(better, value, largest);
                    winner = Vector512.ConditionalSelect(better.AsInt32(), Vector512.Create(_firstTap + y * _tapLine + x), winner);
                    pixel = ref Unsafe.Add(ref pixel, _pixel);
                }

                slot = slot + 1 == _slots ? 0 : slot + 1;
            }

            return largest;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<float> IsBetter(Vector512<float> value, Vector512<float> largest) =>
            Vector512.GreaterThan(value, largest) | ~Vector512.Equals(value, value);
    }

    /// <summary>Computes one row of the gradient with respect to the map.</summary>
    /// <param name="pooled">The gradient with respect to the pooled map.</param>
    /// <param name="winners">All masks.</param>
    /// <param name="gradients">The row.</param>
    /// <param name="window">The geometry.</param>
    /// <param name="row">Number of the row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void GradientRow(ref float pooled, ref ushort winners, ref float gradients, in PoolWindow window, int row)
    {
        nint vectors = window.PixelVectors;
        nint taps = window.Taps;
        Unsafe.InitBlock(ref Unsafe.As<float, byte>(ref gradients), 0, (uint)(window.RowFloats * sizeof(float)));
        for (int y = window.FirstOver(row); y < window.EndOver(row); y++)
        {
            int tapRow = row - (y * window.StrideHeight - window.PaddingHeight);
            for (int x = 0; x < window.PooledWidth; x++)
            {
                nint place = (y * window.PooledWidth + x) * vectors;
                for (int column = window.StartColumn(x); column < window.EndColumn(x); column++)
                {
                    nint tap = tapRow * window.Columns + column - (x * window.StrideWidth - window.PaddingWidth);
                    for (nint v = 0; v < vectors; v++)
                    {
                        nuint target = (nuint)(column * vectors + v) * 16;
                        Vector512<float> gradient = Vector512.LoadUnsafe(ref pooled, (nuint)(place + v) * 16);
                        (Vector512.LoadUnsafe(ref gradients, target) + LaneMask.Keep(
                            gradient, Unsafe.Add(ref winners, (place + v) * taps + tap)))
                            .StoreUnsafe(ref gradients, target);
                    }
                }
            }
        }
    }
}
