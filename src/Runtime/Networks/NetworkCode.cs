using System.ComponentModel;

namespace NoiseGen.CompilerServices;

/// <summary>What the generator writes for a network, apart from the class that the user sees: the passes over a block of 32 images, and the passes over the weights.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class NetworkCode
{
    /// <summary>Where a block's input goes.</summary>
    public abstract Span<float> Input(in BlockMemory memory);

    /// <summary>Where a block's logits are, class × lane.</summary>
    public abstract ref float Logits(in BlockMemory memory);

    /// <summary>Where the gradient with respect to a block's logits goes, class × lane.</summary>
    public abstract ref float LogitGradients(in BlockMemory memory);

    /// <summary>Packs a share of all weights for the forward pass.</summary>
    public abstract void PackForward(NetworkState state, int part, int parts);

    /// <summary>Packs a share of all weights for the input gradients.</summary>
    public abstract void PackBackward(NetworkState state, int part, int parts);

    /// <summary>From a block's input to its logits.</summary>
    public abstract void Forward(NetworkState state, in BlockMemory memory, in NoisePass pass, int image);

    /// <summary>From the gradient with respect to a block's logits to that of its parameters.</summary>
    public abstract void Backward(NetworkState state, in BlockMemory memory);

    /// <summary>Sums a share of all parameters' gradients over the blocks, given the first block's memory.</summary>
    public abstract void SumGradients(NetworkState state, in BlockMemory memory, int blocks, int part, int parts);
}

/// <summary>What generated code needs of the network it works for.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class NetworkState
{
    private readonly LinearLayer[] _layers;
    private readonly ActivationQuantizer?[] _quantizers;
    private readonly Arena _packed;

    internal NetworkState(LinearLayer[] layers, ActivationQuantizer?[] quantizers, Arena packed, int blockStride) =>
        (_layers, _quantizers, _packed, BlockStride) = (layers, quantizers, packed, blockStride);

    /// <summary>Floats of one block's memory.</summary>
    public nint BlockStride { get; }

    /// <summary>The layer of the n-th stage that has a linear operation.</summary>
    /// <param name="index">From 0, in execution order.</param>
    public LinearLayer Layer(int index) => _layers[index];

    /// <summary>The distance between two levels of a stage's activation quantizer.</summary>
    /// <param name="stage">Index of the stage.</param>
    public float QuantizerStep(int stage) => _quantizers[stage]!.Step;

    /// <summary>The packed weights from an offset on.</summary>
    /// <param name="offset">In floats.</param>
    public ref float Packed(int offset) => ref _packed.At(offset);
}
