using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>
/// What a network's passes work on; training and evaluation share it, one at a time. In training it holds every block of the batch and the packed weights of one segment, which
/// each segment's take over from those before. In evaluation it holds a block for each thread, which serves one block of the batch after the other (each block where there are
/// fewer), and the packed weights of all segments, which serve one batch after the other.
/// </summary>
internal sealed class WorkMemory
{
    private const int ZeroFloats = 16;

    private Arena _arena;
    private readonly int _blockFloats;
    private readonly bool _hasBlockForEach;
    private readonly nint _shared, _backward, _evaluation;

    /// <param name="plan">The memory plan.</param>
    /// <param name="blocks">Blocks of the largest batch.</param>
    /// <param name="threads">Threads that share a step.</param>
    public WorkMemory(NetworkMemory plan, int blocks, int threads)
    {
        _blockFloats = plan.BlockFloats;
        _hasBlockForEach = blocks <= threads;
        _shared = ZeroFloats + (nint)blocks * plan.BlockFloats;
        _backward = _shared + Math.Max(plan.SharedFloats, plan.SegmentFloats);
        _evaluation = ZeroFloats + (nint)Math.Min(blocks, threads) * plan.BlockFloats;
        _arena = new Arena(checked((int)Floats(plan, blocks, threads)));
    }

    /// <summary>Sixteen zeros.</summary>
    public ref float Zeros => ref _arena.At(0);

    /// <summary>What the threads share while they sum the gradients of weights.</summary>
    public ref float Shared => ref _arena.At(_shared);

    /// <summary>In training, the packed weights of the forward segment; no gradients are summed while there is one.</summary>
    public ref float Packed => ref _arena.At(_shared);

    /// <summary>The packed weights of the backward segment.</summary>
    public ref float PackedBackward => ref _arena.At(_backward);

    /// <summary>In evaluation, the packed weights of all segments.</summary>
    public ref float PackedForEvaluation => ref _arena.At(_evaluation);

    /// <summary>Floats that a network takes.</summary>
    public static long Floats(NetworkMemory plan, int blocks, int threads) => ZeroFloats + Math.Max(
        (long)blocks * plan.BlockFloats + Math.Max(plan.SharedFloats, plan.SegmentFloats) + plan.BackwardFloats,
        (long)Math.Min(blocks, threads) * plan.BlockFloats + plan.PackedFloats);

    /// <summary>Gives the memory up. Nothing may be read or written afterwards.</summary>
    public void Release() => _arena = new Arena(0);

    /// <summary>In training, the memory of a block.</summary>
    public ref float Block(int index) => ref _arena.At(ZeroFloats + (nint)index * _blockFloats);

    /// <summary>In evaluation, the memory of a block while a thread works on it.</summary>
    public ref float BlockForEvaluation(int index, int thread) => ref Block(_hasBlockForEach ? index : thread);
}
