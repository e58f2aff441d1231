using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static NoiseGen.LaneLayout;

namespace NoiseGen.CompilerServices;

/// <summary>
/// A 3×3 convolution of a map of 2×2 pixels, which is the only patch, from nine products: the direct one has 16, because taps on padding
/// are skipped. Along one dimension it is a middle product of three taps and two pixels (Hanrot, Quercia, Zimmermann, "The middle product
/// algorithm", 2004), which Karatsuba's method reduces from four products to three: y₀ = g₁(x₀ + x₁) + (g₂ − g₁)x₁, y₁ = g₁(x₀ + x₁) + (g₀
/// − g₁)x₀.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct MiddleProduct2x2 : IWinogradTransforms
{
    private const int Side = 3;

    /// <inheritdoc/>
    public static int Products => Side * Side;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input(
        ref float source, ref float target, nint row, nint column, nint height, nint width, nint pixel, nint values, nint product)
    {
        // The second pixel comes before the first.
        if (Vector512.IsHardwareAccelerated)
            Expand<WideVector>(ref Unsafe.Add(ref source, 3 * pixel), ref target, -2 * pixel, -pixel, values, product);
        else Expand<NarrowVector>(ref Unsafe.Add(ref source, 3 * pixel), ref target, -2 * pixel, -pixel, values, product);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient(ref float gradients, ref float target, nint line, nint pixel, nint values, nint product)
    {
        if (Vector512.IsHardwareAccelerated) Expand<WideVector>(ref gradients, ref target, line, pixel, values, product);
        else Expand<NarrowVector>(ref gradients, ref target, line, pixel, values, product);
    }

    // The sum of two values and the values themselves, along both dimensions.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Expand<TVector>(ref float source, ref float target, nint line, nint pixel, nint values, nint product)
        where TVector : struct, ILaneVector<TVector>
    {
        for (nint i = 0; i < values; i += TVector.Count)
        {
            ref float first = ref Unsafe.Add(ref source, i);
            ref float outputs = ref Unsafe.Add(ref target, i);
            TVector x00 = TVector.Load(ref first), x01 = TVector.Load(ref Unsafe.Add(ref first, pixel));
            TVector x10 = TVector.Load(ref Unsafe.Add(ref first, line)), x11 = TVector.Load(ref Unsafe.Add(ref first, line + pixel));
            ExpandRow(ref outputs, product, x00 + x10, x01 + x11);
            ExpandRow(ref Unsafe.Add(ref outputs, Side * product), product, x00, x01);
            ExpandRow(ref Unsafe.Add(ref outputs, 2 * Side * product), product, x10, x11);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ExpandRow<TVector>(ref float target, nint product, TVector x0, TVector x1)
        where TVector : struct, ILaneVector<TVector>
    {
        (x0 + x1).Store(ref target);
        x0.Store(ref Unsafe.Add(ref target, product));
        x1.Store(ref Unsafe.Add(ref target, 2 * product));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Output(
        ref float products, ref float biases, nint biasStride, ref float target, nint width, nint channels, nint product)
    {
        if (Vector512.IsHardwareAccelerated)
            Output<WideVector>(ref products, ref biases, biasStride, ref target, channels * Lanes, product);
        else Output<NarrowVector>(ref products, ref biases, biasStride, ref target, channels * Lanes, product);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Output<TVector>(ref float products, ref float biases, nint biasStride, ref float target, nint pixel, nint product)
        where TVector : struct, ILaneVector<TVector>
    {
        for (nint i = 0; i < pixel; i += TVector.Count)
        {
            Pixels(ref Unsafe.Add(ref products, i), product, out TVector y00, out TVector y01, out TVector y10, out TVector y11);
            TVector bias = TVector.Of(Unsafe.Add(ref biases, i / Lanes * biasStride));
            ref float first = ref Unsafe.Add(ref target, i);
            (y00 + bias).Store(ref first);
            (y01 + bias).Store(ref Unsafe.Add(ref first, pixel));
            (y10 + bias).Store(ref Unsafe.Add(ref first, 2 * pixel));
            (y11 + bias).Store(ref Unsafe.Add(ref first, 3 * pixel));
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddOutput(ref float products, ref float target, nint width, nint channels, nint product)
    {
        if (Vector512.IsHardwareAccelerated) AddOutput<WideVector>(ref products, ref target, channels * Lanes, product);
        else AddOutput<NarrowVector>(ref products, ref target, channels * Lanes, product);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddOutput<TVector>(ref float products, ref float target, nint pixel, nint product)
        where TVector : struct, ILaneVector<TVector>
    {
        for (nint i = 0; i < pixel; i += TVector.Count)
        {
            Pixels(ref Unsafe.Add(ref products, i), product, out TVector y00, out TVector y01, out TVector y10, out TVector y11);
            ref float first = ref Unsafe.Add(ref target, i);
            LaneVectors.Add(ref first, y00);
            LaneVectors.Add(ref Unsafe.Add(ref first, pixel), y01);
            LaneVectors.Add(ref Unsafe.Add(ref first, 2 * pixel), y10);
            LaneVectors.Add(ref Unsafe.Add(ref first, 3 * pixel), y11);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pixels<TVector>(
        ref float products, nint product, out TVector y00, out TVector y01, out TVector y10, out TVector y11)
        where TVector : struct, ILaneVector<TVector>
    {
        PixelRow(ref products, product, out TVector p0, out TVector p1);
        PixelRow(ref Unsafe.Add(ref products, Side * product), product, out TVector q0, out TVector q1);
        PixelRow(ref Unsafe.Add(ref products, 2 * Side * product), product, out TVector r0, out TVector r1);
        (y00, y01, y10, y11) = (p0 + q0, p1 + q1, p0 + r0, p1 + r1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PixelRow<TVector>(ref float products, nint product, out TVector y0, out TVector y1)
        where TVector : struct, ILaneVector<TVector>
    {
        TVector both = TVector.Load(ref products);
        (y0, y1) = (
            both + TVector.Load(ref Unsafe.Add(ref products, product)), both + TVector.Load(ref Unsafe.Add(ref products, 2 * product)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Kernels(ref float taps, ref float target, nint product)
    {
        for (nint i = 0; i < WinogradKernels.MostWidth; i += NarrowVector.Count)
        {
            ref float outputs = ref Unsafe.Add(ref target, i);
            for (nint c = 0; c < Side; c++)
                KernelRow(
                    ref Unsafe.Add(ref taps, c * WinogradKernels.MostWidth + i), Side * WinogradKernels.MostWidth,
                    ref Unsafe.Add(ref outputs, c * product), Side * product);
            for (nint r = 0; r < Side; r++)
            {
                ref float row = ref Unsafe.Add(ref outputs, r * Side * product);
                KernelRow(ref row, product, ref row, product);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void KernelRow(ref float taps, nint step, ref float target, nint targetStep)
    {
        NarrowVector g0 = NarrowVector.Load(ref taps), g1 = NarrowVector.Load(ref Unsafe.Add(ref taps, step)),
            g2 = NarrowVector.Load(ref Unsafe.Add(ref taps, 2 * step));
        g1.Store(ref target);
        (g2 - g1).Store(ref Unsafe.Add(ref target, targetStep));
        (g0 - g1).Store(ref Unsafe.Add(ref target, 2 * targetStep));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Taps(ref float sums, nint product, ref float taps)
    {
        for (nint i = 0; i < WinogradKernels.MostWidth; i += NarrowVector.Count)
        {
            ref float first = ref Unsafe.Add(ref sums, i);
            for (nint c = 0; c < Side; c++)
            {
                ref float column = ref Unsafe.Add(ref first, c * product);
                TapRow(ref column, Side * product, ref column, Side * product);
            }

            for (nint r = 0; r < Side; r++)
                TapRow(ref Unsafe.Add(ref first, r * Side * product), product,
                    ref Unsafe.Add(ref taps, r * Side * WinogradKernels.MostWidth + i), WinogradKernels.MostWidth);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TapRow(ref float sums, nint step, ref float target, nint targetStep)
    {
        NarrowVector m0 = NarrowVector.Load(ref sums), m1 = NarrowVector.Load(ref Unsafe.Add(ref sums, step)),
            m2 = NarrowVector.Load(ref Unsafe.Add(ref sums, 2 * step));
        m2.Store(ref target);
        (m0 - m1 - m2).Store(ref Unsafe.Add(ref target, targetStep));
        m1.Store(ref Unsafe.Add(ref target, 2 * targetStep));
    }
}
