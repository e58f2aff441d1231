using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen;

/// <summary>
/// The register tiles for sixteen registers of 256 bits: up to six numbers times two vectors of eight lanes, added to sums in memory.
/// Twelve sums leave room for
/// the vectors and a number, and hide the latency of a multiply-add (four cycles, two a cycle); fewer than eight do not.
/// </summary>
internal static partial class NarrowSums
{
    private const int MostFactors = 6;

    /// <summary>Sums the products of some numbers and two vectors, walked over in order.</summary>
    /// <typeparam name="TSums">What the sums begin with, and where they go.</typeparam>
    /// <param name="walk">Where the operands lie.</param>
    /// <param name="factors">The first number.</param>
    /// <param name="count">Numbers of a step, 1 or more.</param>
    /// <param name="vectors">The first vector.</param>
    /// <param name="biases">The biases of <see cref="FromBiases"/>, one for each number; anything else otherwise.</param>
    /// <param name="sums">The sums of the first number and vector.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<TSums>(in TileWalk walk, ref float factors, int count, ref float vectors, ref float biases, ref float sums)
        where TSums : struct, ISums
    {
        // The fewest tiles, as equal as they can be.
        for (int first = 0, tiles = (count + MostFactors - 1) / MostFactors; tiles > 0; tiles--)
        {
            int width = (count - first + tiles - 1) / tiles;
            AddTile<TSums>(
                walk, ref walk.Factor(ref factors, first), width, ref vectors, ref Unsafe.Add(ref biases, first),
                ref walk.Sum(ref sums, first, 0));
            first += width;
        }
    }

    /// <summary>
    /// The same for four vectors that lie side by side, two at a time:
    /// the numbers are read again while they are in the cache.
    /// </summary>
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

    /// <summary>What the sums of a tile begin with, and where they go.</summary>
    internal interface ISums
    {
        static abstract Vector256<float> Start(ref float biases, nint factor, ref float sums);

        static abstract void End(Vector256<float> register, ref float sums);
    }

    /// <summary>What lies in the target is continued, product by product.</summary>
    internal readonly struct Continued : ISums
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Start(ref float biases, nint factor, ref float sums) => Vector256.LoadUnsafe(ref sums);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void End(Vector256<float> register, ref float sums) => register.StoreUnsafe(ref sums);
    }

    /// <summary>The sums begin with biases, in place of what lies in the target.</summary>
    internal readonly struct FromBiases : ISums
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Start(ref float biases, nint factor, ref float sums) =>
            Vector256.Create(Unsafe.Add(ref biases, factor));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void End(Vector256<float> register, ref float sums) => register.StoreUnsafe(ref sums);
    }

    /// <summary>The sums begin with zeros, in place of what lies in the target.</summary>
    internal readonly struct FromZero : ISums
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Start(ref float biases, nint factor, ref float sums) => Vector256<float>.Zero;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void End(Vector256<float> register, ref float sums) => register.StoreUnsafe(ref sums);
    }

    /// <summary>The sums begin with zeros, and the whole is added to what lies in the target.</summary>
    internal readonly struct Whole : ISums
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Start(ref float biases, nint factor, ref float sums) => Vector256<float>.Zero;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void End(Vector256<float> register, ref float sums) =>
            (Vector256.LoadUnsafe(ref sums) + register).StoreUnsafe(ref sums);
    }
}
