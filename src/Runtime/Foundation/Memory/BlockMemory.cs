using System.ComponentModel;

namespace NoiseGen.CompilerServices;

/// <summary>The pieces of memory that one block works on.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct BlockMemory
{
    /// <summary>All parameters, in PyTorch's layouts.</summary>
    public readonly ref float Parameters;

    /// <summary>Weights of the forward segment in the order of the register tiles.</summary>
    public readonly ref float Packed;

    /// <summary>Weights of the backward segment in the order of its input gradients' tiles.</summary>
    public readonly ref float PackedBackward;

    /// <summary>Sixteen zeros: the biases of passes without biases.</summary>
    public readonly ref float Zeros;

    /// <summary>The memory that the block keeps until the step ends.</summary>
    public readonly ref float Block;

    /// <summary>Memory that is live only while the block goes through the network.</summary>
    public readonly ref float Scratch;

    /// <summary>The block's number in the batch.</summary>
    public readonly int Index;

    /// <summary>Images in the block, 1 … 32; the values of the other lanes are undefined.</summary>
    public readonly int Images;

    internal BlockMemory(
        ref float parameters, ref float packed, ref float packedBackward, ref float zeros, ref float block, ref float scratch, int index,
        int images)
    {
        (Index, Images) = (index, images);
        Parameters = ref parameters;
        Packed = ref packed;
        PackedBackward = ref packedBackward;
        Zeros = ref zeros;
        Block = ref block;
        Scratch = ref scratch;
    }
}
