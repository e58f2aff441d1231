using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static NoiseGen.LaneLayout;

namespace NoiseGen;

/// <summary>Mean squared error of one block of 32 images in lane layout, output × lane.</summary>
internal static class MeanSquaredError
{
    /// <summary>
    /// Writes each image's loss, Σ (y − t)² / outputs, and the gradient of the mean loss, 2 (y − t) / (outputs · batch). Lanes past the end
    /// of the batch are set to zero.
    /// </summary>
    /// <param name="outputs">outputs × 32.</param>
    /// <param name="gradients">outputs × 32: the targets t on entry, overwritten with the gradient.</param>
    /// <param name="losses">32 losses, then 32 zeros: there are no hits.</param>
    /// <param name="count">Number of outputs.</param>
    /// <param name="images">Images in this block, 1 … 32.</param>
    /// <param name="batch">Number of images in the batch, by which the mean divides.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Block(ref float outputs, ref float gradients, ref float losses, int count, int images, int batch)
    {
        Vector512<float> scale = Vector512.Create((float)(2.0 / ((double)count * batch)));
        Vector512<float> divisor = Vector512.Create((float)count);
        for (nint half = 0; half < 2; half++)
        {
            Vector512<float> real = LeadingLanes.First(images - (int)half * 16);
            ref float output = ref Unsafe.Add(ref outputs, half * 16);
            ref float gradient = ref Unsafe.Add(ref gradients, half * 16);
            Vector512<float> sum = Vector512<float>.Zero;
            for (int i = 0; i < count; i++)
            {
                nuint place = (nuint)(i * Lanes);
                Vector512<float> difference = (Vector512.LoadUnsafe(ref output, place) - Vector512.LoadUnsafe(ref gradient, place)) & real;
                sum = Vector512.FusedMultiplyAdd(difference, difference, sum);
                (difference * scale).StoreUnsafe(ref gradient, place);
            }

            (sum / divisor).StoreUnsafe(ref losses, (nuint)(half * 16));
            Vector512<float>.Zero.StoreUnsafe(ref losses, (nuint)(Lanes + half * 16));
        }
    }
}
