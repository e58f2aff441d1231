//HintName: LaneGradient8x3.g.cs
    /// <summary>8 outputs × 3 inputs, summed over the pixels of some rows; the lanes are summed at the block's end.</summary>
    /// <remarks>gradients: rows × columns × outputs × 32, inputs: rows × columns × inputs × 32, accumulators: 8 × 3 vectors</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void LaneGradient8x3(
        ref float gradients, ref float inputs, ref float accumulators, nint rows, nint columns, nint gradientRow, nint inputRow,
        nint gradientPixel, nint inputPixel)
    {
        if (!Vector512.IsHardwareAccelerated)
        {
            for (nint lane = 0; lane < 16; lane += 8)
            {
                LaneGradient4x3Of3(
                    ref Unsafe.Add(ref gradients, lane), ref Unsafe.Add(ref inputs, lane), ref Unsafe.Add(ref accumulators, lane), rows,
                    columns, gradientRow, inputRow, gradientPixel, inputPixel);
                LaneGradient4x3Of3(
                    ref Unsafe.Add(ref gradients, lane + 128), ref Unsafe.Add(ref inputs, lane),
                    ref Unsafe.Add(ref accumulators, lane + 192), rows, columns, gradientRow, inputRow, gradientPixel, inputPixel);
            }

            return;
        }

        Vector512<float> a0_0 = Vector512.LoadUnsafe(ref accumulators), a0_1 = Vector512.LoadUnsafe(ref accumulators, 16),
            a0_2 = Vector512.LoadUnsafe(ref accumulators, 32);
        Vector512<float> a1_0 = Vector512.LoadUnsafe(ref accumulators, 48), a1_1 = Vector512.LoadUnsafe(ref accumulators, 64),
            a1_2 = Vector512.LoadUnsafe(ref accumulators, 80);
        Vector512<float> a2_0 = Vector512.LoadUnsafe(ref accumulators, 96), a2_1 = Vector512.LoadUnsafe(ref accumulators, 112),
            a2_2 = Vector512.LoadUnsafe(ref accumulators, 128);
        Vector512<float> a3_0 = Vector512.LoadUnsafe(ref accumulators, 144), a3_1 = Vector512.LoadUnsafe(ref accumulators, 160),
            a3_2 = Vector512.LoadUnsafe(ref accumulators, 176);
        Vector512<float> a4_0 = Vector512.LoadUnsafe(ref accumulators, 192), a4_1 = Vector512.LoadUnsafe(ref accumulators, 208),
            a4_2 = Vector512.LoadUnsafe(ref accumulators, 224);
        Vector512<float> a5_0 = Vector512.LoadUnsafe(ref accumulators, 240), a5_1 = Vector512.LoadUnsafe(ref accumulators, 256),
            a5_2 = Vector512.LoadUnsafe(ref accumulators, 272);
        Vector512<float> a6_0 = Vector512.LoadUnsafe(ref accumulators, 288), a6_1 = Vector512.LoadUnsafe(ref accumulators, 304),
            a6_2 = Vector512.LoadUnsafe(ref accumulators, 320);
        Vector512<float> a7_0 = Vector512.LoadUnsafe(ref accumulators, 336), a7_1 = Vector512.LoadUnsafe(ref accumulators, 352),
            a7_2 = Vector512.LoadUnsafe(ref accumulators, 368);
        for (; rows > 0; rows--)
        {
            ref float g = ref gradients;
            ref float x = ref inputs;
            for (nint column = columns; column > 0; column--)
            {
                Vector512<float> x0 = Vector512.LoadUnsafe(ref x), x1 = Vector512.LoadUnsafe(ref x, 32),
                    x2 = Vector512.LoadUnsafe(ref x, 64);
                Vector512<float> d = Vector512.LoadUnsafe(ref g);
                a0_0 = Vector512.FusedMultiplyAdd(d, x0, a0_0);
                a0_1 = Vector512.FusedMultiplyAdd(d, x1, a0_1);
                a0_2 = Vector512.FusedMultiplyAdd(d, x2, a0_2);
                d = Vector512.LoadUnsafe(ref g, 32);
                a1_0 = Vector512.FusedMultiplyAdd(d, x0, a1_0);
                a1_1 = Vector512.FusedMultiplyAdd(d, x1, a1_1);
                a1_2 = Vector512.FusedMultiplyAdd(d, x2, a1_2);
                d = Vector512.LoadUnsafe(ref g, 64);
                a2_0 = Vector512.FusedMultiplyAdd(d, x0, a2_0);
                a2_1 = Vector512.FusedMultiplyAdd(d, x1, a2_1);
                a2_2 = Vector512.FusedMultiplyAdd(d, x2, a2_2);
                d = Vector512.LoadUnsafe(ref g, 96);
                a3_0 = Vector512.FusedMultiplyAdd(d, x0, a3_0);
                a3_1 = Vector512.FusedMultiplyAdd(d, x1, a3_1);
                a3_2 = Vector512.FusedMultiplyAdd(d, x2, a3_2);
                d = Vector512.LoadUnsafe(ref g, 128);
                a4_0 = Vector512.FusedMultiplyAdd(d, x0, a4_0);
                a4_1 = Vector512.FusedMultiplyAdd(d, x1, a4_1);
                a4_2 = Vector512.FusedMultiplyAdd(d, x2, a4_2);
                d = Vector512.LoadUnsafe(ref g, 160);
                a5_0 = Vector512.FusedMultiplyAdd(d, x0, a5_0);
                a5_1 = Vector512.FusedMultiplyAdd(d, x1, a5_1);
                a5_2 = Vector512.FusedMultiplyAdd(d, x2, a5_2);
                d = Vector512.LoadUnsafe(ref g, 192);
                a6_0 = Vector512.FusedMultiplyAdd(d, x0, a6_0);
                a6_1 = Vector512.FusedMultiplyAdd(d, x1, a6_1);
                a6_2 = Vector512.FusedMultiplyAdd(d, x2, a6_2);
                d = Vector512.LoadUnsafe(ref g, 224);
                a7_0 = Vector512.FusedMultiplyAdd(d, x0, a7_0);
                a7_1 = Vector512.FusedMultiplyAdd(d, x1, a7_1);
                a7_2 = Vector512.FusedMultiplyAdd(d, x2, a7_2);
                x0 = Vector512.LoadUnsafe(ref x, 16); x1 = Vector512.LoadUnsafe(ref x, 48); x2 = Vector512.LoadUnsafe(ref x, 80);
                d = Vector512.LoadUnsafe(ref g, 16);
                a0_0 = Vector512.FusedMultiplyAdd(d, x0, a0_0);
                a0_1 = Vector512.FusedMultiplyAdd(d, x1, a0_1);
                a0_2 = Vector512.FusedMultiplyAdd(d, x2, a0_2);
                d = Vector512.LoadUnsafe(ref g, 48);
                a1_0 = Vector512.FusedMultiplyAdd(d, x0, a1_0);
                a1_1 = Vector512.FusedMultiplyAdd(d, x1, a1_1);
                a1_2 = Vector512.FusedMultiplyAdd(d, x2, a1_2);
                d = Vector512.LoadUnsafe(ref g, 80);
                a2_0 = Vector512.FusedMultiplyAdd(d, x0, a2_0);
                a2_1 = Vector512.FusedMultiplyAdd(d, x1, a2_1);
                a2_2 = Vector512.FusedMultiplyAdd(d, x2, a2_2);
                d = Vector512.LoadUnsafe(ref g, 112);
                a3_0 = Vector512.FusedMultiplyAdd(d, x0, a3_0);
                a3_1 = Vector512.FusedMultiplyAdd(d, x1, a3_1);
                a3_2 = Vector512.FusedMultiplyAdd(d, x2, a3_2);
                d = Vector512.LoadUnsafe(ref g, 144);
                a4_0 = Vector512.FusedMultiplyAdd(d, x0, a4_0);
                a4_1 = Vector512.FusedMultiplyAdd(d, x1, a4_1);
                a4_2 = Vector512.FusedMultiplyAdd(d, x2, a4_2);
                d = Vector512.LoadUnsafe(ref g, 176);
                a5_0 = Vector512.FusedMultiplyAdd(d, x0, a5_0);
                a5_1 = Vector512.FusedMultiplyAdd(d, x1, a5_1);
                a5_2 = Vector512.FusedMultiplyAdd(d, x2, a5_2);
                d = Vector512.LoadUnsafe(ref g, 208);
                a6_0 = Vector512.FusedMultiplyAdd(d, x0, a6_0);
                a6_1 = Vector512.FusedMultiplyAdd(d, x1, a6_1);
                a6_2 = Vector512.FusedMultiplyAdd(d, x2, a6_2);
                d = Vector512.LoadUnsafe(ref g, 240);
                a7_0 = Vector512.FusedMultiplyAdd(d, x0, a7_0);
                a7_1 = Vector512.FusedMultiplyAdd(d, x1, a7_1);
                a7_2 = Vector512.FusedMultiplyAdd(d, x2, a7_2);
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
        a4_0.StoreUnsafe(ref accumulators, 192); a4_1.StoreUnsafe(ref accumulators, 208); a4_2.StoreUnsafe(ref accumulators, 224);
        a5_0.StoreUnsafe(ref accumulators, 240); a5_1.StoreUnsafe(ref accumulators, 256); a5_2.StoreUnsafe(ref accumulators, 272);
        a6_0.StoreUnsafe(ref accumulators, 288); a6_1.StoreUnsafe(ref accumulators, 304); a6_2.StoreUnsafe(ref accumulators, 320);
        a7_0.StoreUnsafe(ref accumulators, 336); a7_1.StoreUnsafe(ref accumulators, 352); a7_2.StoreUnsafe(ref accumulators, 368);
    }
