using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen.CompilerServices;

/// <content>The transforms of the weights' gradient.</content>
public readonly partial struct Winograd4x4
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
        for (nint i = 0; i < values; i += CacheLine)
        {
            // A y, row × column; the last two of a row's six positions are still free.
            ref float first = ref Unsafe.Add(ref gradients, i), outputs = ref Unsafe.Add(ref target, i);
            for (nint c = 0; c < Size; c++)
                GradientRow<TVector>(ref Unsafe.Add(ref first, c * pixel), line, ref Unsafe.Add(ref outputs, c * product), Side * product);
            for (nint r = 0; r < Side; r++)
            {
                ref float row = ref Unsafe.Add(ref outputs, r * Side * product);
                GradientRow<TVector>(ref row, product, ref row, product);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void GradientRow<TVector>(ref float gradients, nint step, ref float target, nint targetStep)
        where TVector : struct, ILaneVector<TVector>
    {
        for (nint v = 0; v < CacheLine; v += TVector.Count)
            GradientLine<TVector>(ref Unsafe.Add(ref gradients, v), step, ref Unsafe.Add(ref target, v), targetStep);
    }

    // A y of four gradients. A row of A contains the powers of its point.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void GradientLine<TVector>(ref float gradients, nint step, ref float target, nint targetStep)
        where TVector : struct, ILaneVector<TVector>
    {
        TVector y0 = TVector.Load(ref gradients), y1 = TVector.Load(ref Unsafe.Add(ref gradients, step));
        TVector y2 = TVector.Load(ref Unsafe.Add(ref gradients, 2 * step)), y3 = TVector.Load(ref Unsafe.Add(ref gradients, 3 * step));
        y0.Store(ref target);
        TVector even = TVector.MultiplyAdd(TVector.Of(A2), y2, y0), odd = TVector.MultiplyAdd(TVector.Of(A3), y3, TVector.Of(A) * y1);
        (even + odd).Store(ref Unsafe.Add(ref target, targetStep));
        (even - odd).Store(ref Unsafe.Add(ref target, 2 * targetStep));
        even = TVector.MultiplyAdd(TVector.Of(B2), y2, y0);
        odd = TVector.MultiplyAdd(TVector.Of(B3), y3, TVector.Of(B) * y1);
        (even + odd).Store(ref Unsafe.Add(ref target, 3 * targetStep));
        (even - odd).Store(ref Unsafe.Add(ref target, 4 * targetStep));
        y3.Store(ref Unsafe.Add(ref target, 5 * targetStep));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Taps(ref float sums, nint product, ref float taps)
    {
        for (nint i = 0; i < WinogradKernels.MostWidth; i += NarrowVector.Count)
        {
            // Gᵀ m, stored over the first three of each column.
            ref float first = ref Unsafe.Add(ref sums, i);
            for (nint c = 0; c < Side; c++)
            {
                ref float column = ref Unsafe.Add(ref first, c * product);
                TapLine(ref column, Side * product, ref column, Side * product);
            }

            for (nint r = 0; r < 3; r++)
                TapLine(ref Unsafe.Add(ref first, r * Side * product), product,
                    ref Unsafe.Add(ref taps, r * 3 * WinogradKernels.MostWidth + i), WinogradKernels.MostWidth);
        }
    }

    // Gᵀ m of six sums.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TapLine(ref float sums, nint step, ref float target, nint targetStep)
    {
        NarrowVector m0 = NarrowVector.Load(ref sums), m5 = NarrowVector.Load(ref Unsafe.Add(ref sums, 5 * step));
        NarrowVector a1 = NarrowVector.Of(OfA) * NarrowVector.Load(ref Unsafe.Add(ref sums, step)),
            a2 = NarrowVector.Of(OfA) * NarrowVector.Load(ref Unsafe.Add(ref sums, 2 * step));
        NarrowVector b1 = NarrowVector.Of(OfB) * NarrowVector.Load(ref Unsafe.Add(ref sums, 3 * step)),
            b2 = NarrowVector.Of(OfB) * NarrowVector.Load(ref Unsafe.Add(ref sums, 4 * step));
        NarrowVector evenA = a1 + a2, evenB = b1 + b2;
        (NarrowVector.MultiplyAdd(NarrowVector.Of(OfZero), m0, evenA) + evenB).Store(ref target);
        NarrowVector.MultiplyAdd(NarrowVector.Of(A), a1 - a2, NarrowVector.Of(B) * (b1 - b2)).Store(ref Unsafe.Add(ref target, targetStep));
        NarrowVector.MultiplyAdd(NarrowVector.Of(A2), evenA, NarrowVector.MultiplyAdd(NarrowVector.Of(B2), evenB, m5))
            .Store(ref Unsafe.Add(ref target, 2 * targetStep));
    }
}
