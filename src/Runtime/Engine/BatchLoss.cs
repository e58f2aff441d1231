using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NoiseGen.CompilerServices;
using static NoiseGen.LaneLayout;

namespace NoiseGen;

/// <summary>The losses of a batch's images, the gradients that the backward pass starts from, and the logits.</summary>
internal sealed class BatchLoss
{
    private readonly NetworkModel _model;
    private readonly NetworkCode _code;
    private readonly BatchInput _input;
    private readonly int _outputs;

    // For each block: the loss of each lane, then 1 for each correct lane and 0 for each incorrect one.
    private readonly Arena _losses;
    private readonly Arena _logits;

    /// <param name="model">The network.</param>
    /// <param name="code">Its generated code.</param>
    /// <param name="input">The batch's labels, targets and weights.</param>
    /// <param name="blocks">Number of blocks in the largest batch.</param>
    public BatchLoss(NetworkModel model, NetworkCode code, BatchInput input, int blocks)
    {
        (_model, _code, _input, _outputs) = (model, code, input, model.Description.Output.Count);
        _losses = new Arena(blocks * Lanes * 2);
        _logits = new Arena(blocks * Lanes * _outputs);
    }

    /// <summary>Computes a block's losses and the gradients with respect to its logits.</summary>
    public void Compute(in Pass pass, int block, in BlockMemory memory)
    {
        ref float logits = ref _code.Logits(memory), gradients = ref _code.LogitGradients(memory), losses = ref LossesOf(block);
        if (pass.Batch.Targets > 0)
        {
            _input.LoadTargets(pass, block, memory);
            MeanSquaredError.Block(ref logits, ref gradients, ref losses, _outputs, memory.Images, pass.Count);
        }
        else
        {
            ref int labels = ref _input.Labels(block);
            CrossEntropy.Block(ref logits, ref gradients, ref labels, ref losses, _outputs, memory.Images, pass.Count);
            if (pass.IsTraining && _model.LabelSmoothing > 0f)
            {
                LabelSmoothing.Block(
                    ref logits, ref gradients, ref labels, ref losses, _outputs, memory.Images, pass.Count, _model.LabelSmoothing);
            }

            if (pass.Teacher is { } teacher)
                teacher.Block(block, ref logits, ref gradients, ref losses, _outputs, memory.Images, pass.Count);
        }

        if (pass.IsTraining && pass.Batch.HasWeights) Weigh(block, ref gradients, ref losses);
    }

    /// <summary>Stores a block's logits.</summary>
    public void KeepLogits(int block, in BlockMemory memory) =>
        MemoryMarshal.CreateReadOnlySpan(ref _code.Logits(memory), _outputs * Lanes).CopyTo(LogitsOf(block));

    /// <summary>
    /// Sums over a batch's images, in double precision and in the order of the images: the result must not depend on how they were divided
    /// among threads.
    /// </summary>
    public BatchTotals Totals(int count)
    {
        var totals = new BatchTotals(0, 0, count);
        for (int image = 0; image < count; image++)
        {
            ref float loss = ref Unsafe.Add(ref LossesOf(image / Lanes), image % Lanes);
            totals += new BatchTotals(loss, (int)Unsafe.Add(ref loss, Lanes), 0);
        }

        return totals;
    }

    /// <summary>Copies the stored logits of a batch, image × class.</summary>
    public void CopyLogits(int count, Span<float> logits)
    {
        for (int image = 0; image < count; image++)
        {
            ref float lane = ref LogitsOf(image / Lanes)[image % Lanes];
            for (int c = 0; c < _outputs; c++) logits[image * _outputs + c] = Unsafe.Add(ref lane, c * Lanes);
        }
    }

    /// <summary>Copies the stored logits of some blocks, block × class × 32.</summary>
    public void CopyLogitLanes(int blocks, Arena logits)
    {
        int length = blocks * _outputs * Lanes;
        _logits.Span(0, length).CopyTo(logits.Span(0, length));
    }

    private void Weigh(int block, ref float gradients, ref float losses)
    {
        ref float weights = ref _input.Weights(block);
        for (nuint half = 0; half < Lanes; half += (nuint)Vector512<float>.Count)
        {
            var weight = Vector512.LoadUnsafe(ref weights, half);
            (Vector512.LoadUnsafe(ref losses, half) * weight).StoreUnsafe(ref losses, half);
            for (int c = 0; c < _outputs; c++)
            {
                ref float gradient = ref Unsafe.Add(ref gradients, c * Lanes);
                (Vector512.LoadUnsafe(ref gradient, half) * weight).StoreUnsafe(ref gradient, half);
            }
        }
    }

    private ref float LossesOf(int block) => ref _losses.At(block * Lanes * 2);

    private Span<float> LogitsOf(int block) => _logits.Span(block * _outputs * Lanes, _outputs * Lanes);
}
