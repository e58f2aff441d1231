using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen;

/// <summary>The tiles, by their number of factors.</summary>
internal static partial class NarrowSums
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Add1x2<TSums>(in TileWalk walk, ref float factors, ref float vectors, ref float biases, ref float sums)
        where TSums : struct, ISums
    {
        nint factorStep = walk.FactorStep, vectorStep = walk.VectorStep;
        Vector256<float> a0_0 = TSums.Start(ref biases, 0, ref walk.Sum(ref sums, 0, 0)),
            a0_1 = TSums.Start(ref biases, 0, ref walk.Sum(ref sums, 0, 1));
        for (nint row = walk.Rows; row > 0; row--)
        {
            ref float columnFactors = ref factors, columnVectors = ref vectors;
            for (nint column = walk.Columns; column > 0; column--)
            {
                ref float f = ref columnFactors, v = ref columnVectors;
                for (nint step = walk.Steps; step > 0; step--)
                {
                    Vector256<float> x0 = Vector256.LoadUnsafe(ref v), x1 = Vector256.LoadUnsafe(ref v, 8);
                    Vector256<float> k = Vector256.Create(f); a0_0 = Vector256.FusedMultiplyAdd(
                        k, x0, a0_0); a0_1 = Vector256.FusedMultiplyAdd(k, x1, a0_1);
                    f = ref Unsafe.Add(ref f, factorStep);
                    v = ref Unsafe.Add(ref v, vectorStep);
                }

                columnFactors = ref Unsafe.Add(ref columnFactors, walk.FactorColumn);
                columnVectors = ref Unsafe.Add(ref columnVectors, walk.VectorColumn);
            }

            factors = ref Unsafe.Add(ref factors, walk.FactorRow);
            vectors = ref Unsafe.Add(ref vectors, walk.VectorRow);
        }

        TSums.End(a0_0, ref walk.Sum(ref sums, 0, 0)); TSums.End(a0_1, ref walk.Sum(ref sums, 0, 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Add2x2<TSums>(in TileWalk walk, ref float factors, ref float vectors, ref float biases, ref float sums)
        where TSums : struct, ISums
    {
        nint gap = walk.FactorGap, factorStep = walk.FactorStep, vectorStep = walk.VectorStep;
        Vector256<float> a0_0 = TSums.Start(ref biases, 0, ref walk.Sum(ref sums, 0, 0)),
            a0_1 = TSums.Start(ref biases, 0, ref walk.Sum(ref sums, 0, 1));
        Vector256<float> a1_0 = TSums.Start(ref biases, 1, ref walk.Sum(ref sums, 1, 0)),
            a1_1 = TSums.Start(ref biases, 1, ref walk.Sum(ref sums, 1, 1));
        for (nint row = walk.Rows; row > 0; row--)
        {
            ref float columnFactors = ref factors, columnVectors = ref vectors;
            for (nint column = walk.Columns; column > 0; column--)
            {
                ref float f = ref columnFactors, v = ref columnVectors;
                for (nint step = walk.Steps; step > 0; step--)
                {
                    Vector256<float> x0 = Vector256.LoadUnsafe(ref v), x1 = Vector256.LoadUnsafe(ref v, 8);
                    Vector256<float> k = Vector256.Create(f); a0_0 = Vector256.FusedMultiplyAdd(
                        k, x0, a0_0); a0_1 = Vector256.FusedMultiplyAdd(k, x1, a0_1);
                    k = Vector256.Create(Unsafe.Add(ref f, gap)); a1_0 = Vector256.FusedMultiplyAdd(
                        k, x0, a1_0); a1_1 = Vector256.FusedMultiplyAdd(k, x1, a1_1);
                    f = ref Unsafe.Add(ref f, factorStep);
                    v = ref Unsafe.Add(ref v, vectorStep);
                }

                columnFactors = ref Unsafe.Add(ref columnFactors, walk.FactorColumn);
                columnVectors = ref Unsafe.Add(ref columnVectors, walk.VectorColumn);
            }

            factors = ref Unsafe.Add(ref factors, walk.FactorRow);
            vectors = ref Unsafe.Add(ref vectors, walk.VectorRow);
        }

        TSums.End(a0_0, ref walk.Sum(ref sums, 0, 0)); TSums.End(a0_1, ref walk.Sum(ref sums, 0, 1));
        TSums.End(a1_0, ref walk.Sum(ref sums, 1, 0)); TSums.End(a1_1, ref walk.Sum(ref sums, 1, 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Add3x2<TSums>(in TileWalk walk, ref float factors, ref float vectors, ref float biases, ref float sums)
        where TSums : struct, ISums
    {
        nint gap = walk.FactorGap, factorStep = walk.FactorStep, vectorStep = walk.VectorStep;
        Vector256<float> a0_0 = TSums.Start(ref biases, 0, ref walk.Sum(ref sums, 0, 0)),
            a0_1 = TSums.Start(ref biases, 0, ref walk.Sum(ref sums, 0, 1));
        Vector256<float> a1_0 = TSums.Start(ref biases, 1, ref walk.Sum(ref sums, 1, 0)),
            a1_1 = TSums.Start(ref biases, 1, ref walk.Sum(ref sums, 1, 1));
        Vector256<float> a2_0 = TSums.Start(ref biases, 2, ref walk.Sum(ref sums, 2, 0)),
            a2_1 = TSums.Start(ref biases, 2, ref walk.Sum(ref sums, 2, 1));
        for (nint row = walk.Rows; row > 0; row--)
        {
            ref float columnFactors = ref factors, columnVectors = ref vectors;
            for (nint column = walk.Columns; column > 0; column--)
            {
                ref float f = ref columnFactors, v = ref columnVectors;
                for (nint step = walk.Steps; step > 0; step--)
                {
                    Vector256<float> x0 = Vector256.LoadUnsafe(ref v), x1 = Vector256.LoadUnsafe(ref v, 8);
                    Vector256<float> k = Vector256.Create(f); a0_0 = Vector256.FusedMultiplyAdd(
                        k, x0, a0_0); a0_1 = Vector256.FusedMultiplyAdd(k, x1, a0_1);
                    k = Vector256.Create(Unsafe.Add(ref f, gap)); a1_0 = Vector256.FusedMultiplyAdd(
                        k, x0, a1_0); a1_1 = Vector256.FusedMultiplyAdd(k, x1, a1_1);
                    k = Vector256.Create(Unsafe.Add(ref f, gap * 2)); a2_0 = Vector256.FusedMultiplyAdd(
                        k, x0, a2_0); a2_1 = Vector256.FusedMultiplyAdd(k, x1, a2_1);
                    f = ref Unsafe.Add(ref f, factorStep);
                    v = ref Unsafe.Add(ref v, vectorStep);
                }

                columnFactors = ref Unsafe.Add(ref columnFactors, walk.FactorColumn);
                columnVectors = ref Unsafe.Add(ref columnVectors, walk.VectorColumn);
            }

            factors = ref Unsafe.Add(ref factors, walk.FactorRow);
            vectors = ref Unsafe.Add(ref vectors, walk.VectorRow);
        }

        TSums.End(a0_0, ref walk.Sum(ref sums, 0, 0)); TSums.End(a0_1, ref walk.Sum(ref sums, 0, 1));
        TSums.End(a1_0, ref walk.Sum(ref sums, 1, 0)); TSums.End(a1_1, ref walk.Sum(ref sums, 1, 1));
        TSums.End(a2_0, ref walk.Sum(ref sums, 2, 0)); TSums.End(a2_1, ref walk.Sum(ref sums, 2, 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Add4x2<TSums>(in TileWalk walk, ref float factors, ref float vectors, ref float biases, ref float sums)
        where TSums : struct, ISums
    {
        nint gap = walk.FactorGap, factorStep = walk.FactorStep, vectorStep = walk.VectorStep;
        Vector256<float> a0_0 = TSums.Start(ref biases, 0, ref walk.Sum(ref sums, 0, 0)),
            a0_1 = TSums.Start(ref biases, 0, ref walk.Sum(ref sums, 0, 1));
        Vector256<float> a1_0 = TSums.Start(ref biases, 1, ref walk.Sum(ref sums, 1, 0)),
            a1_1 = TSums.Start(ref biases, 1, ref walk.Sum(ref sums, 1, 1));
        Vector256<float> a2_0 = TSums.Start(ref biases, 2, ref walk.Sum(ref sums, 2, 0)),
            a2_1 = TSums.Start(ref biases, 2, ref walk.Sum(ref sums, 2, 1));
        Vector256<float> a3_0 = TSums.Start(ref biases, 3, ref walk.Sum(ref sums, 3, 0)),
            a3_1 = TSums.Start(ref biases, 3, ref walk.Sum(ref sums, 3, 1));
        for (nint row = walk.Rows; row > 0; row--)
        {
            ref float columnFactors = ref factors, columnVectors = ref vectors;
            for (nint column = walk.Columns; column > 0; column--)
            {
                ref float f = ref columnFactors, v = ref columnVectors;
                for (nint step = walk.Steps; step > 0; step--)
                {
                    Vector256<float> x0 = Vector256.LoadUnsafe(ref v), x1 = Vector256.LoadUnsafe(ref v, 8);
                    ref float g = ref Unsafe.Add(ref f, gap * 3);
                    Vector256<float> k = Vector256.Create(f); a0_0 = Vector256.FusedMultiplyAdd(
                        k, x0, a0_0); a0_1 = Vector256.FusedMultiplyAdd(k, x1, a0_1);
                    k = Vector256.Create(Unsafe.Add(ref f, gap)); a1_0 = Vector256.FusedMultiplyAdd(
                        k, x0, a1_0); a1_1 = Vector256.FusedMultiplyAdd(k, x1, a1_1);
                    k = Vector256.Create(Unsafe.Add(ref f, gap * 2)); a2_0 = Vector256.FusedMultiplyAdd(
                        k, x0, a2_0); a2_1 = Vector256.FusedMultiplyAdd(k, x1, a2_1);
                    k = Vector256.Create(g); a3_0 = Vector256.FusedMultiplyAdd(k, x0, a3_0); a3_1 = Vector256.FusedMultiplyAdd(k, x1, a3_1);
                    f = ref Unsafe.Add(ref f, factorStep);
                    v = ref Unsafe.Add(ref v, vectorStep);
                }

                columnFactors = ref Unsafe.Add(ref columnFactors, walk.FactorColumn);
                columnVectors = ref Unsafe.Add(ref columnVectors, walk.VectorColumn);
            }

            factors = ref Unsafe.Add(ref factors, walk.FactorRow);
            vectors = ref Unsafe.Add(ref vectors, walk.VectorRow);
        }

        TSums.End(a0_0, ref walk.Sum(ref sums, 0, 0)); TSums.End(a0_1, ref walk.Sum(ref sums, 0, 1));
        TSums.End(a1_0, ref walk.Sum(ref sums, 1, 0)); TSums.End(a1_1, ref walk.Sum(ref sums, 1, 1));
        TSums.End(a2_0, ref walk.Sum(ref sums, 2, 0)); TSums.End(a2_1, ref walk.Sum(ref sums, 2, 1));
        TSums.End(a3_0, ref walk.Sum(ref sums, 3, 0)); TSums.End(a3_1, ref walk.Sum(ref sums, 3, 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Add5x2<TSums>(in TileWalk walk, ref float factors, ref float vectors, ref float biases, ref float sums)
        where TSums : struct, ISums
    {
        nint gap = walk.FactorGap, factorStep = walk.FactorStep, vectorStep = walk.VectorStep;
        Vector256<float> a0_0 = TSums.Start(ref biases, 0, ref walk.Sum(ref sums, 0, 0)),
            a0_1 = TSums.Start(ref biases, 0, ref walk.Sum(ref sums, 0, 1));
        Vector256<float> a1_0 = TSums.Start(ref biases, 1, ref walk.Sum(ref sums, 1, 0)),
            a1_1 = TSums.Start(ref biases, 1, ref walk.Sum(ref sums, 1, 1));
        Vector256<float> a2_0 = TSums.Start(ref biases, 2, ref walk.Sum(ref sums, 2, 0)),
            a2_1 = TSums.Start(ref biases, 2, ref walk.Sum(ref sums, 2, 1));
        Vector256<float> a3_0 = TSums.Start(ref biases, 3, ref walk.Sum(ref sums, 3, 0)),
            a3_1 = TSums.Start(ref biases, 3, ref walk.Sum(ref sums, 3, 1));
        Vector256<float> a4_0 = TSums.Start(ref biases, 4, ref walk.Sum(ref sums, 4, 0)),
            a4_1 = TSums.Start(ref biases, 4, ref walk.Sum(ref sums, 4, 1));
        for (nint row = walk.Rows; row > 0; row--)
        {
            ref float columnFactors = ref factors, columnVectors = ref vectors;
            for (nint column = walk.Columns; column > 0; column--)
            {
                ref float f = ref columnFactors, v = ref columnVectors;
                for (nint step = walk.Steps; step > 0; step--)
                {
                    Vector256<float> x0 = Vector256.LoadUnsafe(ref v), x1 = Vector256.LoadUnsafe(ref v, 8);
                    ref float g = ref Unsafe.Add(ref f, gap * 3);
                    Vector256<float> k = Vector256.Create(f); a0_0 = Vector256.FusedMultiplyAdd(
                        k, x0, a0_0); a0_1 = Vector256.FusedMultiplyAdd(k, x1, a0_1);
                    k = Vector256.Create(Unsafe.Add(ref f, gap)); a1_0 = Vector256.FusedMultiplyAdd(
                        k, x0, a1_0); a1_1 = Vector256.FusedMultiplyAdd(k, x1, a1_1);
                    k = Vector256.Create(Unsafe.Add(ref f, gap * 2)); a2_0 = Vector256.FusedMultiplyAdd(
                        k, x0, a2_0); a2_1 = Vector256.FusedMultiplyAdd(k, x1, a2_1);
                    k = Vector256.Create(g); a3_0 = Vector256.FusedMultiplyAdd(k, x0, a3_0); a3_1 = Vector256.FusedMultiplyAdd(k, x1, a3_1);
                    k = Vector256.Create(Unsafe.Add(ref g, gap)); a4_0 = Vector256.FusedMultiplyAdd(
                        k, x0, a4_0); a4_1 = Vector256.FusedMultiplyAdd(k, x1, a4_1);
                    f = ref Unsafe.Add(ref f, factorStep);
                    v = ref Unsafe.Add(ref v, vectorStep);
                }

                columnFactors = ref Unsafe.Add(ref columnFactors, walk.FactorColumn);
                columnVectors = ref Unsafe.Add(ref columnVectors, walk.VectorColumn);
            }

            factors = ref Unsafe.Add(ref factors, walk.FactorRow);
            vectors = ref Unsafe.Add(ref vectors, walk.VectorRow);
        }

        TSums.End(a0_0, ref walk.Sum(ref sums, 0, 0)); TSums.End(a0_1, ref walk.Sum(ref sums, 0, 1));
        TSums.End(a1_0, ref walk.Sum(ref sums, 1, 0)); TSums.End(a1_1, ref walk.Sum(ref sums, 1, 1));
        TSums.End(a2_0, ref walk.Sum(ref sums, 2, 0)); TSums.End(a2_1, ref walk.Sum(ref sums, 2, 1));
        TSums.End(a3_0, ref walk.Sum(ref sums, 3, 0)); TSums.End(a3_1, ref walk.Sum(ref sums, 3, 1));
        TSums.End(a4_0, ref walk.Sum(ref sums, 4, 0)); TSums.End(a4_1, ref walk.Sum(ref sums, 4, 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Add6x2<TSums>(in TileWalk walk, ref float factors, ref float vectors, ref float biases, ref float sums)
        where TSums : struct, ISums
    {
        nint gap = walk.FactorGap, factorStep = walk.FactorStep, vectorStep = walk.VectorStep;
        Vector256<float> a0_0 = TSums.Start(ref biases, 0, ref walk.Sum(ref sums, 0, 0)),
            a0_1 = TSums.Start(ref biases, 0, ref walk.Sum(ref sums, 0, 1));
        Vector256<float> a1_0 = TSums.Start(ref biases, 1, ref walk.Sum(ref sums, 1, 0)),
            a1_1 = TSums.Start(ref biases, 1, ref walk.Sum(ref sums, 1, 1));
        Vector256<float> a2_0 = TSums.Start(ref biases, 2, ref walk.Sum(ref sums, 2, 0)),
            a2_1 = TSums.Start(ref biases, 2, ref walk.Sum(ref sums, 2, 1));
        Vector256<float> a3_0 = TSums.Start(ref biases, 3, ref walk.Sum(ref sums, 3, 0)),
            a3_1 = TSums.Start(ref biases, 3, ref walk.Sum(ref sums, 3, 1));
        Vector256<float> a4_0 = TSums.Start(ref biases, 4, ref walk.Sum(ref sums, 4, 0)),
            a4_1 = TSums.Start(ref biases, 4, ref walk.Sum(ref sums, 4, 1));
        Vector256<float> a5_0 = TSums.Start(ref biases, 5, ref walk.Sum(ref sums, 5, 0)),
            a5_1 = TSums.Start(ref biases, 5, ref walk.Sum(ref sums, 5, 1));
        for (nint row = walk.Rows; row > 0; row--)
        {
            ref float columnFactors = ref factors, columnVectors = ref vectors;
            for (nint column = walk.Columns; column > 0; column--)
            {
                ref float f = ref columnFactors, v = ref columnVectors;
                for (nint step = walk.Steps; step > 0; step--)
                {
                    Vector256<float> x0 = Vector256.LoadUnsafe(ref v), x1 = Vector256.LoadUnsafe(ref v, 8);
                    ref float g = ref Unsafe.Add(ref f, gap * 3);
                    Vector256<float> k = Vector256.Create(f); a0_0 = Vector256.FusedMultiplyAdd(
                        k, x0, a0_0); a0_1 = Vector256.FusedMultiplyAdd(k, x1, a0_1);
                    k = Vector256.Create(Unsafe.Add(ref f, gap)); a1_0 = Vector256.FusedMultiplyAdd(
                        k, x0, a1_0); a1_1 = Vector256.FusedMultiplyAdd(k, x1, a1_1);
                    k = Vector256.Create(Unsafe.Add(ref f, gap * 2)); a2_0 = Vector256.FusedMultiplyAdd(
                        k, x0, a2_0); a2_1 = Vector256.FusedMultiplyAdd(k, x1, a2_1);
                    k = Vector256.Create(g); a3_0 = Vector256.FusedMultiplyAdd(k, x0, a3_0); a3_1 = Vector256.FusedMultiplyAdd(k, x1, a3_1);
                    k = Vector256.Create(Unsafe.Add(ref g, gap)); a4_0 = Vector256.FusedMultiplyAdd(
                        k, x0, a4_0); a4_1 = Vector256.FusedMultiplyAdd(k, x1, a4_1);
                    k = Vector256.Create(Unsafe.Add(ref g, gap * 2)); a5_0 = Vector256.FusedMultiplyAdd(
                        k, x0, a5_0); a5_1 = Vector256.FusedMultiplyAdd(k, x1, a5_1);
                    f = ref Unsafe.Add(ref f, factorStep);
                    v = ref Unsafe.Add(ref v, vectorStep);
                }

                columnFactors = ref Unsafe.Add(ref columnFactors, walk.FactorColumn);
                columnVectors = ref Unsafe.Add(ref columnVectors, walk.VectorColumn);
            }

            factors = ref Unsafe.Add(ref factors, walk.FactorRow);
            vectors = ref Unsafe.Add(ref vectors, walk.VectorRow);
        }

        TSums.End(a0_0, ref walk.Sum(ref sums, 0, 0)); TSums.End(a0_1, ref walk.Sum(ref sums, 0, 1));
        TSums.End(a1_0, ref walk.Sum(ref sums, 1, 0)); TSums.End(a1_1, ref walk.Sum(ref sums, 1, 1));
        TSums.End(a2_0, ref walk.Sum(ref sums, 2, 0)); TSums.End(a2_1, ref walk.Sum(ref sums, 2, 1));
        TSums.End(a3_0, ref walk.Sum(ref sums, 3, 0)); TSums.End(a3_1, ref walk.Sum(ref sums, 3, 1));
        TSums.End(a4_0, ref walk.Sum(ref sums, 4, 0)); TSums.End(a4_1, ref walk.Sum(ref sums, 4, 1));
        TSums.End(a5_0, ref walk.Sum(ref sums, 5, 0)); TSums.End(a5_1, ref walk.Sum(ref sums, 5, 1));
    }
}
