using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen.CompilerServices;

/// <summary>
/// The transforms of Winograd's F(2×2, 3×3) on lanes (Lavin, arXiv 1509.09308): four outputs of a 3×3 convolution are Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A of its weights g
/// and sixteen inputs d. Lanes are images, so that a transform is additions of whole vectors.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Winograd
{
    private const int Lanes = 32;

    /// <summary>Bᵀ d B of one square's inputs, for every channel.</summary>
    /// <param name="source">The map, row × column × channel × 32 images; zero outside.</param>
    /// <param name="target">16 × squares × channel × 32, of this square.</param>
    /// <param name="row">The square's first row of outputs; its inputs begin one above.</param>
    /// <param name="column">The square's first column of outputs; its inputs begin one before.</param>
    /// <param name="height">Rows of the map.</param>
    /// <param name="width">Columns of the map.</param>
    /// <param name="channels">Channels of the map.</param>
    /// <param name="squares">Squares that lie side by side in the target.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Input(ref float source, ref float target, nint row, nint column, nint height, nint width, nint channels, nint squares)
    {
        nint pixel = channels * Lanes, line = width * pixel, product = squares * pixel;
        bool left = column > 0, right = column + 2 < width;
        bool above = row > 0, below = row + 2 < height;
        ref float first = ref Unsafe.Add(ref source, row * line + column * pixel);
        for (nint i = 0; i < pixel; i += 16)
        {
            ref float inputs = ref Unsafe.Add(ref first, i);
            ref float outputs = ref Unsafe.Add(ref target, i);
            Line(ref inputs, 0, pixel, left, right, out Vector512<float> b0, out Vector512<float> b1, out Vector512<float> b2, out Vector512<float> b3);
            Line(ref inputs, line, pixel, left, right, out Vector512<float> c0, out Vector512<float> c1, out Vector512<float> c2, out Vector512<float> c3);
            Store(ref Unsafe.Add(ref outputs, 4 * product), product, b0 + c0, b1 + c1, b2 + c2, b3 + c3);
            Store(ref Unsafe.Add(ref outputs, 8 * product), product, c0 - b0, c1 - b1, c2 - b2, c3 - b3);

            Vector512<float> a0 = Vector512<float>.Zero, a1 = a0, a2 = a0, a3 = a0;
            if (above) Line(ref inputs, -line, pixel, left, right, out a0, out a1, out a2, out a3);
            Store(ref outputs, product, a0 - c0, a1 - c1, a2 - c2, a3 - c3);

            Vector512<float> d0 = Vector512<float>.Zero, d1 = d0, d2 = d0, d3 = d0;
            if (below) Line(ref inputs, 2 * line, pixel, left, right, out d0, out d1, out d2, out d3);
            Store(ref Unsafe.Add(ref outputs, 12 * product), product, b0 - d0, b1 - d1, b2 - d2, b3 - d3);
        }
    }

    // A line of four inputs times B.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Line(
        ref float inputs, nint offset, nint pixel, bool left, bool right,
        out Vector512<float> t0, out Vector512<float> t1, out Vector512<float> t2, out Vector512<float> t3)
    {
        ref float line = ref Unsafe.Add(ref inputs, offset);
        Vector512<float> x1 = Vector512.LoadUnsafe(ref line), x2 = Vector512.LoadUnsafe(ref Unsafe.Add(ref line, pixel));
        Vector512<float> x0 = left ? Vector512.LoadUnsafe(ref Unsafe.Add(ref line, -pixel)) : Vector512<float>.Zero;
        Vector512<float> x3 = right ? Vector512.LoadUnsafe(ref Unsafe.Add(ref line, 2 * pixel)) : Vector512<float>.Zero;
        (t0, t1, t2, t3) = (x0 - x2, x1 + x2, x2 - x1, x1 - x3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref float target, nint product, Vector512<float> v0, Vector512<float> v1, Vector512<float> v2, Vector512<float> v3)
    {
        v0.StoreUnsafe(ref target);
        v1.StoreUnsafe(ref Unsafe.Add(ref target, product));
        v2.StoreUnsafe(ref Unsafe.Add(ref target, 2 * product));
        v3.StoreUnsafe(ref Unsafe.Add(ref target, 3 * product));
    }

    /// <summary>Aᵀ m A of one square's products and the biases, for every channel.</summary>
    /// <param name="products">16 × squares × channel × 32 images, of this square.</param>
    /// <param name="biases">One for each channel, or a zero.</param>
    /// <param name="biasStep">Floats from one bias to the next: 1, or 0 for a zero.</param>
    /// <param name="target">The square's first pixel in the map, row × column × channel × 32.</param>
    /// <param name="width">Columns of the map.</param>
    /// <param name="channels">Channels of the map.</param>
    /// <param name="squares">Squares that lie side by side in the products.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Output(ref float products, ref float biases, nint biasStep, ref float target, nint width, nint channels, nint squares)
    {
        nint pixel = channels * Lanes, line = width * pixel, product = squares * pixel;
        for (nint i = 0; i < pixel; i += 16)
        {
            Square(ref Unsafe.Add(ref products, i), product, out var y00, out var y01, out var y10, out var y11);
            Vector512<float> bias = Vector512.Create(Unsafe.Add(ref biases, i / Lanes * biasStep));
            ref float first = ref Unsafe.Add(ref target, i);
            (y00 + bias).StoreUnsafe(ref first);
            (y01 + bias).StoreUnsafe(ref Unsafe.Add(ref first, pixel));
            (y10 + bias).StoreUnsafe(ref Unsafe.Add(ref first, line));
            (y11 + bias).StoreUnsafe(ref Unsafe.Add(ref first, line + pixel));
        }
    }

    /// <summary>As <see cref="Output"/>, added to what lies in the target, without biases.</summary>
    /// <param name="products">16 × squares × channel × 32 images, of this square.</param>
    /// <param name="target">The square's first pixel in the map, row × column × channel × 32.</param>
    /// <param name="width">Columns of the map.</param>
    /// <param name="channels">Channels of the map.</param>
    /// <param name="squares">Squares that lie side by side in the products.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void AddOutput(ref float products, ref float target, nint width, nint channels, nint squares)
    {
        nint pixel = channels * Lanes, line = width * pixel, product = squares * pixel;
        for (nint i = 0; i < pixel; i += 16)
        {
            Square(ref Unsafe.Add(ref products, i), product, out var y00, out var y01, out var y10, out var y11);
            ref float first = ref Unsafe.Add(ref target, i);
            Add(ref first, y00);
            Add(ref Unsafe.Add(ref first, pixel), y01);
            Add(ref Unsafe.Add(ref first, line), y10);
            Add(ref Unsafe.Add(ref first, line + pixel), y11);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref float target, Vector512<float> values) => (Vector512.LoadUnsafe(ref target) + values).StoreUnsafe(ref target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Square(
        ref float products, nint product, out Vector512<float> y00, out Vector512<float> y01, out Vector512<float> y10, out Vector512<float> y11)
    {
        Column(ref products, product, out var p0, out var q0);
        Column(ref Unsafe.Add(ref products, product), product, out var p1, out var q1);
        Column(ref Unsafe.Add(ref products, 2 * product), product, out var p2, out var q2);
        Column(ref Unsafe.Add(ref products, 3 * product), product, out var p3, out var q3);
        (y00, y01, y10, y11) = (p0 + p1 + p2, p1 - p2 - p3, q0 + q1 + q2, q1 - q2 - q3);
    }

    // Aᵀ times a column of four products.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Column(ref float products, nint product, out Vector512<float> p, out Vector512<float> q)
    {
        Vector512<float> m0 = Vector512.LoadUnsafe(ref products), m1 = Vector512.LoadUnsafe(ref Unsafe.Add(ref products, 4 * product));
        Vector512<float> m2 = Vector512.LoadUnsafe(ref Unsafe.Add(ref products, 8 * product)), m3 = Vector512.LoadUnsafe(ref Unsafe.Add(ref products, 12 * product));
        (p, q) = (m0 + m1 + m2, m1 - m2 - m3);
    }
}
