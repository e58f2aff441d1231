//HintName: AddGroupTile2x3.g.cs
    /// <summary>2 channels × 3 pixels × 32 images: 12 accumulators, a weight loaded once for 6 vectors.</summary>
    /// <remarks>source: rows × columns × run elements × 32, weights: rows × columns × run × 2, target: 2 × 32, added to</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void AddGroupTile2x3(
        ref float source, ref float weights, ref float target, nint rows, nint columns, nint run, nint sourceColumn, nint sourceRow,
        nint weightRow, nint tiles, nint sourcePixel, nint targetPixel)
    {
        if (!Vector512.IsHardwareAccelerated)
        {
            NarrowTile.AddConvolution(
                ref source, ref weights, ref target, rows, columns, run, sourceRow, sourceColumn, weightRow, 2, tiles * 3, sourcePixel,
                targetPixel);
            return;
        }

        for (; tiles > 0; tiles--)
        {
            Vector512<float> a0_0l = Vector512.LoadUnsafe(ref target), a0_0h = Vector512.LoadUnsafe(ref target, 16),
                a1_0l = Vector512.LoadUnsafe(ref target, 32), a1_0h = Vector512.LoadUnsafe(ref target, 48);
            Vector512<float> a0_1l = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, targetPixel)),
                a0_1h = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, targetPixel), 16),
                a1_1l = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, targetPixel), 32),
                a1_1h = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, targetPixel), 48);
            Vector512<float> a0_2l = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, targetPixel * 2)),
                a0_2h = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, targetPixel * 2), 16),
                a1_2l = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, targetPixel * 2), 32),
                a1_2h = Vector512.LoadUnsafe(ref Unsafe.Add(ref target, targetPixel * 2), 48);
            ref float sourceRows = ref source, weightRows = ref weights;
            for (nint row = rows; row > 0; row--)
            {
                ref float s = ref sourceRows, w = ref weightRows;
                for (nint column = columns; column > 0; column--)
                {
                    for (nint i = run; i > 0; i--)
                    {
                        Vector512<float> x0l = Vector512.LoadUnsafe(ref s), x0h = Vector512.LoadUnsafe(ref s, 16);
                        Vector512<float> x1l = Vector512.LoadUnsafe(ref Unsafe.Add(ref s, sourcePixel)),
                            x1h = Vector512.LoadUnsafe(ref Unsafe.Add(ref s, sourcePixel), 16);
                        Vector512<float> x2l = Vector512.LoadUnsafe(ref Unsafe.Add(ref s, sourcePixel * 2)),
                            x2h = Vector512.LoadUnsafe(ref Unsafe.Add(ref s, sourcePixel * 2), 16);
                        Vector512<float> k = Vector512.Create(w);
                        a0_0l = Vector512.FusedMultiplyAdd(k, x0l, a0_0l);
                        a0_0h = Vector512.FusedMultiplyAdd(k, x0h, a0_0h);
                        a0_1l = Vector512.FusedMultiplyAdd(k, x1l, a0_1l);
                        a0_1h = Vector512.FusedMultiplyAdd(k, x1h, a0_1h);
                        a0_2l = Vector512.FusedMultiplyAdd(k, x2l, a0_2l);
                        a0_2h = Vector512.FusedMultiplyAdd(k, x2h, a0_2h);
                        k = Vector512.Create(Unsafe.Add(ref w, 1));
                        a1_0l = Vector512.FusedMultiplyAdd(k, x0l, a1_0l);
                        a1_0h = Vector512.FusedMultiplyAdd(k, x0h, a1_0h);
                        a1_1l = Vector512.FusedMultiplyAdd(k, x1l, a1_1l);
                        a1_1h = Vector512.FusedMultiplyAdd(k, x1h, a1_1h);
                        a1_2l = Vector512.FusedMultiplyAdd(k, x2l, a1_2l);
                        a1_2h = Vector512.FusedMultiplyAdd(k, x2h, a1_2h);
                        s = ref Unsafe.Add(ref s, 32);
                        w = ref Unsafe.Add(ref w, 2);
                    }

                    s = ref Unsafe.Add(ref s, sourceColumn - run * 32);
                }

                sourceRows = ref Unsafe.Add(ref sourceRows, sourceRow);
                weightRows = ref Unsafe.Add(ref weightRows, weightRow);
            }

            a0_0l.StoreUnsafe(ref target);
            a0_0h.StoreUnsafe(ref target, 16);
            a1_0l.StoreUnsafe(ref target, 32);
            a1_0h.StoreUnsafe(ref target, 48);
            target = ref Unsafe.Add(ref target, targetPixel);
            a0_1l.StoreUnsafe(ref target);
            a0_1h.StoreUnsafe(ref target, 16);
            a1_1l.StoreUnsafe(ref target, 32);
            a1_1h.StoreUnsafe(ref target, 48);
            target = ref Unsafe.Add(ref target, targetPixel);
            a0_2l.StoreUnsafe(ref target);
            a0_2h.StoreUnsafe(ref target, 16);
            a1_2l.StoreUnsafe(ref target, 32);
            a1_2h.StoreUnsafe(ref target, 48);
            source = ref Unsafe.Add(ref source, sourcePixel * 3);
            target = ref Unsafe.Add(ref target, targetPixel);
        }
    }
