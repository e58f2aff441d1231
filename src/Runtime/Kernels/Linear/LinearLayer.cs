using System.ComponentModel;

namespace NoiseGen.CompilerServices;

/// <summary>
/// One convolution or dense layer: its weights on their way into the generated loops,
/// and their gradients on the way out.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LinearLayer
{
    internal LinearLayer(LinearShape shape, LinearWeights weights, WeightGradients gradients) =>
        (Trained, Packing, Gradients) = (weights, new WeightPacking(shape, weights), gradients);

    /// <summary>
    /// The weights that a pass computes with, quantized and disturbed, in PyTorch's order:
    /// for tiles that need them in no other.
    /// </summary>
    public ref float Weights => ref Trained.Values;

    /// <summary>The weights in the tiles' order.</summary>
    public WeightPacking Packing { get; }

    /// <summary>The gradients of weights and biases.</summary>
    public WeightGradients Gradients { get; }

    /// <summary>The weights as they are trained, and what is made of them.</summary>
    internal LinearWeights Trained { get; }
}
