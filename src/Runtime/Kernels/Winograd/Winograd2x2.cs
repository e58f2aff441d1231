using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static NoiseGen.LaneLayout;

namespace NoiseGen.CompilerServices;

/// <summary>Winograd's F(2×2, 3×3): four outputs of a 3×3 convolution from 16 products instead of the 36 of direct convolution.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly partial struct Winograd2x2 : IWinogradTransforms
{
    private const int Size = 2;

    /// <inheritdoc/>
    public static int Products => 16;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input(
        ref float source, ref float target, nint row, nint column, nint height, nint width, nint pixel, nint values, nint product)
    {
        var place = WinogradPatch.Of(row, column, Size, height, width);
        ref float first = ref Unsafe.Add(ref source, (row * width + column) * pixel);
        if (Vector512.IsHardwareAccelerated) Input<WideVector>(ref first, ref target, place, width * pixel, pixel, values, product);
        else Input<NarrowVector>(ref first, ref target, place, width * pixel, pixel, values, product);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Input<TVector>(
        ref float source, ref float target, WinogradPatch place, nint line, nint pixel, nint values, nint product)
        where TVector : struct, ILaneVector<TVector>
    {
        for (nint i = 0; i < values; i += TVector.Count)
        {
            ref float inputs = ref Unsafe.Add(ref source, i);
            ref float outputs = ref Unsafe.Add(ref target, i);
            Line(ref inputs, pixel, place, out TVector b0, out TVector b1, out TVector b2, out TVector b3);
            Line(ref Unsafe.Add(ref inputs, line), pixel, place, out TVector c0, out TVector c1, out TVector c2, out TVector c3);
            Store(ref Unsafe.Add(ref outputs, 4 * product), product, b0 + c0, b1 + c1, b2 + c2, b3 + c3);
            Store(ref Unsafe.Add(ref outputs, 8 * product), product, c0 - b0, c1 - b1, c2 - b2, c3 - b3);

            TVector a0 = TVector.Zero, a1 = a0, a2 = a0, a3 = a0;
            if (place.Above) Line(ref Unsafe.Add(ref inputs, -line), pixel, place, out a0, out a1, out a2, out a3);
            Store(ref outputs, product, a0 - c0, a1 - c1, a2 - c2, a3 - c3);

            TVector d0 = TVector.Zero, d1 = d0, d2 = d0, d3 = d0;
            if (place.Below) Line(ref Unsafe.Add(ref inputs, 2 * line), pixel, place, out d0, out d1, out d2, out d3);
            Store(ref Unsafe.Add(ref outputs, 12 * product), product, b0 - d0, b1 - d1, b2 - d2, b3 - d3);
        }
    }

    // A row of four inputs times B.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Line<TVector>(
        ref float line, nint pixel, WinogradPatch place, out TVector t0, out TVector t1, out TVector t2, out TVector t3)
        where TVector : struct, ILaneVector<TVector>
    {
        TVector x1 = TVector.Load(ref line), x2 = TVector.Load(ref Unsafe.Add(ref line, pixel));
        TVector x0 = place.Left ? TVector.Load(ref Unsafe.Add(ref line, -pixel)) : TVector.Zero;
        TVector x3 = place.Right ? TVector.Load(ref Unsafe.Add(ref line, 2 * pixel)) : TVector.Zero;
        (t0, t1, t2, t3) = (x0 - x2, x1 + x2, x2 - x1, x1 - x3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TVector>(ref float target, nint product, TVector v0, TVector v1, TVector v2, TVector v3)
        where TVector : struct, ILaneVector<TVector>
    {
        v0.Store(ref target);
        v1.Store(ref Unsafe.Add(ref target, product));
        v2.Store(ref Unsafe.Add(ref target, 2 * product));
        v3.Store(ref Unsafe.Add(ref target, 3 * product));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Output(
        ref float products, ref float biases, nint biasStride, ref float target, nint width, nint channels, nint product)
    {
        nint pixel = channels * Lanes;
        if (Vector512.IsHardwareAccelerated)
            Output<WideVector>(ref products, ref biases, biasStride, ref target, width * pixel, pixel, product);
        else Output<NarrowVector>(ref products, ref biases, biasStride, ref target, width * pixel, pixel, product);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Output<TVector>(
        ref float products, ref float biases, nint biasStride, ref float target, nint line, nint pixel, nint product)
        where TVector : struct, ILaneVector<TVector>
    {
        for (nint i = 0; i < pixel; i += TVector.Count)
        {
            Patch(ref Unsafe.Add(ref products, i), product, out TVector y00, out TVector y01, out TVector y10, out TVector y11);
            TVector bias = TVector.Of(Unsafe.Add(ref biases, i / Lanes * biasStride));
            ref float first = ref Unsafe.Add(ref target, i);
            (y00 + bias).Store(ref first);
            (y01 + bias).Store(ref Unsafe.Add(ref first, pixel));
            (y10 + bias).Store(ref Unsafe.Add(ref first, line));
            (y11 + bias).Store(ref Unsafe.Add(ref first, line + pixel));
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddOutput(ref float products, ref float target, nint width, nint channels, nint product)
    {
        nint pixel = channels * Lanes;
        if (Vector512.IsHardwareAccelerated) AddOutput<WideVector>(ref products, ref target, width * pixel, pixel, product);
        else AddOutput<NarrowVector>(ref products, ref target, width * pixel, pixel, product);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddOutput<TVector>(ref float products, ref float target, nint line, nint pixel, nint product)
        where TVector : struct, ILaneVector<TVector>
    {
        for (nint i = 0; i < pixel; i += TVector.Count)
        {
            Patch(ref Unsafe.Add(ref products, i), product, out TVector y00, out TVector y01, out TVector y10, out TVector y11);
            ref float first = ref Unsafe.Add(ref target, i);
            LaneVectors.Add(ref first, y00);
            LaneVectors.Add(ref Unsafe.Add(ref first, pixel), y01);
            LaneVectors.Add(ref Unsafe.Add(ref first, line), y10);
            LaneVectors.Add(ref Unsafe.Add(ref first, line + pixel), y11);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Patch<TVector>(ref float products, nint product, out TVector y00, out TVector y01, out TVector y10, out TVector y11)
        where TVector : struct, ILaneVector<TVector>
    {
        Column(ref products, product, out TVector p0, out TVector q0);
        Column(ref Unsafe.Add(ref products, product), product, out TVector p1, out TVector q1);
        Column(ref Unsafe.Add(ref products, 2 * product), product, out TVector p2, out TVector q2);
        Column(ref Unsafe.Add(ref products, 3 * product), product, out TVector p3, out TVector q3);
        (y00, y01, y10, y11) = (p0 + p1 + p2, p1 - p2 - p3, q0 + q1 + q2, q1 - q2 - q3);
    }

    // Aᵀ times a column of four products.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Column<TVector>(ref float products, nint product, out TVector p, out TVector q)
        where TVector : struct, ILaneVector<TVector>
    {
        TVector m0 = TVector.Load(ref products), m1 = TVector.Load(ref Unsafe.Add(ref products, 4 * product));
        TVector m2 = TVector.Load(ref Unsafe.Add(ref products, 8 * product)), m3 = TVector.Load(ref Unsafe.Add(ref products, 12 * product));
        (p, q) = (m0 + m1 + m2, m1 - m2 - m3);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Kernels(ref float taps, ref float target, nint product)
    {
        KernelRow(ref taps, 0, out var a0, out var b0, out var c0, out var d0);
        KernelRow(ref taps, 1, out var a1, out var b1, out var c1, out var d1);
        KernelRow(ref taps, 2, out var a2, out var b2, out var c2, out var d2);
        KernelColumn(ref target, product, a0, a1, a2);
        KernelColumn(ref Unsafe.Add(ref target, product), product, b0, b1, b2);
        KernelColumn(ref Unsafe.Add(ref target, 2 * product), product, c0, c1, c2);
        KernelColumn(ref Unsafe.Add(ref target, 3 * product), product, d0, d1, d2);
    }

    // A row of the kernel times Gᵀ.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void KernelRow(
        ref float taps, int row, out Vector512<float> t0, out Vector512<float> t1, out Vector512<float> t2, out Vector512<float> t3)
    {
        ref float first = ref Unsafe.Add(ref taps, row * 3 * WinogradKernels.MostWidth);
        Vector512<float> g1 = Vector512.LoadUnsafe(ref first, WinogradKernels.MostWidth);
        (t0, t3) = (Vector512.LoadUnsafe(ref first), Vector512.LoadUnsafe(ref first, 2 * WinogradKernels.MostWidth));
        (t1, t2) = Half(t0 + t3, g1);
    }

    // G times a column, stored in its position in each row of products.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void KernelColumn(ref float target, nint product, Vector512<float> g0, Vector512<float> g1, Vector512<float> g2)
    {
        (Vector512<float> sum, Vector512<float> difference) = Half(g0 + g2, g1);
        g0.StoreUnsafe(ref target);
        sum.StoreUnsafe(ref Unsafe.Add(ref target, 4 * product));
        difference.StoreUnsafe(ref Unsafe.Add(ref target, 8 * product));
        g2.StoreUnsafe(ref Unsafe.Add(ref target, 12 * product));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float> Sum, Vector512<float> Difference) Half(Vector512<float> outer, Vector512<float> inner) =>
        ((outer + inner) * Vector512.Create(0.5f), (outer - inner) * Vector512.Create(0.5f));
}
