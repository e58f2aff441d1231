using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen.CompilerServices;

/// <summary>One bit for each lane of a vector, stored by the forward pass for the backward pass.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LaneMask
{
    private static Vector512<int> Bits
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768);
    }

    /// <summary>The lanes whose bit is not set; zero in the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Clear(Vector512<float> values, ushort bits) =>
        Vector512.ConditionalSelect(
            Vector512.Equals(Vector512.Create((int)bits) & Bits, Vector512<int>.Zero).AsSingle(), values, Vector512<float>.Zero);

    /// <summary>The lanes whose bit is set; zero in the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Keep(Vector512<float> values, ushort bits) =>
        Vector512.ConditionalSelect(
            Vector512.Equals(Vector512.Create((int)bits) & Bits, Vector512<int>.Zero).AsSingle(), Vector512<float>.Zero, values);

    /// <summary>Sets the masked lanes of consecutive vectors to zero: the gradient of a ReLU, from the mask of its inputs.</summary>
    /// <param name="values">The vectors.</param>
    /// <param name="masks">One mask for each vector.</param>
    /// <param name="vectors">Number of vectors.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Clear(ref float values, ref ushort masks, nint vectors)
    {
        for (nint v = 0; v < vectors; v++)
        {
            ref float vector = ref Unsafe.Add(ref values, v * 16);
            Clear(Vector512.LoadUnsafe(ref vector), Unsafe.Add(ref masks, v)).StoreUnsafe(ref vector);
        }
    }
}
