using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen.CompilerServices;

/// <summary>Max pooling in lane layout, a row at a time. The first of the largest elements wins, row by row; NaN wins over everything.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MaxPool
{
    /// <summary>Computes one pooled row and marks the winners.</summary>
    /// <param name="ring">The latest <c>Rows</c> rows of the map; row r is at place r mod Rows.</param>
    /// <param name="pooled">The pooled row.</param>
    /// <param name="winners">The pooled row's marks: pixel × vector × tap, one mask each.</param>
    /// <param name="window">The geometry.</param>
    /// <param name="row">Number of the pooled row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Row(ref float ring, ref float pooled, ref ushort winners, in PoolWindow window, int row)
    {
        nint vectors = window.PixelVectors;
        nint taps = window.Taps;
        for (int column = 0; column < window.PooledWidth; column++)
        {
            for (nint v = 0; v < vectors; v++)
            {
                nint place = column * vectors + v;
                Largest(ref Unsafe.Add(ref ring, v * 16), window, row, column, out Vector512<float> largest, out Vector512<int> winner);
                largest.StoreUnsafe(ref pooled, (nuint)place * 16);
                for (int tap = 0; tap < taps; tap++)
                {
                    Unsafe.Add(ref winners, place * taps + tap) =
                        (ushort)Vector512.Equals(winner, Vector512.Create(tap)).ExtractMostSignificantBits();
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Largest(
        ref float ring, in PoolWindow window, int row, int column, out Vector512<float> largest, out Vector512<int> winner)
    {
        largest = Vector512.Create(float.NegativeInfinity);
        winner = Vector512.Create(-1);
        for (int y = window.StartRow(row); y < window.EndRow(row); y++)
        {
            for (int x = window.StartColumn(column); x < window.EndColumn(column); x++)
            {
                Vector512<float> value = Vector512.LoadUnsafe(ref Unsafe.Add(ref ring, (nint)(y % window.Rows) * window.RowFloats + x * window.PixelFloats));
                Vector512<int> better = (Vector512.GreaterThan(value, largest) | ~Vector512.Equals(value, value)).AsInt32()
                    | Vector512.LessThan(winner, Vector512<int>.Zero);
                int tap = (y - (row * window.StrideHeight - window.PaddingHeight)) * window.Columns + x - (column * window.StrideWidth - window.PaddingWidth);
                largest = Vector512.ConditionalSelect(better.AsSingle(), value, largest);
                winner = Vector512.ConditionalSelect(better, Vector512.Create(tap), winner);
            }
        }
    }

    /// <summary>Computes one row of the gradient with respect to the map.</summary>
    /// <param name="pooled">The gradient with respect to the pooled map.</param>
    /// <param name="winners">All marks.</param>
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
                        (Vector512.LoadUnsafe(ref gradients, target) + LaneMask.Keep(gradient, Unsafe.Add(ref winners, (place + v) * taps + tap)))
                            .StoreUnsafe(ref gradients, target);
                    }
                }
            }
        }
    }
}
