using NoiseGen.Generator.Graph;

namespace NoiseGen.Generator.Planning;

/// <summary>A network with all decisions that the emitter needs.</summary>
/// <param name="Graph">The checked declaration.</param>
/// <param name="Schedule">The order of a training step.</param>
/// <param name="Stages">One plan per stage.</param>
/// <param name="Memory">Sizes of the memories.</param>
/// <param name="Input">Buffer of the network's input.</param>
/// <param name="NoiseWork">Workspace for the random numbers of a stage's noise sites.</param>
/// <param name="SiteFloats">Floats of that workspace per site.</param>
/// <param name="LogitGradients">The loss's gradient with respect to the last stage's output.</param>
internal sealed record NetworkPlan(
    NetworkGraph Graph, Schedule Schedule, IReadOnlyList<StagePlan> Stages, MemoryPlan Memory, Slot Input, Slot NoiseWork, int SiteFloats,
    Slot LogitGradients)
{
    /// <summary>The kernels that its stages need; the networks of an assembly share them.</summary>
    public KernelSet Kernels { get; } = new(
        new([.. Stages.Where(stage => stage.Linear is not null).Select(stage => new LinearUse(stage.Linear!.Kernels, UseOf(stage)))]),
        new([.. Stages.SelectMany(stage => new[] { stage.Before, stage.Row }).OfType<RowKernel>()]));

    private static InputGradientUse UseOf(StagePlan stage) => stage.Backward switch
    {
        { InputGradient: null } or null => InputGradientUse.None,
        { AddsToInput: true } => InputGradientUse.Adds,
        _ => InputGradientUse.Overwrites,
    };
}

/// <summary>How one stage is computed.</summary>
/// <param name="Index">Index of the stage.</param>
/// <param name="Node">The checked declaration.</param>
/// <param name="Linear">The linear operation; null without one.</param>
/// <param name="Norm">The batch norm; null without one.</param>
/// <param name="Input">Its input.</param>
/// <param name="Values">The norm's input; null without a norm.</param>
/// <param name="Second">The second input; null without one.</param>
/// <param name="Before">The elementwise pass before a concatenation; null without one.</param>
/// <param name="LinearRow">Buffer for one row that is computed before it is concatenated; null without a concatenation, or if the row
/// already exists in memory.</param>
/// <param name="Row">The elementwise pass; null if there is nothing to do.</param>
/// <param name="Rows">The rows before the pool: a ring of as many rows as the window has. Without a pool, the output itself.</param>
/// <param name="RingRows">Rows of that ring; all rows without a pool.</param>
/// <param name="Output">Its output.</param>
/// <param name="Masks">Masks of where the gradient stops at the activation, one per vector; null if there are none.</param>
/// <param name="Slopes">The activation's derivatives; null if there are none.</param>
/// <param name="LearnedScale">The quantizer's learned scale; null without one.</param>
/// <param name="Winners">The max pool's masks; null without a max pool.</param>
/// <param name="Dropped">Dropout's masks; null without dropout.</param>
/// <param name="Backward">The backward pass; null if neither this stage nor one on which it depends has parameters, or nothing depends on
/// it.</param>
internal sealed record StagePlan(
    int Index,
    StageNode Node,
    LinearPlan? Linear,
    NormPlan? Norm,
    Slot Input,
    Slot? Values,
    Slot? Second,
    RowKernel? Before,
    Slot? LinearRow,
    RowKernel? Row,
    Slot Rows,
    int RingRows,
    Slot Output,
    Slot? Masks,
    Slot? Slopes,
    LearnedScalePlan? LearnedScale,
    Slot? Winners,
    Slot? Dropped,
    BackwardPlan? Backward)
{
    public bool IsConcatenation => Node.Merge is { IsSum: false };

    /// <summary>Values in one row of the linear operation's or norm's output.</summary>
    public int LinearElements => Node.LinearOutput.Width * Node.LinearOutput.Channels;

    /// <summary>Values in one row after the sum or concatenation, before the pool.</summary>
    public int RowElements => Node.MergeOutput.Width * Node.MergeOutput.Channels;

    /// <summary>
    /// The number of values after which the norm's coefficients repeat: the least common multiple of the channels and the four values that
    /// one iteration of a loop takes.
    /// </summary>
    public int Period =>
        Node.LinearOutput.Channels is var channels && channels % 4 == 0 ? channels : channels % 2 == 0 ? channels * 2 : channels * 4;

    /// <summary>
    /// Rows up to the last one that a window of the pool covers; all rows without a pool or if its windows reach the end.
    /// </summary>
    public int PooledRows => Node.Pool is not { Window: var window }
        ? Node.MergeOutput.Height
        : Math.Min(Node.MergeOutput.Height, (Node.Output.Height - 1) * window.StrideHeight + window.Height - window.PaddingHeight);

    /// <summary>Values in one output row.</summary>
    public int OutputRowElements => Node.Output.Width * Node.Output.Channels;
}

/// <summary>A stage's backward pass.</summary>
/// <param name="OutputGradient">The loss's gradient with respect to the output.</param>
/// <param name="RowGradient">The gradient with respect to the linear operation's or norm's output: all of it, or a strip of rows. The
/// output gradient itself if there is neither a pool nor a concatenation in between.</param>
/// <param name="StripRows">Rows of that strip.</param>
/// <param name="PassRows">Rows that a weight gradient by reduction over lanes takes at a time.</param>
/// <param name="MergedRow">One row of gradients after a concatenation; null if it is not needed.</param>
/// <param name="RecomputesInput">Whether the input was discarded, and the preceding stage computes it a second time.</param>
/// <param name="InputGradient">Buffer of the gradient with respect to the input; null if no earlier stage has parameters.</param>
/// <param name="AddsToInput">Whether it is added to what a later stage has written there.</param>
/// <param name="SecondGradient">Buffer of the gradient with respect to the second input; null if there is none.</param>
/// <param name="AddsToSecond">Whether it is added to what a later stage has written there.</param>
internal sealed record BackwardPlan(
    Slot OutputGradient,
    Slot RowGradient,
    int StripRows,
    int PassRows,
    Slot? MergedRow,
    bool RecomputesInput,
    Slot? InputGradient,
    bool AddsToInput,
    Slot? SecondGradient,
    bool AddsToSecond);

/// <summary>A learned scale of an activation quantizer.</summary>
/// <param name="Maximum">Offset of the largest value among the parameters.</param>
/// <param name="Steps">Offset of the number of collected steps among the statistics.</param>
/// <param name="Errors">The rounding errors of the quantizer, in steps.</param>
internal sealed record LearnedScalePlan(int Maximum, int Steps, Slot Errors);

/// <summary>A batch norm.</summary>
/// <param name="Number">Index among the network's norms.</param>
/// <param name="Weights">Offset of the scales among the parameters.</param>
/// <param name="Biases">Offset of the shifts among the parameters.</param>
/// <param name="Mean">Offset of the running mean among the statistics.</param>
/// <param name="Variance">Offset of the running variance among the statistics.</param>
/// <param name="Sums">Lane accumulators of the statistics.</param>
/// <param name="GradientSums">Lane accumulators of the gradients' sums; unused without a backward pass.</param>
internal sealed record NormPlan(int Number, int Weights, int Biases, int Mean, int Variance, Slot Sums, Slot GradientSums);

/// <summary>A linear operation: its kernels, and its offsets in memory.</summary>
/// <param name="Layer">Index among the network's linear operations.</param>
/// <param name="Name">Its stage's name in code.</param>
/// <param name="Kernels">The kernels.</param>
/// <param name="Weights">Offset of the weights among the parameters.</param>
/// <param name="Biases">Offset of the biases among the parameters; unused without biases.</param>
/// <param name="PackedForward">Offset of the weights packed for the forward pass within their segment; unused if they are not
/// packed.</param>
/// <param name="PackedBackward">Offset of the weights packed for the input gradient within their segment; unused if there is none.</param>
/// <param name="Accumulators">Lane accumulators of weights, then biases; null if the weight gradient is an outer product.</param>
/// <param name="BlockGradient">The gradient of one block: weights, then biases; null if the weight gradient is an outer product.</param>
/// <param name="TransposedInput">The inputs, image by image; null if the weight gradient is a reduction over lanes.</param>
/// <param name="GradientScratch">Workspace of the weight gradient; null if it is not an outer product, if that is computed in place, or if
/// the threads share the workspace.</param>
/// <param name="WinogradScratch">Workspace of the forward pass by Winograd's transforms; null if it is direct.</param>
/// <param name="WinogradGradientScratch">Workspace of the input gradient by Winograd's transforms; null if it is direct.</param>
internal sealed record LinearPlan(
    int Layer,
    string Name,
    LinearKernels Kernels,
    int Weights,
    int Biases,
    int PackedForward,
    int PackedBackward,
    Slot? Accumulators,
    Slot? BlockGradient,
    Slot? TransposedInput,
    Slot? GradientScratch,
    Slot? WinogradScratch,
    Slot? WinogradGradientScratch);
