//HintName: AddOuterProduct12x2.g.cs
    /// <summary>12 outputs × 32 channels of one tap: adds the sums over rows × columns of pixels and their 32 images.</summary>
    /// <remarks>gradients: pixel × outputs × 32 images, inputs: pixel × 2 × 32 images × 16 channels, target: 12 × 32</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void AddOuterProduct12x2(
        ref float gradients, ref float inputs, ref float target, nint rows, nint columns, nint gradientRow, nint gradientPixel,
        nint inputRow, nint inputPixel, nint targetRow)
    {
        if (!Vector512.IsHardwareAccelerated)
        {
            NarrowTile.AddOuterProduct(
                ref gradients, ref inputs, ref target, rows, columns, gradientRow, gradientPixel, inputRow, inputPixel, targetRow, 12, 2);
            return;
        }

        Vector512<float> a0_0 = Vector512<float>.Zero, a0_1 = Vector512<float>.Zero;
        Vector512<float> a1_0 = Vector512<float>.Zero, a1_1 = Vector512<float>.Zero;
        Vector512<float> a2_0 = Vector512<float>.Zero, a2_1 = Vector512<float>.Zero;
        Vector512<float> a3_0 = Vector512<float>.Zero, a3_1 = Vector512<float>.Zero;
        Vector512<float> a4_0 = Vector512<float>.Zero, a4_1 = Vector512<float>.Zero;
        Vector512<float> a5_0 = Vector512<float>.Zero, a5_1 = Vector512<float>.Zero;
        Vector512<float> a6_0 = Vector512<float>.Zero, a6_1 = Vector512<float>.Zero;
        Vector512<float> a7_0 = Vector512<float>.Zero, a7_1 = Vector512<float>.Zero;
        Vector512<float> a8_0 = Vector512<float>.Zero, a8_1 = Vector512<float>.Zero;
        Vector512<float> a9_0 = Vector512<float>.Zero, a9_1 = Vector512<float>.Zero;
        Vector512<float> a10_0 = Vector512<float>.Zero, a10_1 = Vector512<float>.Zero;
        Vector512<float> a11_0 = Vector512<float>.Zero, a11_1 = Vector512<float>.Zero;
        for (; rows > 0; rows--)
        {
            ref float pixel = ref gradients;
            ref float x = ref inputs;
            for (nint column = columns; column > 0; column--)
            {
                ref float g = ref pixel;
                ref float y = ref x;
                for (nint i = 32; i > 0; i--)
                {
                    Vector512<float> x0 = Vector512.LoadUnsafe(ref y), x1 = Vector512.LoadUnsafe(ref y, 512);
                    Vector512<float> d = Vector512.Create(g);
                    a0_0 = Vector512.FusedMultiplyAdd(d, x0, a0_0);
                    a0_1 = Vector512.FusedMultiplyAdd(d, x1, a0_1);
                    d = Vector512.Create(Unsafe.Add(ref g, 32));
                    a1_0 = Vector512.FusedMultiplyAdd(d, x0, a1_0);
                    a1_1 = Vector512.FusedMultiplyAdd(d, x1, a1_1);
                    d = Vector512.Create(Unsafe.Add(ref g, 64));
                    a2_0 = Vector512.FusedMultiplyAdd(d, x0, a2_0);
                    a2_1 = Vector512.FusedMultiplyAdd(d, x1, a2_1);
                    d = Vector512.Create(Unsafe.Add(ref g, 96));
                    a3_0 = Vector512.FusedMultiplyAdd(d, x0, a3_0);
                    a3_1 = Vector512.FusedMultiplyAdd(d, x1, a3_1);
                    d = Vector512.Create(Unsafe.Add(ref g, 128));
                    a4_0 = Vector512.FusedMultiplyAdd(d, x0, a4_0);
                    a4_1 = Vector512.FusedMultiplyAdd(d, x1, a4_1);
                    d = Vector512.Create(Unsafe.Add(ref g, 160));
                    a5_0 = Vector512.FusedMultiplyAdd(d, x0, a5_0);
                    a5_1 = Vector512.FusedMultiplyAdd(d, x1, a5_1);
                    d = Vector512.Create(Unsafe.Add(ref g, 192));
                    a6_0 = Vector512.FusedMultiplyAdd(d, x0, a6_0);
                    a6_1 = Vector512.FusedMultiplyAdd(d, x1, a6_1);
                    d = Vector512.Create(Unsafe.Add(ref g, 224));
                    a7_0 = Vector512.FusedMultiplyAdd(d, x0, a7_0);
                    a7_1 = Vector512.FusedMultiplyAdd(d, x1, a7_1);
                    d = Vector512.Create(Unsafe.Add(ref g, 256));
                    a8_0 = Vector512.FusedMultiplyAdd(d, x0, a8_0);
                    a8_1 = Vector512.FusedMultiplyAdd(d, x1, a8_1);
                    d = Vector512.Create(Unsafe.Add(ref g, 288));
                    a9_0 = Vector512.FusedMultiplyAdd(d, x0, a9_0);
                    a9_1 = Vector512.FusedMultiplyAdd(d, x1, a9_1);
                    d = Vector512.Create(Unsafe.Add(ref g, 320));
                    a10_0 = Vector512.FusedMultiplyAdd(d, x0, a10_0);
                    a10_1 = Vector512.FusedMultiplyAdd(d, x1, a10_1);
                    d = Vector512.Create(Unsafe.Add(ref g, 352));
                    a11_0 = Vector512.FusedMultiplyAdd(d, x0, a11_0);
                    a11_1 = Vector512.FusedMultiplyAdd(d, x1, a11_1);
                    g = ref Unsafe.Add(ref g, 1);
                    y = ref Unsafe.Add(ref y, 16);
                }

                pixel = ref Unsafe.Add(ref pixel, gradientPixel);
                x = ref Unsafe.Add(ref x, inputPixel);
            }

            gradients = ref Unsafe.Add(ref gradients, gradientRow);
            inputs = ref Unsafe.Add(ref inputs, inputRow);
        }

        (Vector512.LoadUnsafe(ref target) + a0_0).StoreUnsafe(ref target);
        (Vector512.LoadUnsafe(ref target, 16) + a0_1).StoreUnsafe(ref target, 16);
        target = ref Unsafe.Add(ref target, targetRow);
        (Vector512.LoadUnsafe(ref target) + a1_0).StoreUnsafe(ref target);
        (Vector512.LoadUnsafe(ref target, 16) + a1_1).StoreUnsafe(ref target, 16);
        target = ref Unsafe.Add(ref target, targetRow);
        (Vector512.LoadUnsafe(ref target) + a2_0).StoreUnsafe(ref target);
        (Vector512.LoadUnsafe(ref target, 16) + a2_1).StoreUnsafe(ref target, 16);
        target = ref Unsafe.Add(ref target, targetRow);
        (Vector512.LoadUnsafe(ref target) + a3_0).StoreUnsafe(ref target);
        (Vector512.LoadUnsafe(ref target, 16) + a3_1).StoreUnsafe(ref target, 16);
        target = ref Unsafe.Add(ref target, targetRow);
        (Vector512.LoadUnsafe(ref target) + a4_0).StoreUnsafe(ref target);
        (Vector512.LoadUnsafe(ref target, 16) + a4_1).StoreUnsafe(ref target, 16);
        target = ref Unsafe.Add(ref target, targetRow);
        (Vector512.LoadUnsafe(ref target) + a5_0).StoreUnsafe(ref target);
        (Vector512.LoadUnsafe(ref target, 16) + a5_1).StoreUnsafe(ref target, 16);
        target = ref Unsafe.Add(ref target, targetRow);
        (Vector512.LoadUnsafe(ref target) + a6_0).StoreUnsafe(ref target);
        (Vector512.LoadUnsafe(ref target, 16) + a6_1).StoreUnsafe(ref target, 16);
        target = ref Unsafe.Add(ref target, targetRow);
        (Vector512.LoadUnsafe(ref target) + a7_0).StoreUnsafe(ref target);
        (Vector512.LoadUnsafe(ref target, 16) + a7_1).StoreUnsafe(ref target, 16);
        target = ref Unsafe.Add(ref target, targetRow);
        (Vector512.LoadUnsafe(ref target) + a8_0).StoreUnsafe(ref target);
        (Vector512.LoadUnsafe(ref target, 16) + a8_1).StoreUnsafe(ref target, 16);
        target = ref Unsafe.Add(ref target, targetRow);
        (Vector512.LoadUnsafe(ref target) + a9_0).StoreUnsafe(ref target);
        (Vector512.LoadUnsafe(ref target, 16) + a9_1).StoreUnsafe(ref target, 16);
        target = ref Unsafe.Add(ref target, targetRow);
        (Vector512.LoadUnsafe(ref target) + a10_0).StoreUnsafe(ref target);
        (Vector512.LoadUnsafe(ref target, 16) + a10_1).StoreUnsafe(ref target, 16);
        target = ref Unsafe.Add(ref target, targetRow);
        (Vector512.LoadUnsafe(ref target) + a11_0).StoreUnsafe(ref target);
        (Vector512.LoadUnsafe(ref target, 16) + a11_1).StoreUnsafe(ref target, 16);
    }
