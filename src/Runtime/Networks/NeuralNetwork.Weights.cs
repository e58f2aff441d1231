using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NoiseGen.CompilerServices;

namespace NoiseGen;

// Weights of images in the loss.
public abstract partial class NeuralNetwork
{
    // w_i · count / Σ w of the batch, by which the mean over images of loss and gradient becomes Σ w·l / Σ w; lanes past its end are unused.
    private readonly float[] _lossWeights;

    // One thread sums, in the images' order: a result must not depend on how they are divided.
    private void LoadLossWeights()
    {
        if (!_batch.HasWeights) return;
        double sum = 0;
        for (int image = 0; image < _count; image++)
        {
            float weight = _batch.Weight(image);
            if (!Setting.IsNotNegative(weight))
                throw new ArgumentException($"The weight of image {_batch.First + image} is {weight}; allowed are finite numbers, at least 0.");
            _lossWeights[image] = weight;
            sum += weight;
        }

        // A batch of weights that are all 0 teaches nothing.
        float scale = sum > 0 ? (float)(_count / sum) : 0f;
        for (int image = 0; image < _count; image++) _lossWeights[image] *= scale;
    }

    private void WeightLoss(int block, in BlockMemory memory)
    {
        if (!_pass.IsTraining || !_batch.HasWeights) return;
        ref float weights = ref _lossWeights[block * Lanes];
        ref float losses = ref _losses.At(block * Lanes * 2);
        ref float gradients = ref _code.LogitGradients(memory);
        for (nuint half = 0; half < Lanes; half += (nuint)Vector512<float>.Count)
        {
            var weight = Vector512.LoadUnsafe(ref weights, half);
            (Vector512.LoadUnsafe(ref losses, half) * weight).StoreUnsafe(ref losses, half);
            for (int c = 0; c < Classes; c++)
            {
                ref float gradient = ref Unsafe.Add(ref gradients, c * Lanes);
                (Vector512.LoadUnsafe(ref gradient, half) * weight).StoreUnsafe(ref gradient, half);
            }
        }
    }
}
