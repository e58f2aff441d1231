using TorchSharp;
using static TorchSharp.torch;

namespace NoiseGen.Benchmarks.Peer;

/// <summary>
/// Eight-bit fake quantization with TorchSharp, the fastest way found:
/// rounding happens in place outside autograd, so that straight-through costs nothing in backward.
/// (<c>fake_quantize_per_tensor_affine</c>, which TorchSharp reaches through TorchScript only, takes fifty times as long.)
/// </summary>
internal static class TorchQuantizer
{
    private const double WeightLevels = 127;
    private const double ActivationLevels = 255;
    private const double Step = 256 / ActivationLevels;  // scale c = 1: the largest value is 256·c
    private const double SmallestMagnitude = 1e-10;

    /// <summary>
    /// ReLU and quantizer for training. <c>threshold</c> saves its input for backward,
    /// and so leaves its output free to be rounded in place.
    /// </summary>
    public static Tensor Relu(Tensor values)
    {
        Tensor output = nn.functional.threshold(values, 0, 0);
        using IDisposable untracked = no_grad();
        return output.mul_(1 / Step).round_().clamp_max_(ActivationLevels).mul_(Step);
    }

    /// <summary>ReLU and quantizer in place, where no gradient is wanted.</summary>
    public static Tensor ReluInPlace(Tensor values) => values.mul_(1 / Step).round_().clamp_(0, ActivationLevels).mul_(Step);

    /// <summary>
    /// Signed narrow-range weights with a scale for each output channel of a convolution or for the whole of a dense layer.
    /// </summary>
    public static Tensor Weights(Tensor weights)
    {
        using Tensor magnitudes = weights.abs();
        using Tensor largest = weights.dim() == 4 ? magnitudes.amax([1, 2, 3], keepdim: true) : magnitudes.max();
        using Tensor scale = largest.clamp_min_(SmallestMagnitude).div_(WeightLevels);
        return weights.div(scale).round_().mul_(scale);
    }
}
