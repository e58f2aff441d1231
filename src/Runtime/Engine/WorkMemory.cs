using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>
/// The working memory of a network's passes. Training and evaluation share it, one at a time. In training it holds every block of the batch
/// and the packed weights of one segment, which those of the next segment overwrite. In evaluation it holds one block per thread, reused
/// for one block of the batch after another (or every block, if there are fewer blocks than threads), and the packed weights of all
/// segments, reused for one batch after another.
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
    /// <param name="blocks">Number of blocks in the largest batch.</param>
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

    /// <summary>The workspace that the threads share while they sum weight gradients.</summary>
    public ref float Shared => ref _arena.At(_shared);

    /// <summary>In training, the packed weights of the forward segment. They share memory with the gradient workspace, which the forward
    /// pass does not use.</summary>
    public ref float Packed => ref _arena.At(_shared);

    /// <summary>The packed weights of the backward segment.</summary>
    public ref float PackedBackward => ref _arena.At(_backward);

    /// <summary>Size of a network's working memory, in floats.</summary>
    public static long Floats(NetworkMemory plan, int blocks, int threads) => ZeroFloats + Math.Max(
        (long)blocks * plan.BlockFloats + Math.Max(plan.SharedFloats, plan.SegmentFloats) + plan.BackwardFloats,
        (long)Math.Min(blocks, threads) * plan.BlockFloats + plan.PackedFloats);

    /// <summary>Rejects a batch size whose memory does not fit in an array.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is too large; the message names the largest allowed.</exception>
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

    /// <summary>Releases the memory. Nothing may be read or written afterwards.</summary>
    public void Release()
    {
        _arena = new Arena(0);
        Array.Clear(_scratch);
    }

    /// <summary>The packed weights in evaluation.</summary>
    /// <param name="start">Where they begin among the packed weights of all segments.</param>
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
