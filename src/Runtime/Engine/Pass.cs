using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>A piece of the work on a batch: a lane block, or a share of the work that is done once for all blocks.</summary>
/// <param name="pass">What the phase works on.</param>
/// <param name="piece">Number of the block or share.</param>
/// <param name="thread">Number of the thread.</param>
internal delegate void Phase(in Pass pass, int piece, int thread);

/// <summary>What the phases of one pass over a batch work on.</summary>
internal readonly struct Pass
{
    /// <summary>The source of the current batch; null while weights are prepared for many batches.</summary>
    public BatchSource Batch { get; init; }

    /// <summary>Number of images in the batch. It is read once, because a source could change its answer while memory is being
    /// written.</summary>
    public int Count { get; init; }

    public NoisePass Noise { get; init; }

    /// <summary>The teacher's part of the loss; null without a teacher.</summary>
    public DistillationLoss? Teacher { get; init; }

    /// <summary>The optimizer, in the phase that updates the parameters.</summary>
    public Optimizer? Optimizer { get; init; }

    /// <summary>The part of the pass between two barriers.</summary>
    public int Segment { get; init; }

    /// <summary>The phase of a segment's weight gradients.</summary>
    public int GradientPhase { get; init; }

    public int Blocks => (Count + LaneLayout.Lanes - 1) / LaneLayout.Lanes;

    public bool IsTraining => Noise.IsTraining;

    /// <summary>Number of images in a block, 1 … 32.</summary>
    public int ImagesOf(int block) => Math.Min(LaneLayout.Lanes, Count - block * LaneLayout.Lanes);
}
