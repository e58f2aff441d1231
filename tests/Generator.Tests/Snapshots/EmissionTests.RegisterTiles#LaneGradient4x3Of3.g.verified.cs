//HintName: LaneGradient4x3Of3.g.cs
    // Eight lanes of 4 outputs × 3 inputs of a tile of 3 inputs.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void LaneGradient4x3Of3(
        ref float gradients, ref float inputs, ref float accumulators, nint rows, nint columns, nint gradientRow, nint inputRow,
        nint gradientPixel, nint inputPixel)
    {
        Vector256<float> a0_0 = Vector256.LoadUnsafe(ref accumulators), a0_1 = Vector256.LoadUnsafe(ref accumulators, 16),
            a0_2 = Vector256.LoadUnsafe(ref accumulators, 32);
        Vector256<float> a1_0 = Vector256.LoadUnsafe(ref accumulators, 48), a1_1 = Vector256.LoadUnsafe(ref accumulators, 64),
            a1_2 = Vector256.LoadUnsafe(ref accumulators, 80);
        Vector256<float> a2_0 = Vector256.LoadUnsafe(ref accumulators, 96), a2_1 = Vector256.LoadUnsafe(ref accumulators, 112),
            a2_2 = Vector256.LoadUnsafe(ref accumulators, 128);
        Vector256<float> a3_0 = Vector256.LoadUnsafe(ref accumulators, 144), a3_1 = Vector256.LoadUnsafe(ref accumulators, 160),
            a3_2 = Vector256.LoadUnsafe(ref accumulators, 176);
        for (; rows > 0; rows--)
        {
            ref float g = ref gradients;
            ref float x = ref inputs;
            for (nint column = columns; column > 0; column--)
            {
                Vector256<float> x0 = Vector256.LoadUnsafe(ref x), x1 = Vector256.LoadUnsafe(ref x, 32),
                    x2 = Vector256.LoadUnsafe(ref x, 64);
                Vector256<float> d = Vector256.LoadUnsafe(ref g);
                a0_0 = Vector256.FusedMultiplyAdd(d, x0, a0_0);
                a0_1 = Vector256.FusedMultiplyAdd(d, x1, a0_1);
                a0_2 = Vector256.FusedMultiplyAdd(d, x2, a0_2);
                d = Vector256.LoadUnsafe(ref g, 32);
                a1_0 = Vector256.FusedMultiplyAdd(d, x0, a1_0);
                a1_1 = Vector256.FusedMultiplyAdd(d, x1, a1_1);
                a1_2 = Vector256.FusedMultiplyAdd(d, x2, a1_2);
                d = Vector256.LoadUnsafe(ref g, 64);
                a2_0 = Vector256.FusedMultiplyAdd(d, x0, a2_0);
                a2_1 = Vector256.FusedMultiplyAdd(d, x1, a2_1);
                a2_2 = Vector256.FusedMultiplyAdd(d, x2, a2_2);
                d = Vector256.LoadUnsafe(ref g, 96);
                a3_0 = Vector256.FusedMultiplyAdd(d, x0, a3_0);
                a3_1 = Vector256.FusedMultiplyAdd(d, x1, a3_1);
                a3_2 = Vector256.FusedMultiplyAdd(d, x2, a3_2);
                x0 = Vector256.LoadUnsafe(ref x, 16); x1 = Vector256.LoadUnsafe(ref x, 48); x2 = Vector256.LoadUnsafe(ref x, 80);
                d = Vector256.LoadUnsafe(ref g, 16);
                a0_0 = Vector256.FusedMultiplyAdd(d, x0, a0_0);
                a0_1 = Vector256.FusedMultiplyAdd(d, x1, a0_1);
                a0_2 = Vector256.FusedMultiplyAdd(d, x2, a0_2);
                d = Vector256.LoadUnsafe(ref g, 48);
                a1_0 = Vector256.FusedMultiplyAdd(d, x0, a1_0);
                a1_1 = Vector256.FusedMultiplyAdd(d, x1, a1_1);
                a1_2 = Vector256.FusedMultiplyAdd(d, x2, a1_2);
                d = Vector256.LoadUnsafe(ref g, 80);
                a2_0 = Vector256.FusedMultiplyAdd(d, x0, a2_0);
                a2_1 = Vector256.FusedMultiplyAdd(d, x1, a2_1);
                a2_2 = Vector256.FusedMultiplyAdd(d, x2, a2_2);
                d = Vector256.LoadUnsafe(ref g, 112);
                a3_0 = Vector256.FusedMultiplyAdd(d, x0, a3_0);
                a3_1 = Vector256.FusedMultiplyAdd(d, x1, a3_1);
                a3_2 = Vector256.FusedMultiplyAdd(d, x2, a3_2);
                g = ref Unsafe.Add(ref g, gradientPixel);
                x = ref Unsafe.Add(ref x, inputPixel);
            }

            gradients = ref Unsafe.Add(ref gradients, gradientRow);
            inputs = ref Unsafe.Add(ref inputs, inputRow);
        }

        a0_0.StoreUnsafe(ref accumulators); a0_1.StoreUnsafe(ref accumulators, 16); a0_2.StoreUnsafe(ref accumulators, 32);
        a1_0.StoreUnsafe(ref accumulators, 48); a1_1.StoreUnsafe(ref accumulators, 64); a1_2.StoreUnsafe(ref accumulators, 80);
        a2_0.StoreUnsafe(ref accumulators, 96); a2_1.StoreUnsafe(ref accumulators, 112); a2_2.StoreUnsafe(ref accumulators, 128);
        a3_0.StoreUnsafe(ref accumulators, 144); a3_1.StoreUnsafe(ref accumulators, 160); a3_2.StoreUnsafe(ref accumulators, 176);
    }
