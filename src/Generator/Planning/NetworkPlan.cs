using NoiseGen.Generator.Graph;

namespace NoiseGen.Generator.Planning;

/// <summary>A network with everything decided that the emitter prints.</summary>
/// <param name="Graph">The checked declaration.</param>
/// <param name="Schedule">The order of a training step.</param>
/// <param name="Stages">One plan for each stage.</param>
/// <param name="Memory">Sizes of the memories.</param>
/// <param name="Input">The network's input.</param>
/// <param name="NoiseWork">Workspace for the random numbers of a stage's sites.</param>
/// <param name="SiteFloats">Floats of it for each site.</param>
/// <param name="LogitGradients">The loss's gradient with respect to the last stage's output.</param>
internal sealed record NetworkPlan(
    NetworkGraph Graph, Schedule Schedule, IReadOnlyList<StagePlan> Stages, MemoryPlan Memory, Slot Input, Slot NoiseWork, int SiteFloats,
    Slot LogitGradients)
{
    /// <summary>What its stages ask for of the kernels that the networks of an assembly share.</summary>
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
/// <param name="Index">Its number.</param>
/// <param name="Node">The checked declaration.</param>
/// <param name="Linear">The linear operation; null without one.</param>
/// <param name="Norm">The batch norm; null without one.</param>
/// <param name="Input">What it reads.</param>
/// <param name="Values">The norm's input; null without a norm.</param>
/// <param name="Second">The second input; null without one.</param>
/// <param name="Before">The elementwise pass before a concatenation.</param>
/// <param name="LinearRow">Where one row is computed before it is concatenated; null where there is none,
/// or what is concatenated lies somewhere already.</param>
/// <param name="Row">The elementwise pass.</param>
/// <param name="Rows">Where rows go before the pool: a ring of as many rows as the window has; the output itself without a pool.</param>
/// <param name="RingRows">Rows of that ring; all rows without a pool.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Masks">Where the gradient stops at the activation, one mask for each vector; null without them.</param>
/// <param name="Slopes">The activation's derivatives; null without them.</param>
/// <param name="LearnedScale">The quantizer's learned scale; null without one.</param>
/// <param name="Winners">The max pool's masks; null without one.</param>
/// <param name="Dropped">Dropout's masks; null without it.</param>
/// <param name="Backward">The backward pass; null where neither this stage nor one that it depends on has parameters,
/// or nothing depends on it.</param>
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

    /// <summary>Values of one row of the linear operation's or norm's output.</summary>
    public int LinearElements => Node.LinearOutput.Width * Node.LinearOutput.Channels;

    /// <summary>Values of one row behind sum or concatenation, before the pool.</summary>
    public int RowElements => Node.MergeOutput.Width * Node.MergeOutput.Channels;

    /// <summary>
    /// Values after which the norm's coefficients repeat: the least common multiple of the channels and of the four values
    /// that one turn of a loop takes.
    /// </summary>
    public int Period =>
        Node.LinearOutput.Channels is var channels && channels % 4 == 0 ? channels : channels % 2 == 0 ? channels * 2 : channels * 4;

    /// <summary>
    /// Rows up to the last one that a window of the pool covers; all where there is no pool,
    /// or its windows reach the end.
    /// </summary>
    public int PooledRows => Node.Pool is not { Window: var window }
        ? Node.MergeOutput.Height
        : Math.Min(Node.MergeOutput.Height, (Node.Output.Height - 1) * window.StrideHeight + window.Height - window.PaddingHeight);

    /// <summary>Values of one output row.</summary>
    public int OutputRowElements => Node.Output.Width * Node.Output.Channels;
}

/// <summary>A stage's backward pass.</summary>
/// <param name="OutputGradient">The loss's gradient with respect to the output.</param>
/// <param name="RowGradient">
/// That with respect to the linear operation's or norm's output: all of it, or a strip of rows.
/// The output gradient itself where neither pool nor
/// concatenation stands between.
/// </param>
/// <param name="StripRows">Rows of that strip.</param>
/// <param name="PassRows">Rows that a weight gradient with lanes as the reduction takes at a time.</param>
/// <param name="MergedRow">One row of gradients behind a concatenation; null where it is not needed.</param>
/// <param name="RecomputesInput">Whether the input was given up, and the stage before computes it once more.</param>
/// <param name="InputGradient">Where the gradient with respect to the input goes; null where no stage before has parameters.</param>
/// <param name="AddsToInput">Whether it is added to what a later stage left there.</param>
/// <param name="SecondGradient">Where the gradient with respect to the second input goes; null without one.</param>
/// <param name="AddsToSecond">Whether that is added.</param>
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
/// <param name="Maximum">Where the largest value lies among the parameters.</param>
/// <param name="Steps">Where the number of collected steps lies among the statistics.</param>
/// <param name="Errors">What the rounding added, in steps.</param>
internal sealed record LearnedScalePlan(int Maximum, int Steps, Slot Errors);

/// <summary>A batch norm.</summary>
/// <param name="Number">Number among the network's norms.</param>
/// <param name="Weights">Where the scales lie among the parameters.</param>
/// <param name="Biases">Where the shifts lie among the parameters.</param>
/// <param name="Mean">Where the running mean lies among the statistics.</param>
/// <param name="Variance">Where the running variance lies among the statistics.</param>
/// <param name="Sums">Lane accumulators of the statistics.</param>
/// <param name="GradientSums">Lane accumulators of the gradients' sums; of no use without a backward pass.</param>
internal sealed record NormPlan(int Number, int Weights, int Biases, int Mean, int Variance, Slot Sums, Slot GradientSums);

/// <summary>A linear operation: its code, and where its memory lies.</summary>
/// <param name="Layer">Number among the network's linear operations.</param>
/// <param name="Name">Its stage's name in code.</param>
/// <param name="Kernels">The code.</param>
/// <param name="Weights">Where the weights lie among the parameters.</param>
/// <param name="Biases">Where the biases lie among the parameters; of no use without biases.</param>
/// <param name="PackedForward">Where the weights packed for the forward pass start among those of their segment;
/// of no use where they are not packed.</param>
/// <param name="PackedBackward">The same of those packed for the input gradient; of no use where there is none.</param>
/// <param name="Accumulators">Lane accumulators of weights, then biases; null where the weight gradient is an outer product.</param>
/// <param name="BlockGradient">The gradient of one block: weights, then biases; null likewise.</param>
/// <param name="TransposedInput">The inputs, image by image; null where lanes are the reduction.</param>
/// <param name="GradientScratch">Workspace of the weights' gradient; null where that is no outer product,
/// one that goes to its place at once, or the threads share its workspace.</param>
/// <param name="WinogradScratch">Workspace of the forward pass by Winograd's transforms; null where it is direct.</param>
/// <param name="WinogradGradientScratch">That of the input gradient.</param>
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
