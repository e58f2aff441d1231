using NoiseGen.CompilerServices;
using static NoiseGen.LaneLayout;

namespace NoiseGen;

/// <summary>
/// Runs a batch forward and backward through the segments of a network, which barriers separate. The last forward segment, the loss and the
/// first backward segment form one phase.
/// </summary>
internal sealed class TrainingPhases
{
    private readonly Machinery _machinery;
    private readonly Layers _layers;
    private readonly Phase _pack, _forward, _begin, _last, _backward, _mergeGradients, _endGradients;

    public TrainingPhases(Machinery machinery, Layers layers)
    {
        (_machinery, _layers) = (machinery, layers);
        (_pack, _forward, _begin, _last) = (Pack, Forward, Begin, ForwardLossBackward);
        (_backward, _mergeGradients, _endGradients) = (Backward, MergeGradients, EndGradients);
    }

    private NetworkCode Code => _machinery.Code;

    private NetworkState State => _machinery.State;

    private PhaseRunner Runner => _machinery.Runner;

    private int Shares => _machinery.Runner.Shares;

    private int LastSegment => Code.ForwardSegments - 1;

    /// <summary>Computes the losses and all gradients of a batch.</summary>
    public void ForwardAndBackward(in Pass pass)
    {
        foreach (LearnedScale scale in _layers.Scales) scale.BeginGradients();
        ForwardSegments(_forward, pass);
        Runner.RunBlocks(_last, pass with { Segment = LastSegment });
        RunGradients(pass);
        for (int segment = 1; segment < Code.BackwardSegments; segment++)
        {
            Pass backward = pass with { Segment = segment };
            Runner.RunBlocks(_backward, backward);
            RunGradients(backward);
        }
    }

    /// <summary>Runs only the forward pass.</summary>
    public void ForwardOnly(in Pass pass) => ForwardOnly(_forward, pass);

    /// <summary>Runs only the forward pass, and shows each stage's output to a watch.</summary>
    public void Watch(in Pass pass, StageWatch watch)
    {
        void WatchSegment(in Pass pass, int block, int thread)
        {
            BlockMemory memory = MemoryOf(pass, block, thread);
            if (pass.Segment == 0) _machinery.Input.Load(pass, block, memory);
            Code.Forward(pass.Segment, State, memory, pass.Noise, block * Lanes, watch);
        }

        ForwardOnly(WatchSegment, pass);
    }

    private void ForwardOnly(Phase phase, in Pass pass)
    {
        ForwardSegments(phase, pass);
        Runner.RunBlocks(phase, pass with { Segment = LastSegment });
    }

    // All segments except the last, which training runs together with the loss.
    private void ForwardSegments(Phase phase, in Pass pass)
    {
        if (_machinery.Memory.PacksWeights) Runner.RunShares(_pack, pass);
        for (int segment = 0; segment < LastSegment; segment++)
        {
            Runner.RunBlocks(phase, pass with { Segment = segment });
            Runner.RunShares(_begin, pass with { Segment = segment + 1 });
        }
    }

    private void RunGradients(in Pass pass)
    {
        int last = Math.Max(0, Code.GradientPhases(pass.Segment, pass.Blocks) - 1);
        for (int phase = 0; phase < last; phase++) Runner.RunShares(_mergeGradients, pass with { GradientPhase = phase });
        Runner.RunShares(_endGradients, pass with { GradientPhase = last });
    }

    // The first backward segment follows the last forward one immediately.
    private void Pack(in Pass pass, int share, int thread)
    {
        Code.PackForward(pass.Segment, State, ref _machinery.Memory.Packed, share, Shares);
        if (pass.Segment == LastSegment) Code.PackBackward(0, State, ref _machinery.Memory.PackedBackward, share, Shares);
    }

    // Completes the previous segment: its norm's statistics over the whole batch.
    private void Begin(in Pass pass, int share, int thread)
    {
        Code.MergeNorms(pass.Segment - 1, State, pass.Blocks, share, Shares);
        Pack(pass, share, thread);
    }

    private void Forward(in Pass pass, int block, int thread) => Forward(pass, block, MemoryOf(pass, block, thread));

    private void Forward(in Pass pass, int block, in BlockMemory memory)
    {
        if (pass.Segment == 0) _machinery.Input.Load(pass, block, memory);
        Code.Forward(pass.Segment, State, memory, pass.Noise, block * Lanes, watch: null);
    }

    private void ForwardLossBackward(in Pass pass, int block, int thread)
    {
        BlockMemory memory = MemoryOf(pass, block, thread);
        Forward(pass, block, memory);
        _machinery.Loss.Compute(pass, block, memory);
        Code.Backward(0, State, memory, pass.Noise, block * Lanes);
    }

    private void Backward(in Pass pass, int block, int thread) =>
        Code.Backward(pass.Segment, State, MemoryOf(pass, block, thread), pass.Noise, block * Lanes);

    private void MergeGradients(in Pass pass, int share, int thread)
    {
        BlockMemory memory = MemoryOf(pass, 0, thread);
        if (pass.GradientPhase == 0) Code.MergeGradients(pass.Segment, State, memory, pass.Blocks, share, Shares);
        Code.MergeGradientPhase(pass.Segment, pass.GradientPhase, State, memory, pass.Blocks, share, Shares);
    }

    // The last phase also packs the weights that the next segment reads, so that they are still in the cache.
    private void EndGradients(in Pass pass, int share, int thread)
    {
        MergeGradients(pass, share, thread);
        if (pass.Segment + 1 < Code.BackwardSegments)
            Code.PackBackward(pass.Segment + 1, State, ref _machinery.Memory.PackedBackward, share, Shares);
    }

    private BlockMemory MemoryOf(in Pass pass, int block, int thread) =>
        _machinery.Memory.ForTraining(block, thread, pass.ImagesOf(block));
}
