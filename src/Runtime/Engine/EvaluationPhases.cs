using NoiseGen.CompilerServices;
using static NoiseGen.LaneLayout;

namespace NoiseGen;

/// <summary>Evaluates a batch: each block goes from its input to its logits on one thread.</summary>
internal sealed class EvaluationPhases
{
    private readonly Machinery _machinery;
    private readonly Phase _packAll, _evaluate;

    public EvaluationPhases(Machinery machinery)
    {
        _machinery = machinery;
        (_packAll, _evaluate) = (PackAll, Evaluate);
    }

    private NetworkCode Code => _machinery.Code;

    /// <summary>Packs the weights of all segments, once for many batches.</summary>
    public void Pack(in Pass pass)
    {
        if (_machinery.Memory.PacksWeights) _machinery.Runner.RunShares(_packAll, pass);
    }

    /// <summary>Evaluates a batch, and stores its losses and logits.</summary>
    public void Run(in Pass pass) => _machinery.Runner.RunBlocks(_evaluate, pass);

    private void PackAll(in Pass pass, int share, int thread)
    {
        for (int segment = 0; segment < Code.ForwardSegments; segment++)
        {
            ref float packed = ref _machinery.Memory.PackedForEvaluation(Code.PackedStarts[segment]);
            Code.PackForward(segment, _machinery.State, ref packed, share, _machinery.Runner.Shares);
        }
    }

    private void Evaluate(in Pass pass, int block, int thread)
    {
        int images = pass.ImagesOf(block);
        _machinery.Input.Load(pass, block, MemoryOf(0, block, thread, images));
        for (int segment = 0; segment < Code.ForwardSegments; segment++)
        {
            BlockMemory memory = MemoryOf(segment, block, thread, images);
            Code.Forward(segment, _machinery.State, memory, pass.Noise, pass.Noise.FirstImage + block * Lanes, watch: null);
        }

        BlockMemory last = MemoryOf(Code.ForwardSegments - 1, block, thread, images);
        _machinery.Loss.Compute(pass, block, last);
        _machinery.Loss.KeepLogits(block, last);
    }

    private BlockMemory MemoryOf(int segment, int block, int thread, int images) =>
        _machinery.Memory.ForEvaluation(Code.PackedStarts[segment], block, thread, images);
}
