using System.ComponentModel;

namespace NoiseGen.CompilerServices;

/// <summary>A network's memory plan, in floats; every size is a multiple of 16.</summary>
/// <param name="ParameterFloats">All parameters.</param>
/// <param name="PackedFloats">All weights that are packed, in the order of the register tiles of the forward pass.</param>
/// <param name="SegmentFloats">Those of the forward segment that has the most.</param>
/// <param name="BackwardFloats">The weights in the order of input gradients, of the backward segment that has the most.</param>
/// <param name="BlockFloats">What each block of 32 images keeps until its step ends.</param>
/// <param name="ScratchFloats">What each thread needs while one block goes through the network.</param>
/// <param name="SharedFloats">What the threads share while they sum the gradients of weights.</param>
/// <param name="StatisticsFloats">All running means and variances.</param>
/// <param name="BufferFloats">The buffers of a block before those that are never needed at the same time share their memory.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct NetworkMemory(
    int ParameterFloats, int PackedFloats, int SegmentFloats, int BackwardFloats, int BlockFloats, int ScratchFloats, int SharedFloats,
    int StatisticsFloats, long BufferFloats)
{
    /// <summary>Whether any weights are packed: a network of dense layers may read all of them where they lie.</summary>
    internal bool PacksWeights => PackedFloats > 0;
}
