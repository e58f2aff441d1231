using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen;

/// <summary>
/// The register tiles for sixteen registers of 256 bits: up to six factors times two vectors of eight lanes, added to sums in memory.
/// Twelve sums leave registers for the vectors and a factor, and hide the latency of a multiply-add (four cycles, two per cycle); fewer
/// than eight do not.
/// </summary>
internal static partial class NarrowSums
{
    private const int MostFactors = 6;

    /// <summary>Sums the products of some factors and two vectors, in the order of the walk.</summary>
    /// <typeparam name="TSums">The initial values of the sums, and how they are stored.</typeparam>
    /// <param name="walk">The layout of the operands.</param>
    /// <param name="factors">The first factor.</param>
    /// <param name="count">Number of factors in a step, 1 or more.</param>
    /// <param name="vectors">The first vector.</param>
    /// <param name="biases">The biases of <see cref="FromBiases"/>, one for each factor; ignored otherwise.</param>
    /// <param name="sums">The sums of the first factor and vector.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<TSums>(in TileWalk walk, ref float factors, int count, ref float vectors, ref float biases, ref float sums)
        where TSums : struct, ISums
    {
        // The fewest tiles, as equal in size as possible.
        for (int first = 0, tiles = (count + MostFactors - 1) / MostFactors; tiles > 0; tiles--)
        {
            int width = (count - first + tiles - 1) / tiles;
            AddTile<TSums>(
                walk, ref walk.Factor(ref factors, first), width, ref vectors, ref Unsafe.Add(ref biases, first),
                ref walk.Sum(ref sums, first, 0));
            first += width;
        }
    }

    /// <summary>The same for four adjacent vectors, two at a time: the factors are read again while they are in the cache.</summary>
    /// <inheritdoc cref="Add"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddPairs<TSums>(in TileWalk walk, ref float factors, int count, ref float vectors, ref float biases, ref float sums)
        where TSums : struct, ISums
    {
        for (int first = 0, tiles = (count + MostFactors - 1) / MostFactors; tiles > 0; tiles--)
        {
            int width = (count - first + tiles - 1) / tiles;
            ref float tileFactors = ref walk.Factor(ref factors, first), tileBiases = ref Unsafe.Add(ref biases, first),
                tileSums = ref walk.Sum(ref sums, first, 0);
            AddTile<TSums>(walk, ref tileFactors, width, ref vectors, ref tileBiases, ref tileSums);
            AddTile<TSums>(walk, ref tileFactors, width, ref Unsafe.Add(ref vectors, 16), ref tileBiases, ref Unsafe.Add(ref tileSums, 16));
            first += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTile<TSums>(in TileWalk walk, ref float factors, int width, ref float vectors, ref float biases, ref float sums)
        where TSums : struct, ISums
    {
        switch (width)
        {
            case 1: Add1x2<TSums>(walk, ref factors, ref vectors, ref biases, ref sums); break;
            case 2: Add2x2<TSums>(walk, ref factors, ref vectors, ref biases, ref sums); break;
            case 3: Add3x2<TSums>(walk, ref factors, ref vectors, ref biases, ref sums); break;
            case 4: Add4x2<TSums>(walk, ref factors, ref vectors, ref biases, ref sums); break;
            case 5: Add5x2<TSums>(walk, ref factors, ref vectors, ref biases, ref sums); break;
            default: Add6x2<TSums>(walk, ref factors, ref vectors, ref biases, ref sums); break;
        }
    }

    /// <summary>The initial values of a tile's sums, and how they are stored.</summary>
    internal interface ISums
    {
        static abstract Vector256<float> Start(ref float biases, nint factor, ref float sums);

        static abstract void End(Vector256<float> register, ref float sums);
    }

    /// <summary>The sums start from the target's values, and each product is added in turn.</summary>
    internal readonly struct Continued : ISums
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Start(ref float biases, nint factor, ref float sums) => Vector256.LoadUnsafe(ref sums);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void End(Vector256<float> register, ref float sums) => register.StoreUnsafe(ref sums);
    }

    /// <summary>The sums start from biases and overwrite the target.</summary>
    internal readonly struct FromBiases : ISums
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Start(ref float biases, nint factor, ref float sums) =>
            Vector256.Create(Unsafe.Add(ref biases, factor));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void End(Vector256<float> register, ref float sums) => register.StoreUnsafe(ref sums);
    }

    /// <summary>The sums start from zero and overwrite the target.</summary>
    internal readonly struct FromZero : ISums
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Start(ref float biases, nint factor, ref float sums) => Vector256<float>.Zero;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void End(Vector256<float> register, ref float sums) => register.StoreUnsafe(ref sums);
    }

    /// <summary>The sums start from zero, and each complete sum is added to the target.</summary>
    internal readonly struct Whole : ISums
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Start(ref float biases, nint factor, ref float sums) => Vector256<float>.Zero;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void End(Vector256<float> register, ref float sums) =>
            (Vector256.LoadUnsafe(ref sums) + register).StoreUnsafe(ref sums);
    }
}
