using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen.CompilerServices;

/// <content>The transforms of the weights' gradient. The sign of A's last row is moved into Gᵀ.</content>
public readonly partial struct Winograd2x2
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient(ref float gradients, ref float target, nint line, nint pixel, nint values, nint product)
    {
        if (Vector512.IsHardwareAccelerated) Gradient<WideVector>(ref gradients, ref target, line, pixel, values, product);
        else Gradient<NarrowVector>(ref gradients, ref target, line, pixel, values, product);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Gradient<TVector>(ref float gradients, ref float target, nint line, nint pixel, nint values, nint product)
        where TVector : struct, ILaneVector<TVector>
    {
        for (nint i = 0; i < values; i += TVector.Count)
        {
            ref float first = ref Unsafe.Add(ref gradients, i);
            ref float outputs = ref Unsafe.Add(ref target, i);
            TVector y00 = TVector.Load(ref first), y01 = TVector.Load(ref Unsafe.Add(ref first, pixel));
            TVector y10 = TVector.Load(ref Unsafe.Add(ref first, line)), y11 = TVector.Load(ref Unsafe.Add(ref first, line + pixel));
            StoreLine(ref outputs, product, y00, y01);
            StoreLine(ref Unsafe.Add(ref outputs, 4 * product), product, y00 + y10, y01 + y11);
            StoreLine(ref Unsafe.Add(ref outputs, 8 * product), product, y00 - y10, y01 - y11);
            StoreLine(ref Unsafe.Add(ref outputs, 12 * product), product, y10, y11);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreLine<TVector>(ref float target, nint product, TVector left, TVector right)
        where TVector : struct, ILaneVector<TVector> => Store(ref target, product, left, left + right, left - right, right);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Taps(ref float sums, nint product, ref float taps)
    {
        for (nint i = 0; i < WinogradKernels.MostWidth; i += NarrowVector.Count)
        {
            Fold(ref Unsafe.Add(ref sums, i), product, out NarrowVector a0, out NarrowVector a1, out NarrowVector a2);
            Fold(ref Unsafe.Add(ref sums, i + product), product, out NarrowVector b0, out NarrowVector b1, out NarrowVector b2);
            Fold(ref Unsafe.Add(ref sums, i + 2 * product), product, out NarrowVector c0, out NarrowVector c1, out NarrowVector c2);
            Fold(ref Unsafe.Add(ref sums, i + 3 * product), product, out NarrowVector d0, out NarrowVector d1, out NarrowVector d2);
            ref float tap = ref Unsafe.Add(ref taps, i);
            StoreTaps(ref tap, a0, b0, c0, d0);
            StoreTaps(ref Unsafe.Add(ref tap, 3 * WinogradKernels.MostWidth), a1, b1, c1, d1);
            StoreTaps(ref Unsafe.Add(ref tap, 6 * WinogradKernels.MostWidth), a2, b2, c2, d2);
        }
    }

    // Gᵀ times a column of four sums.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fold(ref float sums, nint product, out NarrowVector t0, out NarrowVector t1, out NarrowVector t2)
    {
        NarrowVector m0 = NarrowVector.Load(ref sums), m1 = NarrowVector.Load(ref Unsafe.Add(ref sums, 4 * product));
        NarrowVector m2 = NarrowVector.Load(ref Unsafe.Add(ref sums, 8 * product)),
            m3 = NarrowVector.Load(ref Unsafe.Add(ref sums, 12 * product));
        Fold(m0, m1, m2, m3, out t0, out t1, out t2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fold(
        NarrowVector m0, NarrowVector m1, NarrowVector m2, NarrowVector m3, out NarrowVector t0, out NarrowVector t1, out NarrowVector t2)
    {
        NarrowVector half = NarrowVector.Of(0.5f), even = half * (m1 + m2);
        (t0, t1, t2) = (m0 + even, half * (m1 - m2), even - m3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreTaps(ref float taps, NarrowVector m0, NarrowVector m1, NarrowVector m2, NarrowVector m3)
    {
        Fold(m0, m1, m2, m3, out NarrowVector t0, out NarrowVector t1, out NarrowVector t2);
        t0.Store(ref taps);
        t1.Store(ref Unsafe.Add(ref taps, WinogradKernels.MostWidth));
        t2.Store(ref Unsafe.Add(ref taps, 2 * WinogradKernels.MostWidth));
    }
}
