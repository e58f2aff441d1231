using System.ComponentModel;

namespace NoiseGen.CompilerServices;

/// <summary>One convolution or dense layer: its weights on their way into the generated loops, and their gradients on the way out.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LinearLayer
{
    internal LinearLayer(Stage owner, Arena parameters, Arena gradients, int index)
    {
        var shape = new LinearShape(owner.Description);
        Trained = new LinearWeights(owner, shape, parameters, index);
        Packing = new WeightPacking(shape, Trained);
        Gradients = new WeightGradients(owner.Description, shape, gradients);
    }

    /// <summary>The weights that a pass computes with, quantized and disturbed, in PyTorch's order: for tiles that need them in no other.</summary>
    public ref float Weights => ref Trained.Values;

    /// <summary>The weights in the tiles' order.</summary>
    public WeightPacking Packing { get; }

    /// <summary>The gradients of weights and biases.</summary>
    public WeightGradients Gradients { get; }

    /// <summary>The weights as they are trained, and what is made of them.</summary>
    internal LinearWeights Trained { get; }
}
