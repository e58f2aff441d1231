using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static NoiseGen.LaneLayout;

namespace NoiseGen.CompilerServices;

/// <summary>
/// The register tiles for processors without 512-bit registers. There, the accumulators of the generated tiles, up to
/// <see cref="MostAccumulators"/>, would be spilled for every product. The same products are added to each sum in the same order, so that
/// the bits are the same.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NarrowTile
{
    /// <summary>Number of accumulators in the largest tile that the generator emits, each a vector of 512 bits.</summary>
    public const int MostAccumulators = 24;

    // Floats in a vector of 512 bits and in half of it.
    private const int Accumulator = 16, Half = 8;

    // Sixteen images of this many inputs take 8 KiB.
    private const int StepsInCache = 128;

    // Sixteen channels of 32 images take 2 KiB per pixel, twelve outputs 1.5 KiB. Pixels are often a multiple of 4 KiB apart, and then
    // share cache sets of eight lines.
    private const int PixelsInCache = 4;

    private const int MostOuterSums = MostAccumulators * Accumulator;

    /// <summary>A convolution whose sums start from biases, one for each channel.</summary>
    /// <inheritdoc cref="AddConvolution"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Convolution(
        ref float biases, ref float source, ref float weights, ref float target, nint rows, nint columns, nint run, nint sourceRow,
        nint sourceColumn, nint weightRow,
        int channels, nint pixels, nint sourcePixel, nint targetPixel)
    {
        var map = new ConvolutionWalk(rows, columns, run, sourceRow, sourceColumn, weightRow, channels, pixels, sourcePixel, targetPixel);
        if (map.IsEmpty) StoreBiases(map, ref biases, ref target);
        else Convolve<NarrowSums.FromBiases>(map, ref source, ref weights, ref biases, ref target);
    }

    private static void StoreBiases(in ConvolutionWalk map, ref float biases, ref float target)
    {
        for (nint pixel = 0; pixel < map.Pixels; pixel++)
        {
            for (nint channel = 0; channel < map.Channels; channel++)
                MemoryMarshal.CreateSpan(ref Unsafe.Add(ref target, pixel * map.TargetPixel + channel * Lanes), Lanes)
                    .Fill(Unsafe.Add(ref biases, channel));
        }
    }

    /// <summary>Adds a convolution to the target.</summary>
    /// <param name="source">Rows × columns × inputs × 32 images.</param>
    /// <param name="weights">Rows × columns × inputs × channels.</param>
    /// <param name="target">Pixels × channels × 32 images.</param>
    /// <param name="rows">Rows of the kernel.</param>
    /// <param name="columns">Columns of the kernel whose inputs are not contiguous.</param>
    /// <param name="run">Number of contiguous inputs in a column.</param>
    /// <param name="sourceRow">Floats from one row of the source to the next.</param>
    /// <param name="sourceColumn">Floats from one column of the source to the next.</param>
    /// <param name="weightRow">Floats from one row of the weights to the next.</param>
    /// <param name="channels">Channels of the tile.</param>
    /// <param name="pixels">Pixels of the tile.</param>
    /// <param name="sourcePixel">Floats from one pixel's source to the next one's.</param>
    /// <param name="targetPixel">Floats from one pixel's target to the next one's.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddConvolution(
        ref float source, ref float weights, ref float target, nint rows, nint columns, nint run, nint sourceRow, nint sourceColumn,
        nint weightRow,
        int channels, nint pixels, nint sourcePixel, nint targetPixel)
    {
        var map = new ConvolutionWalk(rows, columns, run, sourceRow, sourceColumn, weightRow, channels, pixels, sourcePixel, targetPixel);
        if (!map.IsEmpty) Convolve<NarrowSums.Continued>(map, ref source, ref weights, ref weights, ref target);
    }

    // The parameters of a convolution.
    private readonly record struct ConvolutionWalk(
        nint Rows, nint Columns, nint Run, nint SourceRow, nint SourceColumn, nint WeightRow, int Channels, nint Pixels, nint SourcePixel,
        nint TargetPixel)
    {
        // Whether the window lies outside the map.
        public bool IsEmpty => Rows <= 0 || Columns <= 0 || Run <= 0;

        // A part of the window.
        public TileWalk Walk(nint rows, nint columns, nint steps) => new(rows, columns, steps)
        {
            FactorRow = WeightRow, FactorColumn = Run * Channels, FactorStep = Channels, FactorGap = 1,
            VectorRow = SourceRow, VectorColumn = SourceColumn, VectorStep = Lanes, SumOfFactor = Lanes,
        };
    }

    // Takes a part of the window at a time, for all channels: what the tiles of one pixel read, and the weights for all pixels, stay in the
    // first-level cache. The first part starts the sums, and later parts continue them in memory. There are as few parts as possible:
    // taking the 75 inputs of a 5×5 window of three channels at once, instead of fifteen at a time, reduced LeNet-5's evaluation from 2.42
    // ms to 2.10 ms.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Convolve<TFirst>(in ConvolutionWalk map, ref float source, ref float weights, ref float biases, ref float target)
        where TFirst : struct, NarrowSums.ISums
    {
        nint rowSteps = map.Columns * map.Run;
        if (rowSteps <= StepsInCache) ConvolveRows<TFirst>(map, StepsInCache / rowSteps, ref source, ref weights, ref biases, ref target);
        else ConvolveColumns<TFirst>(map, ref source, ref weights, ref biases, ref target);
    }

    // Takes some rows at a time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ConvolveRows<TFirst>(
        in ConvolutionWalk map, nint height, ref float source, ref float weights, ref float biases, ref float target)
        where TFirst : struct, NarrowSums.ISums
    {
        for (nint row = 0; row < map.Rows; row += height)
        {
            TileWalk walk = map.Walk(Math.Min(height, map.Rows - row), map.Columns, map.Run);
            ref float x = ref Unsafe.Add(ref source, row * map.SourceRow), w = ref Unsafe.Add(ref weights, row * map.WeightRow);
            if (row == 0) Pixels<TFirst>(map, walk, ref x, ref w, ref biases, ref target);
            else Pixels<NarrowSums.Continued>(map, walk, ref x, ref w, ref biases, ref target);
        }
    }

    // Takes a part of a column at a time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ConvolveColumns<TFirst>(
        in ConvolutionWalk map, ref float source, ref float weights, ref float biases, ref float target)
        where TFirst : struct, NarrowSums.ISums
    {
        bool isFirst = true;
        for (nint row = 0; row < map.Rows; row++)
        {
            for (nint column = 0; column < map.Columns; column++)
            {
                ref float columnSource = ref Unsafe.Add(ref source, row * map.SourceRow + column * map.SourceColumn);
                ref float columnWeights = ref Unsafe.Add(ref weights, row * map.WeightRow + column * map.Run * map.Channels);
                for (nint first = 0; first < map.Run; first += StepsInCache)
                {
                    TileWalk walk = map.Walk(1, 1, Math.Min(StepsInCache, map.Run - first));
                    ref float x = ref Unsafe.Add(ref columnSource, first * Lanes),
                        w = ref Unsafe.Add(ref columnWeights, first * map.Channels);
                    if (isFirst) Pixels<TFirst>(map, walk, ref x, ref w, ref biases, ref target);
                    else Pixels<NarrowSums.Continued>(map, walk, ref x, ref w, ref biases, ref target);
                    isFirst = false;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pixels<TSums>(
        in ConvolutionWalk map, in TileWalk walk, ref float source, ref float weights, ref float biases, ref float target)
        where TSums : struct, NarrowSums.ISums
    {
        for (nint pixel = 0; pixel < map.Pixels; pixel++)
        {
            ref float x = ref Unsafe.Add(ref source, pixel * map.SourcePixel), sums = ref Unsafe.Add(ref target, pixel * map.TargetPixel);
            for (nint image = 0; image < Lanes; image += 2 * Half)
                NarrowSums.Add<TSums>(
                    walk, ref weights, map.Channels, ref Unsafe.Add(ref x, image), ref biases, ref Unsafe.Add(ref sums, image));
        }
    }

    /// <summary>Sums outer products of gradients and transposed inputs over pixels and their 32 images.</summary>
    /// <param name="gradients">Rows × columns × outputs × 32 images.</param>
    /// <param name="inputs">Rows × columns × vectors × 32 images × 16 channels.</param>
    /// <param name="target">Outputs × channels.</param>
    /// <param name="rows">Rows of pixels.</param>
    /// <param name="columns">Pixels of a row.</param>
    /// <param name="gradientRow">Floats from one row of the gradients to the next.</param>
    /// <param name="gradientPixel">Floats from one pixel's gradients to the next one's.</param>
    /// <param name="inputRow">Floats from one row of the inputs to the next.</param>
    /// <param name="inputPixel">Floats from one pixel's inputs to the next one's.</param>
    /// <param name="targetRow">Floats from one output's sums to the next one's.</param>
    /// <param name="outputCount">Outputs of the tile.</param>
    /// <param name="vectors">Vectors of sixteen channels of the tile.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OuterProduct(
        ref float gradients, ref float inputs, ref float target, nint rows, nint columns, nint gradientRow, nint gradientPixel,
        nint inputRow, nint inputPixel,
        nint targetRow, int outputCount, int vectors)
    {
        if (rows <= 0 || columns <= 0)
        {
            for (nint output = 0; output < outputCount; output++)
                MemoryMarshal.CreateSpan(ref Unsafe.Add(ref target, output * targetRow), vectors * Accumulator).Clear();
            return;
        }

        // Takes some pixels at a time, so that the tiles find them in the first-level cache. Each sum still adds them in order.
        nint width = Math.Min(columns, PixelsInCache), height = Math.Max(1, PixelsInCache / columns);
        for (nint row = 0; row < rows; row += height)
        {
            for (nint column = 0; column < columns; column += width)
            {
                TileWalk walk = Walk(
                    Math.Min(height, rows - row), Math.Min(width, columns - column), gradientRow, gradientPixel, inputRow, inputPixel,
                    targetRow);
                ref float g = ref Unsafe.Add(ref gradients, row * gradientRow + column * gradientPixel);
                ref float x = ref Unsafe.Add(ref inputs, row * inputRow + column * inputPixel);
                if (row + column == 0) Vectors<NarrowSums.FromZero>(walk, ref g, ref x, ref target, outputCount, vectors);
                else Vectors<NarrowSums.Continued>(walk, ref g, ref x, ref target, outputCount, vectors);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Vectors<TSums>(
        in TileWalk walk, ref float gradients, ref float inputs, ref float target, int outputCount, int vectors)
        where TSums : struct, NarrowSums.ISums
    {
        for (nint vector = 0; vector < vectors; vector++)
        {
            NarrowSums.Add<TSums>(
                walk, ref gradients, outputCount, ref Unsafe.Add(ref inputs, vector * Lanes * Accumulator), ref gradients,
                ref Unsafe.Add(ref target, vector * Accumulator));
        }
    }

    // A walk over pixels and their images. The gradients are the factors.
    private static TileWalk Walk(
        nint rows, nint columns, nint gradientRow, nint gradientPixel, nint inputRow, nint inputPixel, nint targetRow) =>
            new(rows, columns, Lanes)
    {
        FactorRow = gradientRow, FactorColumn = gradientPixel, FactorStep = 1, FactorGap = Lanes,
        VectorRow = inputRow, VectorColumn = inputPixel, VectorStep = Accumulator, SumOfFactor = targetRow,
    };

    /// <summary>The same, but adds to the target.</summary>
    /// <inheritdoc cref="OuterProduct"/>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddOuterProduct(
        ref float gradients, ref float inputs, ref float target, nint rows, nint columns, nint gradientRow, nint gradientPixel,
        nint inputRow, nint inputPixel,
        nint targetRow, int outputCount, int vectors)
    {
        // Each sum is complete before it is added. If one walk covers all pixels, or there are none, the sums stay in registers.
        if (rows <= 0 || columns <= 0 || rows * columns <= PixelsInCache)
        {
            Vectors<NarrowSums.Whole>(
                Walk(rows, columns, gradientRow, gradientPixel, inputRow, inputPixel, targetRow), ref gradients, ref inputs, ref target,
                outputCount, vectors);
            return;
        }

        nint width = vectors * Accumulator;
        Span<float> sums = stackalloc float[MostOuterSums];
        ref float sum = ref MemoryMarshal.GetReference(sums);
        OuterProduct(
            ref gradients, ref inputs, ref sum, rows, columns, gradientRow, gradientPixel, inputRow, inputPixel, width, outputCount,
            vectors);
        for (nint output = 0; output < outputCount; output++)
        {
            ref float row = ref Unsafe.Add(ref target, output * targetRow);
            for (nint i = 0; i < width; i += Half)
                (Vector256.LoadUnsafe(ref row, (nuint)i) + Vector256.LoadUnsafe(ref sum, (nuint)(output * width + i)))
                    .StoreUnsafe(ref row, (nuint)i);
        }
    }
}
