using System.ComponentModel;

namespace NoiseGen.CompilerServices;

/// <summary>One convolution or dense layer: the weights that the generated loops read, and the gradients that they produce.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LinearLayer
{
    internal LinearLayer(LinearShape shape, LinearWeights weights, WeightGradients gradients) =>
        (Trained, Packing, Gradients) = (weights, new WeightPacking(shape, weights), gradients);

    /// <summary>The quantized and noisy weights that a pass uses, in PyTorch's order, for tiles that need no other order.</summary>
    public ref float Weights => ref Trained.Values;

    /// <summary>The weights in the tiles' order.</summary>
    public WeightPacking Packing { get; }

    /// <summary>The gradients of weights and biases.</summary>
    public WeightGradients Gradients { get; }

    /// <summary>The trained weights and their quantized and noisy versions.</summary>
    internal LinearWeights Trained { get; }
}
