using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen.CompilerServices;

/// <summary>Dropout of a row of values, and its gradient.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DropoutRow
{
    /// <summary>Drops elements of one row in place, scales the kept ones and stores the masks.</summary>
    /// <param name="values">The row, element × 32 images.</param>
    /// <param name="masks">The row's masks, one for each vector; a set bit marks a dropped lane.</param>
    /// <param name="elements">Elements of the row.</param>
    /// <param name="group">Number of the row's first group of four elements.</param>
    /// <param name="lanes">The stage's decisions.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Apply(ref float values, ref ushort masks, int elements, int group, in DropoutLanes lanes)
    {
        for (nint half = 0; half < 2; half++)
        {
            ref float value = ref Unsafe.Add(ref values, half * 16);
            ref ushort mask = ref Unsafe.Add(ref masks, half);
            nint next = group;
            for (nint left = elements; left > 0; left -= 4)
            {
                lanes.Next(next++, half, out Vector512<uint> d0, out Vector512<uint> d1, out Vector512<uint> d2, out Vector512<uint> d3);
                Drop(ref value, ref mask, d0, lanes.Scale);
                if (left > 1) Drop(ref Unsafe.Add(ref value, 32), ref Unsafe.Add(ref mask, 2), d1, lanes.Scale);
                if (left > 2) Drop(ref Unsafe.Add(ref value, 64), ref Unsafe.Add(ref mask, 4), d2, lanes.Scale);
                if (left > 3) Drop(ref Unsafe.Add(ref value, 96), ref Unsafe.Add(ref mask, 6), d3, lanes.Scale);
                value = ref Unsafe.Add(ref value, 128);
                mask = ref Unsafe.Add(ref mask, 8);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Drop(ref float value, ref ushort mask, Vector512<uint> dropped, Vector512<float> scale)
    {
        mask = (ushort)dropped.ExtractMostSignificantBits();
        Vector512.ConditionalSelect(dropped.AsSingle(), Vector512<float>.Zero, Vector512.LoadUnsafe(ref value) * scale)
            .StoreUnsafe(ref value);
    }

    /// <summary>Propagates gradients back through dropout, in place.</summary>
    /// <param name="gradients">The gradients with respect to the dropout's output.</param>
    /// <param name="masks">One mask for each vector, as <see cref="Apply"/> stored them.</param>
    /// <param name="vectors">Number of vectors.</param>
    /// <param name="rate">The fraction that was dropped.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Gradient(ref float gradients, ref ushort masks, nint vectors, float rate)
    {
        Vector512<float> scale = Vector512.Create(Dropout.Scale(rate));
        for (nint v = 0; v < vectors; v++)
        {
            ref float gradient = ref Unsafe.Add(ref gradients, v * 16);
            LaneMask.Clear(Vector512.LoadUnsafe(ref gradient) * scale, Unsafe.Add(ref masks, v)).StoreUnsafe(ref gradient);
        }
    }
}
