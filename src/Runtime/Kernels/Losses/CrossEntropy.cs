using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static NoiseGen.LaneLayout;

namespace NoiseGen;

/// <summary>Softmax cross-entropy of one block of 32 images in lane layout, class × lane.</summary>
internal static class CrossEntropy
{
    /// <summary>
    /// Writes each image's loss, ln Σ exp(z − max z) + max z − z_label, its hit (1 if the first of the largest logits is the label's) and
    /// the gradient of the mean loss, (softmax(z) − onehot) / batch. Lanes past the end of the batch are set to zero.
    /// </summary>
    /// <param name="logits">classes × 32.</param>
    /// <param name="gradients">classes × 32.</param>
    /// <param name="labels">32 labels.</param>
    /// <param name="losses">32 losses, then 32 hits.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="images">Images in this block, 1 … 32.</param>
    /// <param name="batch">Number of images in the batch, by which the mean divides.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Block(ref float logits, ref float gradients, ref int labels, ref float losses, int classes, int images, int batch)
    {
        Vector512<float> scale = Vector512.Create(1f / batch);
        for (nint half = 0; half < 2; half++)
        {
            Vector512<int> label = Vector512.LoadUnsafe(ref labels, (nuint)(half * 16));
            Vector512<float> real = LeadingLanes.First(images - (int)half * 16);
            ref float z = ref Unsafe.Add(ref logits, half * 16);
            ref float dz = ref Unsafe.Add(ref gradients, half * 16);

            (Vector512<float> largest, Vector512<int> winner) = Largest(ref z, classes);
            Vector512<float> sum = Vector512<float>.Zero;
            Vector512<float> others = Vector512<float>.Zero;
            Vector512<float> correct = Vector512<float>.Zero;
            for (int c = 0; c < classes; c++)
            {
                Vector512<float> value = Vector512.LoadUnsafe(ref z, (nuint)(c * Lanes));
                Vector512<float> exp = LaneMath.ExpOfNegative(value - largest);
                Vector512<float> isLabel = Vector512.Equals(label, Vector512.Create(c)).AsSingle();
                sum += exp;
                others += Vector512.AndNot(exp, isLabel);
                exp.StoreUnsafe(ref dz, (nuint)(c * Lanes));
                correct = Vector512.ConditionalSelect(isLabel, value, correct);
            }

            // softmax − 1 of the label is minus the sum of softmax over the other classes. Summing instead of subtracting keeps precision
            // when the network is confident.
            for (int c = 0; c < classes; c++)
            {
                Vector512<float> isLabel = Vector512.Equals(label, Vector512.Create(c)).AsSingle();
                Vector512<float> part = Vector512.ConditionalSelect(isLabel, -others, Vector512.LoadUnsafe(ref dz, (nuint)(c * Lanes)));
                Vector512<float> gradient = part / sum * scale;
                (gradient & real).StoreUnsafe(ref dz, (nuint)(c * Lanes));
            }

            ((LaneMath.Log(sum) + largest - correct) & real).StoreUnsafe(ref losses, (nuint)(half * 16));
            (Vector512.Equals(winner, label).AsSingle() & Vector512<float>.One & real).StoreUnsafe(ref losses, (nuint)(Lanes + half * 16));
        }
    }

    // The first of the largest logits; a NaN makes the largest NaN, and the winner is −1 if nothing is comparable.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (Vector512<float> Largest, Vector512<int> Winner) Largest(ref float z, int classes)
    {
        Vector512<float> best = Vector512.Create(float.NegativeInfinity);
        Vector512<float> largest = best;
        Vector512<int> winner = Vector512.Create(-1);
        for (int c = 0; c < classes; c++)
        {
            Vector512<float> value = Vector512.LoadUnsafe(ref z, (nuint)(c * Lanes));
            Vector512<float> better = Vector512.GreaterThan(value, best);
            best = Vector512.ConditionalSelect(better, value, best);
            winner = Vector512.ConditionalSelect(better.AsInt32(), Vector512.Create(c), winner);
            largest = Vector512.Max(largest, value);
        }

        return (largest, winner);
    }
}
