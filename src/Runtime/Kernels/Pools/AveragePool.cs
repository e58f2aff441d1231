using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen.CompilerServices;

/// <summary>Average pooling in lane layout, a row at a time.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class AveragePool
{
    /// <summary>Computes one pooled row.</summary>
    /// <param name="ring">The latest <c>Rows</c> rows of the map; row r is at index r mod Rows.</param>
    /// <param name="pooled">The pooled row.</param>
    /// <param name="window">The geometry.</param>
    /// <param name="row">Number of the pooled row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Row(ref float ring, ref float pooled, in PoolWindow window, int row)
    {
        nint pixel = window.PixelFloats;
        for (int column = 0; column < window.PooledWidth; column++)
        {
            ref float target = ref Unsafe.Add(ref pooled, column * pixel);
            Vector512<float> weight = Vector512.Create(window.Weight(row, column));
            if (window is { Rows: 2, Columns: 2, PaddingHeight: 0, PaddingWidth: 0 })
            {
                nint first = column * window.StrideWidth * pixel;
                ref float upper = ref Unsafe.Add(ref ring, row * window.StrideHeight % 2 * window.RowFloats + first);
                ref float lower = ref Unsafe.Add(ref ring, (row * window.StrideHeight + 1) % 2 * window.RowFloats + first);
                for (nint v = 0; v < pixel; v += 16)
                {
                    Vector512<float> sum = Vector512.LoadUnsafe(ref upper, (nuint)v) + Vector512.LoadUnsafe(ref upper, (nuint)(v + pixel))
                        + (Vector512.LoadUnsafe(ref lower, (nuint)v) + Vector512.LoadUnsafe(ref lower, (nuint)(v + pixel)));
                    (sum * weight).StoreUnsafe(ref target, (nuint)v);
                }

                continue;
            }

            for (nint v = 0; v < pixel; v += 16)
                (Sum(ref Unsafe.Add(ref ring, v), window, row, column) * weight).StoreUnsafe(ref target, (nuint)v);
        }
    }

    private static Vector512<float> Sum(ref float ring, in PoolWindow window, int row, int column)
    {
        Vector512<float> sum = Vector512<float>.Zero;
        for (int y = window.StartRow(row); y < window.EndRow(row); y++)
        {
            for (int x = window.StartColumn(column); x < window.EndColumn(column); x++)
                sum += Vector512.LoadUnsafe(ref Unsafe.Add(ref ring, (nint)(y % window.Rows) * window.RowFloats + x * window.PixelFloats));
        }

        return sum;
    }

    /// <summary>Computes one row of the gradient with respect to the map.</summary>
    /// <param name="pooled">The gradient with respect to the pooled map.</param>
    /// <param name="gradients">The row.</param>
    /// <param name="window">The geometry.</param>
    /// <param name="row">Number of the row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void GradientRow(ref float pooled, ref float gradients, in PoolWindow window, int row)
    {
        nint pixel = window.PixelFloats;
        Unsafe.InitBlock(ref Unsafe.As<float, byte>(ref gradients), 0, (uint)(window.RowFloats * sizeof(float)));
        for (int y = window.FirstOver(row); y < window.EndOver(row); y++)
        {
            for (int x = 0; x < window.PooledWidth; x++)
            {
                ref float source = ref Unsafe.Add(ref pooled, (y * window.PooledWidth + x) * pixel);
                Vector512<float> weight = Vector512.Create(window.Weight(y, x));
                for (int column = window.StartColumn(x); column < window.EndColumn(x); column++)
                {
                    ref float target = ref Unsafe.Add(ref gradients, column * pixel);
                    for (nint v = 0; v < pixel; v += 16)
                    {
                        Vector512.FusedMultiplyAdd(
                            Vector512.LoadUnsafe(ref source, (nuint)v), weight, Vector512.LoadUnsafe(ref target, (nuint)v))
                            .StoreUnsafe(ref target, (nuint)v);
                    }
                }
            }
        }
    }

    /// <summary>
    /// As <see cref="GradientRow(ref float, ref float, in PoolWindow, int)"/>, then through a ReLU: masked lanes become zero.
    /// </summary>
    /// <param name="pooled">The gradient with respect to the pooled map.</param>
    /// <param name="gradients">The row.</param>
    /// <param name="masks">The row's masks, one for each vector.</param>
    /// <param name="window">The geometry.</param>
    /// <param name="row">Number of the row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void GradientRow(ref float pooled, ref float gradients, ref ushort masks, in PoolWindow window, int row)
    {
        if (!window.Tiles || row / window.Rows >= window.PooledHeight)
        {
            GradientRow(ref pooled, ref gradients, window, row);
            LaneMask.Clear(ref gradients, ref masks, window.Width * window.PixelVectors);
            return;
        }

        // Each pixel belongs to one window, so there are no sums and one store.
        nint vectors = window.PixelVectors;
        Vector512<float> weight = Vector512.Create(window.Weight(0, 0));
        ref float source = ref Unsafe.Add(ref pooled, row / window.Rows * window.PooledWidth * window.PixelFloats);
        nint pixel = 0;
        for (int x = 0; x < window.PooledWidth; x++)
        {
            for (int k = 0; k < window.Columns; k++, pixel++)
            {
                for (nint v = 0; v < vectors; v++)
                {
                    Vector512<float> gradient = Vector512.LoadUnsafe(ref source, (nuint)(x * vectors + v) * 16) * weight;
                    LaneMask.Clear(gradient, Unsafe.Add(ref masks, pixel * vectors + v))
                        .StoreUnsafe(ref gradients, (nuint)(pixel * vectors + v) * 16);
                }
            }
        }

        for (nint v = pixel * vectors; v < window.Width * vectors; v++) Vector512<float>.Zero.StoreUnsafe(ref gradients, (nuint)v * 16);
    }
}
