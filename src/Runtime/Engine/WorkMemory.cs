using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>
/// What a network's passes work on; training and evaluation share it, one at a time. In training it holds every block of the batch and the
/// packed weights of one segment, which each segment's take over from those before. In evaluation it holds a block for each thread, which
/// serves one block of the batch after the other (each block where there are fewer), and the packed weights of all segments, which serve
/// one batch after the other.
/// </summary>
internal sealed class WorkMemory
{
    private const int ZeroFloats = 16;

    private readonly Arena _parameters;
    private readonly Arena[] _scratch;
    private readonly int _blockFloats;
    private readonly bool _hasBlockForEach;
    private readonly nint _shared, _backward, _evaluation;
    private Arena _arena;

    /// <param name="plan">The memory plan.</param>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="blocks">Blocks of the largest batch.</param>
    /// <param name="threads">Threads that share a step.</param>
    public WorkMemory(NetworkMemory plan, Arena parameters, int blocks, int threads)
    {
        (_parameters, _blockFloats, PacksWeights) = (parameters, plan.BlockFloats, plan.PacksWeights);
        _hasBlockForEach = blocks <= threads;
        _shared = ZeroFloats + (nint)blocks * plan.BlockFloats;
        _backward = _shared + Math.Max(plan.SharedFloats, plan.SegmentFloats);
        _evaluation = ZeroFloats + (nint)Math.Min(blocks, threads) * plan.BlockFloats;
        _arena = new Arena(checked((int)Floats(plan, blocks, threads)));
        _scratch = [.. Enumerable.Range(0, threads).Select(_ => new Arena(plan.ScratchFloats))];
    }

    /// <summary>Whether any weights are packed.</summary>
    public bool PacksWeights { get; }

    /// <summary>What the threads share while they sum the gradients of weights.</summary>
    public ref float Shared => ref _arena.At(_shared);

    /// <summary>In training, the packed weights of the forward segment; no gradients are summed while there is one.</summary>
    public ref float Packed => ref _arena.At(_shared);

    /// <summary>The packed weights of the backward segment.</summary>
    public ref float PackedBackward => ref _arena.At(_backward);

    /// <summary>Floats that a network takes.</summary>
    public static long Floats(NetworkMemory plan, int blocks, int threads) => ZeroFloats + Math.Max(
        (long)blocks * plan.BlockFloats + Math.Max(plan.SharedFloats, plan.SegmentFloats) + plan.BackwardFloats,
        (long)Math.Min(blocks, threads) * plan.BlockFloats + plan.PackedFloats);

    /// <summary>Refuses a batch size whose memory no array holds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is too large; the message says which is the largest.</exception>
    public static void CheckBatchSize(NetworkMemory plan, string network, int batchSize, int threads)
    {
        int blocks = (int)(((long)batchSize + LaneLayout.Lanes - 1) / LaneLayout.Lanes);
        if (Floats(plan, blocks, threads) <= Arena.MaxLength) return;
        int most = Math.Min(blocks - 1, Arena.MaxLength / plan.BlockFloats);
        while (Floats(plan, most, threads) > Arena.MaxLength) most--;
        throw new ArgumentOutOfRangeException(
            nameof(batchSize), batchSize, $"{network} keeps {plan.BlockFloats * 4L} bytes for every {LaneLayout.Lanes} images of a batch; "
            + $"{(long)most * LaneLayout.Lanes} images are the most.");
    }

    /// <summary>Gives the memory up. Nothing may be read or written afterwards.</summary>
    public void Release()
    {
        _arena = new Arena(0);
        Array.Clear(_scratch);
    }

    /// <summary>In evaluation, packed weights.</summary>
    /// <param name="start">Where they begin among those of all segments.</param>
    public ref float PackedForEvaluation(int start) => ref _arena.At(_evaluation + start);

    /// <summary>The memory of a block in training.</summary>
    /// <param name="block">Its number.</param>
    /// <param name="thread">Who works on it.</param>
    /// <param name="images">Its images.</param>
    public BlockMemory ForTraining(int block, int thread, int images) => Of(ref Packed, block, block, thread, images);

    /// <summary>The memory of a block in evaluation.</summary>
    /// <param name="packedStart">Where the segment's packed weights begin among those of all segments.</param>
    /// <param name="block">Its number.</param>
    /// <param name="thread">Who works on it.</param>
    /// <param name="images">Its images.</param>
    public BlockMemory ForEvaluation(int packedStart, int block, int thread, int images) =>
        Of(ref PackedForEvaluation(packedStart), _hasBlockForEach ? block : thread, block, thread, images);

    // Sixteen zeros lie before the first block.
    private BlockMemory Of(ref float packed, int place, int block, int thread, int images) => new(
        ref _parameters.At(0), ref packed, ref PackedBackward, ref _arena.At(0), ref _arena.At(ZeroFloats + (nint)place * _blockFloats),
        ref _scratch[thread].At(0), block, images);
}
