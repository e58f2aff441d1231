using System.ComponentModel;

namespace NoiseGen.CompilerServices;

/// <summary>A network's memory plan, in floats; every size is a multiple of 16.</summary>
/// <param name="ParameterFloats">All parameters.</param>
/// <param name="PackedFloats">Zeros, 16 of them, then weights in the order of the register tiles.</param>
/// <param name="BlockFloats">What each block of 32 images keeps until its step ends.</param>
/// <param name="ScratchFloats">What each thread needs while one block goes through the network.</param>
/// <param name="SharedFloats">What the threads share while they sum the gradients of weights.</param>
/// <param name="StatisticsFloats">All running means and variances.</param>
/// <param name="BufferFloats">The buffers of a block before those that are never needed at the same time share their memory.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct NetworkMemory(
    int ParameterFloats, int PackedFloats, int BlockFloats, int ScratchFloats, int SharedFloats, int StatisticsFloats, long BufferFloats)
{
    // The biases of passes that have none.
    private const int ZeroFloats = 16;

    /// <summary>Whether any weights are packed: a network of dense layers may read all of them where they lie.</summary>
    internal bool PacksWeights => PackedFloats > ZeroFloats;
}

/// <summary>The pieces of memory that one block works on.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct BlockMemory
{
    /// <summary>All parameters, in PyTorch's layouts.</summary>
    public readonly ref float Parameters;

    /// <summary>Weights in the order of the register tiles.</summary>
    public readonly ref float Packed;

    /// <summary>What the block keeps until the step ends.</summary>
    public readonly ref float Block;

    /// <summary>What only lives while the block goes through the network.</summary>
    public readonly ref float Scratch;

    /// <summary>The block's number in the batch.</summary>
    public readonly int Index;

    /// <summary>Images in the block, 1 … 32; the other lanes are filled with whatever comes.</summary>
    public readonly int Images;

    internal BlockMemory(ref float parameters, ref float packed, ref float block, ref float scratch, int index, int images)
    {
        (Index, Images) = (index, images);
        Parameters = ref parameters;
        Packed = ref packed;
        Block = ref block;
        Scratch = ref scratch;
    }
}
