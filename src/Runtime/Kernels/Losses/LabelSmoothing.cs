using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static NoiseGen.LaneLayout;

namespace NoiseGen;

/// <summary>
/// Label smoothing of the cross-entropy: the target probability is 1 − α + α/K for the label's class and α/K for each other one of the K
/// classes (PyTorch's <c>label_smoothing</c>, arXiv 1512.00567).
/// </summary>
internal static class LabelSmoothing
{
    /// <summary>
    /// Turns the losses and gradients that <see cref="CrossEntropy.Block"/> has computed into those of smoothed labels: the loss grows by
    /// α·(z_label − mean z), which is linear in the logits, and the gradient by its derivative.
    /// </summary>
    /// <param name="logits">classes × 32.</param>
    /// <param name="gradients">classes × 32.</param>
    /// <param name="labels">32 labels.</param>
    /// <param name="losses">32 losses.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="images">Images in this block, 1 … 32.</param>
    /// <param name="batch">Images in the batch.</param>
    /// <param name="smoothing">α.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Block(
        ref float logits, ref float gradients, ref int labels, ref float losses, int classes, int images, int batch, float smoothing)
    {
        Vector512<float> ofAll = Vector512.Create(-smoothing / classes), ofLabel = Vector512.Create(smoothing),
            scale = Vector512.Create(1f / batch);
        for (int half = 0; half < 2; half++)
        {
            Vector512<float> real = LeadingLanes.First(images - half * 16);
            Vector512<int> label = Vector512.LoadUnsafe(ref labels, (nuint)(half * 16));
            Vector512<float> loss = Vector512.LoadUnsafe(ref losses, (nuint)(half * 16));
            for (int c = 0; c < classes; c++)
            {
                nuint place = (nuint)(c * Lanes + half * 16);
                Vector512<float> share = ofAll + (ofLabel & Vector512.Equals(label, Vector512.Create(c)).AsSingle());
                loss = Vector512.FusedMultiplyAdd(share, Vector512.LoadUnsafe(ref logits, place), loss);
                (Vector512.FusedMultiplyAdd(share, scale, Vector512.LoadUnsafe(ref gradients, place)) & real)
                    .StoreUnsafe(ref gradients, place);
            }

            (loss & real).StoreUnsafe(ref losses, (nuint)(half * 16));
        }
    }
}
