using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NoiseGen.CompilerServices;
using static NoiseGen.LaneLayout;

namespace NoiseGen;

/// <summary>
/// A teacher's part of the loss of one batch (Hinton et al., arXiv 1503.02531): the loss of an image becomes <c>(1 − a)·CE(z, label) +
/// a·T²·KL(softmax(t/T) ‖ softmax(z/T))</c>.
/// </summary>
/// <param name="logitsOfTeacher">The teacher's logits t, block × class × 32.</param>
/// <param name="share">The share a.</param>
/// <param name="temperature">The temperature T.</param>
internal readonly struct DistillationLoss(Arena logitsOfTeacher, float share, float temperature)
{
    /// <summary>Adds the teacher's part to the losses and gradients that <see cref="CrossEntropy.Block"/> has computed.</summary>
    /// <param name="block">Number of the block.</param>
    /// <param name="logits">classes × 32.</param>
    /// <param name="gradients">classes × 32: of the cross-entropy on entry, of the whole loss on return.</param>
    /// <param name="losses">32 losses, also in place.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="images">Images in this block, 1 … 32.</param>
    /// <param name="batch">Images in the batch.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Block(int block, ref float logits, ref float gradients, ref float losses, int classes, int images, int batch)
    {
        Vector512<float> ofLabels = Vector512.Create(1f - share), ofTeacher = Vector512.Create(share * temperature / batch);
        ref float teacher = ref logitsOfTeacher.At(block * classes * Lanes);
        for (int half = 0; half < 2; half++)
        {
            Vector512<float> real = LeadingLanes.First(images - half * 16);
            ref float z = ref Unsafe.Add(ref logits, half * 16), t = ref Unsafe.Add(ref teacher, half * 16),
                dz = ref Unsafe.Add(ref gradients, half * 16);
            var mine = new Softmax(ref z, classes, temperature);
            var other = new Softmax(ref t, classes, temperature);
            Vector512<float> divergence = Vector512<float>.Zero;
            for (int c = 0; c < classes; c++)
            {
                Vector512<float> q = mine.LogOf(Vector512.LoadUnsafe(ref z, (nuint)(c * Lanes))),
                    p = other.LogOf(Vector512.LoadUnsafe(ref t, (nuint)(c * Lanes)));
                Vector512<float> expected = LaneMath.ExpOfNegative(p);
                divergence = Vector512.FusedMultiplyAdd(expected, p - q, divergence);
                Vector512<float> soft = (LaneMath.ExpOfNegative(q) - expected) * ofTeacher;
                Vector512<float> gradient = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref dz, (nuint)(c * Lanes)), ofLabels, soft);
                (gradient & real).StoreUnsafe(ref dz, (nuint)(c * Lanes));
            }

            Vector512<float> loss = Vector512.LoadUnsafe(ref losses, (nuint)(half * 16)) * ofLabels
                + divergence * Vector512.Create(share * temperature * temperature);
            (loss & real).StoreUnsafe(ref losses, (nuint)(half * 16));
        }
    }

    /// <summary>The maximum and normalisation of a softmax with temperature, for the logits of sixteen images.</summary>
    private readonly struct Softmax
    {
        private readonly Vector512<float> _temperature, _largest, _logSum;

        public Softmax(ref float logits, int classes, float temperature)
        {
            _temperature = Vector512.Create(temperature);
            _largest = Vector512.LoadUnsafe(ref logits);
            for (int c = 1; c < classes; c++) _largest = Vector512.Max(_largest, Vector512.LoadUnsafe(ref logits, (nuint)(c * Lanes)));
            Vector512<float> sum = Vector512<float>.Zero;
            for (int c = 0; c < classes; c++)
                sum += LaneMath.ExpOfNegative((Vector512.LoadUnsafe(ref logits, (nuint)(c * Lanes)) - _largest) / _temperature);
            _logSum = LaneMath.Log(sum);
        }

        /// <summary>The logarithm of a class's probability, at most 0.</summary>
        public Vector512<float> LogOf(Vector512<float> logit) =>
            Vector512.Min((logit - _largest) / _temperature - _logSum, Vector512<float>.Zero);
    }
}
