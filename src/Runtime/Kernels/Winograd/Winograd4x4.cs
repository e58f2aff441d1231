using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static NoiseGen.LaneLayout;

namespace NoiseGen.CompilerServices;

/// <summary>Winograd's F(4×4, 3×3): sixteen outputs of a 3×3 convolution from 36 products instead of the 144 of direct
/// convolution.</summary>
/// <remarks>
/// The interpolation points are 0, ±5/8, ±3/2 and infinity. Of the points tried (Lavin's 0, ±1, ±2, ∞; ±1/2 … ±3/4 with ±1 … ±7/4; ±√½ with
/// ±√2) they have the smallest error: with 64 Gaussian channels, 1.6 times the root-mean-square error of the direct convolution, where
/// Lavin's have 3.6 times. Their powers are exact in float.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly partial struct Winograd4x4 : IWinogradTransforms
{
    private const int Size = 4, Side = 6, CacheLine = 16;

    private const float A = 0.625f, A2 = A * A, A3 = A2 * A;
    private const float B = 1.5f, B2 = B * B, B3 = B2 * B;

    // 1 divided by the product of a point's distances from the others.
    private const float OfZero = (float)(1 / ((double)A2 * B2)), OfA = (float)(1 / (2.0 * A2 * (A2 - B2))),
        OfB = (float)(1 / (2.0 * B2 * (B2 - A2)));

    /// <inheritdoc/>
    public static int Products => Side * Side;

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
        // Takes one cache line of each pixel at a time: pixels are often a multiple of 4 KiB apart, and then share a cache set of only
        // eight lines.
        for (nint i = 0; i < values; i += CacheLine)
        {
            ref float outputs = ref Unsafe.Add(ref target, i);
            ref float column = ref Unsafe.Add(ref source, i - pixel);
            if (place.Left) InputColumn<TVector>(ref column, ref outputs, place, line, product);
            else ClearColumn<TVector>(ref outputs, product);
            for (nint c = 1; c < Side - 1; c++)
            {
                column = ref Unsafe.Add(ref column, pixel);
                InputColumn<TVector>(ref column, ref Unsafe.Add(ref outputs, c * product), place, line, product);
            }

            if (place.Right)
                InputColumn<TVector>(
                    ref Unsafe.Add(ref column, pixel), ref Unsafe.Add(ref outputs, (Side - 1) * product), place, line, product);
            else ClearColumn<TVector>(ref Unsafe.Add(ref outputs, (Side - 1) * product), product);

            for (nint r = 0; r < Side; r++) InputRow<TVector>(ref Unsafe.Add(ref outputs, r * Side * product), product);
        }
    }

    // Bᵀ times columns of six inputs. The second column starts at `column`.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InputColumn<TVector>(ref float column, ref float target, WinogradPatch place, nint line, nint product)
        where TVector : struct, ILaneVector<TVector>
    {
        if (place.Above) Cache.Fetch(ref Unsafe.Add(ref column, CacheLine - line));
        if (place.Below) Cache.Fetch(ref Unsafe.Add(ref column, CacheLine + 4 * line));
        for (nint r = 0; r < Size; r++) Cache.Fetch(ref Unsafe.Add(ref column, CacheLine + r * line));
        for (nint v = 0; v < CacheLine; v += TVector.Count)
        {
            ref float x = ref Unsafe.Add(ref column, v);
            TVector x0 = place.Above ? TVector.Load(ref Unsafe.Add(ref x, -line)) : TVector.Zero;
            TVector x5 = place.Below ? TVector.Load(ref Unsafe.Add(ref x, 4 * line)) : TVector.Zero;
            InputLine(
                x0, TVector.Load(ref x), TVector.Load(ref Unsafe.Add(ref x, line)), TVector.Load(ref Unsafe.Add(ref x, 2 * line)),
                TVector.Load(ref Unsafe.Add(ref x, 3 * line)), x5, ref Unsafe.Add(ref target, v), Side * product);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ClearColumn<TVector>(ref float target, nint product)
        where TVector : struct, ILaneVector<TVector>
    {
        for (nint r = 0; r < Side; r++)
        {
            for (nint v = 0; v < CacheLine; v += TVector.Count) TVector.Zero.Store(ref Unsafe.Add(ref target, r * Side * product + v));
        }
    }

    // A row of Bᵀ d times B, in place.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InputRow<TVector>(ref float row, nint product)
        where TVector : struct, ILaneVector<TVector>
    {
        for (nint v = 0; v < CacheLine; v += TVector.Count)
        {
            ref float x = ref Unsafe.Add(ref row, v);
            InputLine(
                TVector.Load(ref x), TVector.Load(ref Unsafe.Add(ref x, product)), TVector.Load(ref Unsafe.Add(ref x, 2 * product)),
                TVector.Load(ref Unsafe.Add(ref x, 3 * product)), TVector.Load(ref Unsafe.Add(ref x, 4 * product)),
                TVector.Load(ref Unsafe.Add(ref x, 5 * product)),
                ref x, product);
        }
    }

    // Bᵀ x. A row of Bᵀ contains the coefficients of the polynomial whose zeros are the other points.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InputLine<TVector>(
        TVector x0, TVector x1, TVector x2, TVector x3, TVector x4, TVector x5, ref float target, nint step)
        where TVector : struct, ILaneVector<TVector>
    {
        TVector both = TVector.Of(-(A2 + B2)), product = TVector.Of(A2 * B2);
        TVector.MultiplyAdd(product, x0, TVector.MultiplyAdd(both, x2, x4)).Store(ref target);
        TVector even = TVector.MultiplyAdd(TVector.Of(-B2), x2, x4), odd = TVector.MultiplyAdd(TVector.Of(-B2), x1, x3);
        TVector.MultiplyAdd(TVector.Of(A), odd, even).Store(ref Unsafe.Add(ref target, step));
        TVector.MultiplyAdd(TVector.Of(-A), odd, even).Store(ref Unsafe.Add(ref target, 2 * step));
        even = TVector.MultiplyAdd(TVector.Of(-A2), x2, x4);
        odd = TVector.MultiplyAdd(TVector.Of(-A2), x1, x3);
        TVector.MultiplyAdd(TVector.Of(B), odd, even).Store(ref Unsafe.Add(ref target, 3 * step));
        TVector.MultiplyAdd(TVector.Of(-B), odd, even).Store(ref Unsafe.Add(ref target, 4 * step));
        TVector.MultiplyAdd(product, x1, TVector.MultiplyAdd(both, x3, x5)).Store(ref Unsafe.Add(ref target, 5 * step));
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
        for (nint i = 0; i < pixel; i += CacheLine)
        {
            ref float first = ref Unsafe.Add(ref products, i);
            OutputColumns<TVector>(ref first, product);
            TVector bias = TVector.Of(Unsafe.Add(ref biases, i / Lanes * biasStride));
            for (nint r = 0; r < Size; r++)
            {
                ref float row = ref Unsafe.Add(ref first, r * Side * product), pixels = ref Unsafe.Add(ref target, r * line + i);
                for (nint v = 0; v < CacheLine; v += TVector.Count)
                {
                    OutputLine(ref Unsafe.Add(ref row, v), product, out TVector y0, out TVector y1, out TVector y2, out TVector y3);
                    (y0 + bias).Store(ref Unsafe.Add(ref pixels, v));
                    (y1 + bias).Store(ref Unsafe.Add(ref pixels, pixel + v));
                    (y2 + bias).Store(ref Unsafe.Add(ref pixels, 2 * pixel + v));
                    (y3 + bias).Store(ref Unsafe.Add(ref pixels, 3 * pixel + v));
                }
            }
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
        for (nint i = 0; i < pixel; i += CacheLine)
        {
            ref float first = ref Unsafe.Add(ref products, i);
            OutputColumns<TVector>(ref first, product);
            for (nint r = 0; r < Size; r++)
            {
                ref float row = ref Unsafe.Add(ref first, r * Side * product), pixels = ref Unsafe.Add(ref target, r * line + i);
                for (nint v = 0; v < CacheLine; v += TVector.Count)
                {
                    OutputLine(ref Unsafe.Add(ref row, v), product, out TVector y0, out TVector y1, out TVector y2, out TVector y3);
                    LaneVectors.Add(ref Unsafe.Add(ref pixels, v), y0);
                    LaneVectors.Add(ref Unsafe.Add(ref pixels, pixel + v), y1);
                    LaneVectors.Add(ref Unsafe.Add(ref pixels, 2 * pixel + v), y2);
                    LaneVectors.Add(ref Unsafe.Add(ref pixels, 3 * pixel + v), y3);
                }
            }
        }
    }

    // Aᵀ times each column of products, stored over its first four.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OutputColumns<TVector>(ref float products, nint product)
        where TVector : struct, ILaneVector<TVector>
    {
        for (nint c = 0; c < Side; c++)
        {
            for (nint v = 0; v < CacheLine; v += TVector.Count)
            {
                ref float column = ref Unsafe.Add(ref products, c * product + v);
                OutputLine(ref column, Side * product, out TVector y0, out TVector y1, out TVector y2, out TVector y3);
                y0.Store(ref column);
                y1.Store(ref Unsafe.Add(ref column, Side * product));
                y2.Store(ref Unsafe.Add(ref column, 2 * Side * product));
                y3.Store(ref Unsafe.Add(ref column, 3 * Side * product));
            }
        }
    }

    // Aᵀ m of six products. A column of Aᵀ contains the powers of its point.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OutputLine<TVector>(ref float products, nint step, out TVector y0, out TVector y1, out TVector y2, out TVector y3)
        where TVector : struct, ILaneVector<TVector>
    {
        TVector m1 = TVector.Load(ref Unsafe.Add(ref products, step)), m2 = TVector.Load(ref Unsafe.Add(ref products, 2 * step));
        TVector m3 = TVector.Load(ref Unsafe.Add(ref products, 3 * step)), m4 = TVector.Load(ref Unsafe.Add(ref products, 4 * step));
        TVector evenA = m1 + m2, oddA = m1 - m2, evenB = m3 + m4, oddB = m3 - m4;
        y0 = TVector.Load(ref products) + evenA + evenB;
        y1 = TVector.MultiplyAdd(TVector.Of(B), oddB, TVector.Of(A) * oddA);
        y2 = TVector.MultiplyAdd(TVector.Of(B2), evenB, TVector.Of(A2) * evenA);
        y3 = TVector.MultiplyAdd(
            TVector.Of(B3), oddB, TVector.MultiplyAdd(TVector.Of(A3), oddA, TVector.Load(ref Unsafe.Add(ref products, 5 * step))));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Kernels(ref float taps, ref float target, nint product)
    {
        for (nint i = 0; i < WinogradKernels.MostWidth; i += NarrowVector.Count)
        {
            // G g, row × column; the last three of a row's six positions are still free.
            ref float outputs = ref Unsafe.Add(ref target, i);
            for (nint c = 0; c < 3; c++)
            {
                ref float column = ref Unsafe.Add(ref taps, c * WinogradKernels.MostWidth + i);
                KernelLine(
                    NarrowVector.Load(ref column), NarrowVector.Load(ref Unsafe.Add(ref column, 3 * WinogradKernels.MostWidth)),
                    NarrowVector.Load(ref Unsafe.Add(ref column, 6 * WinogradKernels.MostWidth)), ref Unsafe.Add(ref outputs, c * product),
                    Side * product);
            }

            for (nint r = 0; r < Side; r++)
            {
                ref float row = ref Unsafe.Add(ref outputs, r * Side * product);
                KernelLine(
                    NarrowVector.Load(ref row), NarrowVector.Load(ref Unsafe.Add(ref row, product)),
                    NarrowVector.Load(ref Unsafe.Add(ref row, 2 * product)), ref row, product);
            }
        }
    }

    // G g of three taps. A row of G contains the powers of its point, divided by the product of the point's distances from the others.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void KernelLine(NarrowVector g0, NarrowVector g1, NarrowVector g2, ref float target, nint step)
    {
        (g0 * NarrowVector.Of(OfZero)).Store(ref target);
        NarrowVector even = NarrowVector.MultiplyAdd(NarrowVector.Of(A2), g2, g0);
        (NarrowVector.MultiplyAdd(NarrowVector.Of(A), g1, even) * NarrowVector.Of(OfA)).Store(ref Unsafe.Add(ref target, step));
        (NarrowVector.MultiplyAdd(NarrowVector.Of(-A), g1, even) * NarrowVector.Of(OfA)).Store(ref Unsafe.Add(ref target, 2 * step));
        even = NarrowVector.MultiplyAdd(NarrowVector.Of(B2), g2, g0);
        (NarrowVector.MultiplyAdd(NarrowVector.Of(B), g1, even) * NarrowVector.Of(OfB)).Store(ref Unsafe.Add(ref target, 3 * step));
        (NarrowVector.MultiplyAdd(NarrowVector.Of(-B), g1, even) * NarrowVector.Of(OfB)).Store(ref Unsafe.Add(ref target, 4 * step));
        g2.Store(ref Unsafe.Add(ref target, 5 * step));
    }
}
