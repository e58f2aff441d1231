//HintName: Tile8x1.g.cs
    /// <summary>8 channels × 1 pixel × 32 images: 16 accumulators, a weight loaded once for 2 vectors.</summary>
    /// <remarks>source: rows × run elements × 32, weights: rows × run × 8, target: 8 × 32</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Tile8x1(
        ref float source, ref float weights, ref float biases, ref float target, nint rows, nint run, nint sourceRow, nint weightRow,
        nint tiles, nint sourcePixel, nint targetPixel)
    {
        if (!Vector512.IsHardwareAccelerated)
        {
            NarrowTile.Convolution(
                ref biases, ref source, ref weights, ref target, rows, 1, run, sourceRow, 0, weightRow, 8, tiles, sourcePixel, targetPixel);
            return;
        }

        for (; tiles > 0; tiles--)
        {
            Vector512<float> b0 = Vector512.Create(biases), a0_0l = b0, a0_0h = b0;
            Vector512<float> b1 = Vector512.Create(Unsafe.Add(ref biases, 1)), a1_0l = b1, a1_0h = b1;
            Vector512<float> b2 = Vector512.Create(Unsafe.Add(ref biases, 2)), a2_0l = b2, a2_0h = b2;
            Vector512<float> b3 = Vector512.Create(Unsafe.Add(ref biases, 3)), a3_0l = b3, a3_0h = b3;
            Vector512<float> b4 = Vector512.Create(Unsafe.Add(ref biases, 4)), a4_0l = b4, a4_0h = b4;
            Vector512<float> b5 = Vector512.Create(Unsafe.Add(ref biases, 5)), a5_0l = b5, a5_0h = b5;
            Vector512<float> b6 = Vector512.Create(Unsafe.Add(ref biases, 6)), a6_0l = b6, a6_0h = b6;
            Vector512<float> b7 = Vector512.Create(Unsafe.Add(ref biases, 7)), a7_0l = b7, a7_0h = b7;
            ref float sourceRows = ref source, weightRows = ref weights;
            for (nint row = rows; row > 0; row--)
            {
                ref float s = ref sourceRows, w = ref weightRows;
                for (nint i = run; i > 0; i--)
                {
                    Vector512<float> x0l = Vector512.LoadUnsafe(ref s), x0h = Vector512.LoadUnsafe(ref s, 16);
                    Vector512<float> k = Vector512.Create(w);
                    a0_0l = Vector512.FusedMultiplyAdd(k, x0l, a0_0l);
                    a0_0h = Vector512.FusedMultiplyAdd(k, x0h, a0_0h);
                    k = Vector512.Create(Unsafe.Add(ref w, 1));
                    a1_0l = Vector512.FusedMultiplyAdd(k, x0l, a1_0l);
                    a1_0h = Vector512.FusedMultiplyAdd(k, x0h, a1_0h);
                    k = Vector512.Create(Unsafe.Add(ref w, 2));
                    a2_0l = Vector512.FusedMultiplyAdd(k, x0l, a2_0l);
                    a2_0h = Vector512.FusedMultiplyAdd(k, x0h, a2_0h);
                    k = Vector512.Create(Unsafe.Add(ref w, 3));
                    a3_0l = Vector512.FusedMultiplyAdd(k, x0l, a3_0l);
                    a3_0h = Vector512.FusedMultiplyAdd(k, x0h, a3_0h);
                    k = Vector512.Create(Unsafe.Add(ref w, 4));
                    a4_0l = Vector512.FusedMultiplyAdd(k, x0l, a4_0l);
                    a4_0h = Vector512.FusedMultiplyAdd(k, x0h, a4_0h);
                    k = Vector512.Create(Unsafe.Add(ref w, 5));
                    a5_0l = Vector512.FusedMultiplyAdd(k, x0l, a5_0l);
                    a5_0h = Vector512.FusedMultiplyAdd(k, x0h, a5_0h);
                    k = Vector512.Create(Unsafe.Add(ref w, 6));
                    a6_0l = Vector512.FusedMultiplyAdd(k, x0l, a6_0l);
                    a6_0h = Vector512.FusedMultiplyAdd(k, x0h, a6_0h);
                    k = Vector512.Create(Unsafe.Add(ref w, 7));
                    a7_0l = Vector512.FusedMultiplyAdd(k, x0l, a7_0l);
                    a7_0h = Vector512.FusedMultiplyAdd(k, x0h, a7_0h);
                    s = ref Unsafe.Add(ref s, 32);
                    w = ref Unsafe.Add(ref w, 8);
                }

                sourceRows = ref Unsafe.Add(ref sourceRows, sourceRow);
                weightRows = ref Unsafe.Add(ref weightRows, weightRow);
            }

            a0_0l.StoreUnsafe(ref target);
            a0_0h.StoreUnsafe(ref target, 16);
            a1_0l.StoreUnsafe(ref target, 32);
            a1_0h.StoreUnsafe(ref target, 48);
            a2_0l.StoreUnsafe(ref target, 64);
            a2_0h.StoreUnsafe(ref target, 80);
            a3_0l.StoreUnsafe(ref target, 96);
            a3_0h.StoreUnsafe(ref target, 112);
            a4_0l.StoreUnsafe(ref target, 128);
            a4_0h.StoreUnsafe(ref target, 144);
            a5_0l.StoreUnsafe(ref target, 160);
            a5_0h.StoreUnsafe(ref target, 176);
            a6_0l.StoreUnsafe(ref target, 192);
            a6_0h.StoreUnsafe(ref target, 208);
            a7_0l.StoreUnsafe(ref target, 224);
            a7_0h.StoreUnsafe(ref target, 240);
            source = ref Unsafe.Add(ref source, sourcePixel);
            target = ref Unsafe.Add(ref target, targetPixel);
        }
    }
