using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>A piece of the work on a batch: a lane block, or a share of what is done once for all blocks.</summary>
/// <param name="pass">What the phase works on.</param>
/// <param name="piece">Number of the block or share.</param>
/// <param name="thread">Number of the thread.</param>
internal delegate void Phase(in Pass pass, int piece, int thread);

/// <summary>What the phases of one pass over a batch work on.</summary>
internal readonly struct Pass
{
    /// <summary>The source whose current batch it is; null while weights are prepared for many batches.</summary>
    public BatchSource Batch { get; init; }

    /// <summary>Images of the batch: asked once, because what a source says may change while memory is written to.</summary>
    public int Count { get; init; }

    public NoisePass Noise { get; init; }

    /// <summary>A teacher's part in the loss; null without a teacher.</summary>
    public DistillationLoss? Teacher { get; init; }

    /// <summary>Who updates the parameters, in the phase that does.</summary>
    public Optimizer? Optimizer { get; init; }

    /// <summary>The part of the pass between two barriers.</summary>
    public int Segment { get; init; }

    /// <summary>The phase of a segment's weight gradients.</summary>
    public int GradientPhase { get; init; }

    public int Blocks => (Count + LaneLayout.Lanes - 1) / LaneLayout.Lanes;

    public bool IsTraining => Noise.IsTraining;

    /// <summary>Images of a block, 1 … 32.</summary>
    public int ImagesOf(int block) => Math.Min(LaneLayout.Lanes, Count - block * LaneLayout.Lanes);
}
