using System.ComponentModel;

namespace NoiseGen.CompilerServices;

/// <summary>A network's memory plan, in floats; every size is a multiple of 16.</summary>
/// <param name="ParameterFloats">All parameters.</param>
/// <param name="PackedFloats">All packed weights, in the order of the register tiles of the forward pass.</param>
/// <param name="SegmentFloats">The packed weights of the forward segment that has the most.</param>
/// <param name="BackwardFloats">The weights packed for input gradients, of the backward segment that has the most.</param>
/// <param name="BlockFloats">What each block of 32 images keeps until its step ends.</param>
/// <param name="ScratchFloats">What each thread needs while one block goes through the network.</param>
/// <param name="SharedFloats">What the threads share while they sum the gradients of weights.</param>
/// <param name="StatisticsFloats">All running means and variances.</param>
/// <param name="BufferFloats">The buffers of a block if buffers that are never live at the same time did not share memory.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct NetworkMemory(
    int ParameterFloats, int PackedFloats, int SegmentFloats, int BackwardFloats, int BlockFloats, int ScratchFloats, int SharedFloats,
    int StatisticsFloats, long BufferFloats)
{
    /// <summary>Whether any weights are packed. A network of dense layers may read all its weights in place.</summary>
    internal bool PacksWeights => PackedFloats > 0;
}
