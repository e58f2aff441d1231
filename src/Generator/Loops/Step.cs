using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Loops;

/// <summary>
/// A step of a stage's method. Each case is printed by one method of the emitter, which decides nothing.
/// <see cref="ForwardLoops"/> and <see cref="BackwardLoops"/> decide which steps a method has, and their order.
/// </summary>
internal abstract record Step
{
    private Step() { }

    /// <summary>This step and those within it.</summary>
    public IEnumerable<Step> WithInner => Inner.SelectMany(step => step.WithInner).Prepend(this);

    /// <summary>The steps of a loop's body.</summary>
    protected virtual IEnumerable<Step> Inner => [];

    // Where things are.

    /// <summary>Names a buffer of floats.</summary>
    /// <param name="Comment">Its shape; null where that is said elsewhere.</param>
    public sealed record NameFloats(string Name, Slot Slot, string? Comment = null) : Step;

    /// <summary>Names a buffer of masks: a bit for each value.</summary>
    public sealed record NameMasks(string Name, Slot Slot) : Step;

    /// <summary>Names the weights as the forward pass reads them, and the biases, if any.</summary>
    public sealed record NameWeights(LinearPlan Linear) : Step;

    /// <summary>Names a row.</summary>
    public sealed record NameRow(string Name, RowOf Place) : Step;

    /// <summary>Takes the levels of the learned scale.</summary>
    public sealed record TakeLevels : Step;

    /// <summary>Prepares the samples of a noise site.</summary>
    /// <param name="Lanes">The runtime's struct that draws them.</param>
    /// <param name="Work">Where its constants go.</param>
    /// <param name="WorkOffset">Offset of the site within them.</param>
    public sealed record Samples(StageSite Site, string Lanes, Slot Work, int WorkOffset) : Step;

    /// <summary>Fills a part of a buffer with zeros.</summary>
    /// <param name="Start">The first float.</param>
    /// <param name="Count">Number of floats.</param>
    public sealed record Clear(string Buffer, int Start, int Count) : Step;

    // Conditions at run time.

    /// <summary>Ends the method unless the network is being trained.</summary>
    public sealed record EndUnlessTraining : Step;

    /// <summary>Ends the method where there is nothing to do.</summary>
    /// <param name="Reason">Why there is not.</param>
    public sealed record Nothing(string Reason) : Step;

    /// <summary>A step that only training takes.</summary>
    public sealed record InTraining(Step Only) : Step
    {
        protected override IEnumerable<Step> Inner => [Only];
    }

    // Loops.

    /// <summary>One row after the other; a map of one row has no loop.</summary>
    public sealed record RowLoop(int Rows, LoopDivision Division, IReadOnlyList<Step> Body) : Step
    {
        protected override IEnumerable<Step> Inner => Body;
    }

    /// <summary>The rows of a pool's output, each after the rows that its window needs.</summary>
    /// <param name="Pooled">Rows of the output.</param>
    /// <param name="Window">The window.</param>
    /// <param name="Height">Rows of the map.</param>
    /// <param name="Covered">Rows up to the last one that a window covers.</param>
    /// <param name="Body">What computes a row of the map.</param>
    /// <param name="PooledBody">What computes a row of the output.</param>
    /// <param name="ComputesAll">Whether rows that no window covers are computed as well.</param>
    public sealed record PoolLoop(
        int Pooled, WindowNode Window, int Height, int Covered, LoopDivision Division, IReadOnlyList<Step> Body,
        IReadOnlyList<Step> PooledBody,
        bool ComputesAll) : Step
    {
        protected override IEnumerable<Step> Inner => [.. Body, .. PooledBody];
    }

    /// <summary>Strips of rows: the rows of a strip one after the other, then all of the strip at once.</summary>
    public sealed record StripLoop(int Rows, int StripRows, LoopDivision Division, IReadOnlyList<Step> Body, IReadOnlyList<Step> StripBody)
        : Step
    {
        protected override IEnumerable<Step> Inner => [.. Body, .. StripBody];
    }

    // Of a row, forwards.

    /// <summary>The linear operation.</summary>
    public sealed record LinearRow(LinearKernels Kernels, string Target, RowIndex Row) : Step;

    /// <summary>A fused elementwise pass.</summary>
    /// <param name="Source">What it reads.</param>
    /// <param name="Target">What it writes.</param>
    /// <param name="References">What else it reads or writes, in the order of the pass: the second input, masks, slopes, errors.</param>
    /// <param name="Elements">Values of a row.</param>
    /// <param name="Period">Values after which a norm's coefficients repeat.</param>
    public sealed record Pass(
        RowKernel Kernel, RowOf Source, string Target, IReadOnlyList<RowOf> References, RowIndex Row, int Elements, int Period) : Step;

    /// <summary>Noise of a site that no pass takes in.</summary>
    public sealed record AddNoise(StageSite Site, string Target, int Elements, RowIndex Row) : Step;

    /// <summary>Shows the values to a learned scale that is still being collected.</summary>
    public sealed record ObserveScale(string Target, int Elements, RowIndex Row) : Step;

    /// <summary>Adds a row to the sums for a norm's statistics.</summary>
    public sealed record NormStatistics(string Target, int Width, RowIndex Row) : Step;

    /// <summary>Hands over the block's sums of a norm's statistics.</summary>
    public sealed record EndNormStatistics : Step;

    /// <summary>A row of a max pool, with the winners in training.</summary>
    public sealed record MaxPool(string Target, RowOf Winners, RowIndex Row) : Step;

    /// <summary>A row of an average pool.</summary>
    public sealed record AveragePool(string Target, RowIndex Row) : Step;

    /// <summary>Ends the method unless outputs are dropped: in training, at a rate above 0.</summary>
    public sealed record EndUnlessDropping : Step;

    /// <summary>Prepares dropout's samples.</summary>
    public sealed record DropoutSamples(int Stage, Slot Work, int WorkOffset) : Step;

    /// <summary>Drops outputs of a row.</summary>
    public sealed record Drop(RowOf Output, RowOf Dropped, int Elements, RowIndex Row) : Step;

    // Copies.

    /// <summary>Copies a row, or adds it.</summary>
    public sealed record Copy(RowOf Source, RowOf Target, int Elements, bool Adds = false) : Step;

    /// <summary>Copies channels of each pixel from a map into a wider one.</summary>
    /// <param name="Start">The first channel in the target.</param>
    public sealed record PutChannels(RowOf Source, int Channels, RowOf Target, int TargetChannels, int Start, int Width) : Step;

    /// <summary>Copies channels of each pixel out of a wider map, or adds them to what lies there.</summary>
    /// <param name="Start">The first channel in the source.</param>
    public sealed record TakeChannels(RowOf Source, int SourceChannels, int Start, RowOf Target, int Channels, int Width, bool Adds) : Step;

    // Of a row, backwards.

    /// <summary>Back through dropout: all of the output's gradient.</summary>
    public sealed record DropGradient(int Elements) : Step;

    /// <summary>The gradient of a row before a max pool.</summary>
    public sealed record MaxPoolGradient(string Target, RowIndex Row) : Step;

    /// <summary>The gradient of a row before an average pool.</summary>
    /// <param name="Masks">Where the gradient stops; null where that is another step's.</param>
    public sealed record AveragePoolGradient(string Target, RowOf? Masks, RowIndex Row) : Step;

    /// <summary>Back through noise that scaled the values: the same samples again, as factors.</summary>
    public sealed record NoiseGradient(StageSite Site, RowOf Target, int Elements, RowIndex Row) : Step;

    /// <summary>Adds to the gradient of a learned scale.</summary>
    public sealed record ScaleGradient(string Target, RowOf Errors, int Elements) : Step;

    /// <summary>Gives the values that a learned scale was found from the gradient which it passes on.</summary>
    public sealed record ReceiveScaleGradient(string Target, int Elements, RowIndex Row) : Step;

    /// <summary>Stops the gradient where the masks say so.</summary>
    public sealed record Mask(string Target, RowOf Masks, int Elements) : Step;

    /// <summary>Multiplies by the activation's derivative.</summary>
    public sealed record Slope(string Target, RowOf Slopes, int Elements) : Step;

    /// <summary>Adds a row to the sums that a norm's gradient needs.</summary>
    public sealed record NormGradientSums(string Target, RowOf Values, int Width, RowIndex Row) : Step;

    /// <summary>Hands over the block's sums of a norm's gradient.</summary>
    public sealed record EndNormGradientSums : Step;

    /// <summary>Back through a norm.</summary>
    public sealed record NormGradient(RowOf Gradient, RowOf Values, RowOf Target, int Width, bool Adds) : Step;

    /// <summary>Adds a row to the biases' gradient.</summary>
    public sealed record BiasGradient(long Accumulators, int Width) : Step;

    // Of a strip or a block, backwards.

    /// <summary>Adds rows to the weights' gradient, with the lanes as the reduction.</summary>
    public sealed record WeightGradient(LinearKernels Kernels, string Gradient, RowSpan Rows) : Step;

    /// <summary>Sums the lanes of the block's gradients of weights and biases.</summary>
    public sealed record SumWeightGradient(LinearKernels Kernels) : Step;

    /// <summary>Keeps the inputs, image by image, for an outer product over all blocks.</summary>
    public sealed record TransposeInputs(Slot Transposed, int Pixels) : Step;

    /// <summary>The gradient with respect to the linear operation's input.</summary>
    public sealed record InputGradient(LinearPlan Linear, string Gradient, bool Adds) : Step;
}
