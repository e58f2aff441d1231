using System.ComponentModel;

namespace NoiseGen.CompilerServices;

/// <summary>
/// The code that the generator writes for a network besides the class that the user sees: the passes over a block of 32 images, and the
/// passes over the weights.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class NetworkCode
{
    /// <summary>Where a block's input goes.</summary>
    public abstract Span<float> Input(in BlockMemory memory);

    /// <summary>Where a block's logits are, class × lane.</summary>
    public abstract ref float Logits(in BlockMemory memory);

    /// <summary>Where the gradient with respect to a block's logits goes, class × lane.</summary>
    public abstract ref float LogitGradients(in BlockMemory memory);

    /// <summary>Packs a share of the weights for a segment of the forward pass, given where the packed weights of the segment
    /// start.</summary>
    public abstract void PackForward(int segment, NetworkState state, ref float packed, int part, int parts);

    /// <summary>Packs a share of the weights for a backward segment's input gradients, given where the packed weights of the segment
    /// start.</summary>
    public abstract void PackBackward(int segment, NetworkState state, ref float packed, int part, int parts);

    /// <summary>Number of parts of the forward pass between barriers: one, and one more for each batch norm.</summary>
    public abstract int ForwardSegments { get; }

    /// <summary>Where the packed weights of each forward segment start when those of all segments are stored one after another, in
    /// floats.</summary>
    public abstract ReadOnlySpan<int> PackedStarts { get; }

    /// <summary>Number of parts of the backward pass between barriers. No barrier separates the last forward segment from the first
    /// backward one.</summary>
    public abstract int BackwardSegments { get; }

    /// <summary>Runs one segment of a block's forward pass, from its input to its logits. A watch, if there is one, sees each stage's
    /// output.</summary>
    public abstract void Forward(int segment, NetworkState state, in BlockMemory memory, in NoisePass pass, int image, StageWatch? watch);

    /// <summary>Runs one segment of a block's backward pass, from the gradient with respect to its logits to the gradients of the
    /// parameters.</summary>
    public abstract void Backward(int segment, NetworkState state, in BlockMemory memory, in NoisePass pass, int image);

    /// <summary>A share of the work after each forward segment except the last: the norms' statistics of the whole batch.</summary>
    public virtual void MergeNorms(int segment, NetworkState state, int blocks, int part, int parts)
    {
    }

    /// <summary>
    /// A share of the work after a backward segment, given the first block's memory: the gradients of norms and weights, summed over all
    /// blocks.
    /// </summary>
    public abstract void MergeGradients(int segment, NetworkState state, in BlockMemory memory, int blocks, int part, int parts);

    /// <summary>
    /// Number of phases, separated by barriers, in which the weight gradients of a segment are computed by transforms; 0 if none are.
    /// </summary>
    public virtual int GradientPhases(int segment, int blocks) => 0;

    /// <summary>A share of one of these phases. The first phase runs together with <see cref="MergeGradients"/>.</summary>
    public virtual void MergeGradientPhase(
        int segment, int phase, NetworkState state, in BlockMemory memory, int blocks, int part, int parts)
    {
    }
}

/// <summary>The state of a network that its generated code needs.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class NetworkState
{
    private readonly LinearLayer[] _layers;
    private readonly IReadOnlyList<Stage> _stages;
    private readonly BatchNormLayer[] _norms;
    private readonly WorkMemory _work;

    internal NetworkState(LinearLayer[] layers, IReadOnlyList<Stage> stages, BatchNormLayer[] norms, WorkMemory work, int blockStride) =>
        (_layers, _stages, _norms, _work, BlockStride) = (layers, stages, norms, work, blockStride);

    /// <summary>Size of one block's memory, in floats.</summary>
    public nint BlockStride { get; }

    /// <summary>The layer of the n-th stage that has a linear operation.</summary>
    /// <param name="index">From 0, in execution order.</param>
    public LinearLayer Layer(int index) => _layers[index];

    /// <summary>The norm of the n-th stage that has one.</summary>
    /// <param name="index">From 0, in execution order.</param>
    public BatchNormLayer Norm(int index) => _norms[index];

    /// <summary>The levels of a stage's activation quantizer.</summary>
    /// <param name="stage">Index of the stage.</param>
    public QuantizerLevels QuantizerLevels(int stage) => _stages[stage].Quantizer.InUse;

    /// <summary>The learned scale of a stage's activation quantizer.</summary>
    /// <param name="stage">Index of the stage.</param>
    public LearnedScale LearnedScale(int stage) => _stages[stage].Quantizer.Learned!;

    /// <summary>The fraction of a stage's outputs that training drops.</summary>
    /// <param name="stage">Index of the stage.</param>
    public float DropoutRate(int stage) => _stages[stage].DropoutRate;

    /// <summary>The workspace that the threads share.</summary>
    public ref float Workspace => ref _work.Shared;
}
