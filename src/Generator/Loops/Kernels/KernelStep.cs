namespace NoiseGen.Generator.Loops.Kernels;

/// <summary>
/// A step of a kernel's method. Each case is printed by one method of the emitter, which decides nothing.
/// The loops are here; the steps inside of them are in a file for each way to compute.
/// </summary>
internal abstract record KernelStep
{
    /// <summary>This step and those within it.</summary>
    public IEnumerable<KernelStep> WithInner => Inner.SelectMany(step => step.WithInner).Prepend(this);

    /// <summary>The steps of a loop's body.</summary>
    protected virtual IEnumerable<KernelStep> Inner => [];

    /// <summary>A step that repeats others.</summary>
    /// <param name="Division">How its iterations may be divided among threads.</param>
    public abstract record Repeated(LoopDivision Division, IReadOnlyList<KernelStep> Body) : KernelStep
    {
        protected override IEnumerable<KernelStep> Inner => Body;
    }

    /// <summary>A loop over numbers; its body alone where there is but one.</summary>
    /// <param name="Index">What it counts.</param>
    /// <param name="Start">The first number.</param>
    /// <param name="Count">How many there are.</param>
    /// <param name="Stride">From one number to the next.</param>
    public sealed record Loop(
        LoopIndex Index, int Start, int Count, int Stride, LoopDivision Division, IReadOnlyList<KernelStep> Body)
        : Repeated(Division, Body);

    /// <summary>Steps in a scope of their own: other steps of the method declare the same names.</summary>
    public sealed record Scope(IReadOnlyList<KernelStep> Body) : KernelStep
    {
        protected override IEnumerable<KernelStep> Inner => Body;
    }
}

/// <summary>What a loop of a kernel counts.</summary>
internal enum LoopIndex
{
    /// <summary>Rows of the target.</summary>
    Row,

    /// <summary>Columns of the target.</summary>
    Column,

    /// <summary>Squares beside each other.</summary>
    Square,

    /// <summary>Products of a square.</summary>
    Product,

    /// <summary>Target channels.</summary>
    Channel,

    /// <summary>Groups of channels.</summary>
    Group,

    /// <summary>Rows of the convolution's window.</summary>
    KernelRow,

    /// <summary>Columns of the convolution's window.</summary>
    KernelColumn,

    /// <summary>Sections of the window: its rows, or its taps.</summary>
    Section,

    /// <summary>Outputs of a weight gradient.</summary>
    Output,

    /// <summary>Inputs of a weight gradient with the lanes as the reduction.</summary>
    Element,

    /// <summary>Inputs of an outer product, sixteen to a vector.</summary>
    InputChannel,
}
