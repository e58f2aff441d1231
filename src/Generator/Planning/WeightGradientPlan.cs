namespace NoiseGen.Generator.Planning;

/// <summary>A tile of weight gradients: lane accumulators for some outputs × some inputs of one kernel row.</summary>
/// <param name="IsDiagonal">Whether each output has a single input, which no other output reads.</param>
internal sealed record LaneTile(int Outputs, int Inputs, bool IsDiagonal)
{
    public string Name => IsDiagonal ? $"LaneGradient{Outputs}" : $"LaneGradient{Outputs}x{Inputs}";

    public int Accumulators => Outputs * Inputs;

    // There are sixteen registers of 256 bits: twelve for accumulators, the others for operands.
    private const int NarrowAccumulators = 12, NarrowInputs = 3, NarrowOutputs = 8;

    /// <summary>The tile with registers of 512 bits.</summary>
    public LanePart Whole => new(this, 512, Inputs * 16);

    /// <summary>
    /// The parts into which it is divided for registers of 256 bits, with their first output and input; none for a diagonal tile.
    /// </summary>
    public IEnumerable<(int Output, int Input, LanePart Part)> NarrowParts => IsDiagonal ? [] :
        from inputs in Division.Runs(Inputs, NarrowInputs)
        from input in inputs.Starts
        from outputs in Division.Runs(Outputs, Math.Min(NarrowOutputs, NarrowAccumulators / inputs.Width))
        from output in outputs.Starts
        select (output, input, new LanePart(new LaneTile(outputs.Width, inputs.Width, IsDiagonal: false), 256, Inputs * 16));
}

/// <summary>A tile of weight gradients, or a part of it for narrower registers.</summary>
/// <param name="Bits">Bits of a register.</param>
/// <param name="AccumulatorStep">Floats between the accumulators of neighbouring outputs.</param>
internal sealed record LanePart(LaneTile Tile, int Bits, int AccumulatorStep)
{
    public string Name => Bits == 512 ? Tile.Name : $"{Tile.Name}Of{AccumulatorStep / 16}";

    public string Vector => $"Vector{Bits}";
}

/// <summary>
/// A convolution's weight gradient as a reduction over lanes: for each kernel row, or each kernel column if their ranges or the positions
/// of the inputs differ, tiles of outputs × inputs accumulate over the pixels of a strip of rows.
/// </summary>
/// <param name="Sections">Sections of a kernel row: 1 without padding and groups, since a whole kernel row is then contiguous; otherwise
/// the number of kernel columns.</param>
/// <param name="SectionInputs">Inputs per output in a section.</param>
/// <param name="TileOutputs">Outputs of a full tile.</param>
/// <param name="TileInputs">Inputs of a full tile.</param>
/// <param name="Groups">Groups of channels, each with separate tiles.</param>
/// <param name="IsDepthwise">Whether every group is one output and one input; a tile then covers several groups.</param>
/// <param name="NarrowRows">Rows of the gradient that narrow tiles process at a time.</param>
internal sealed record LaneGradientPlan(
    int Outputs, int KernelRows, int Sections, int SectionInputs, int TileOutputs, int TileInputs, int Groups, bool IsDepthwise,
    int NarrowRows)
{
    /// <summary>Groups with separate tiles.</summary>
    public int TiledGroups => IsDepthwise ? 1 : Groups;

    /// <summary>Outputs of such a group.</summary>
    public int GroupOutputs => Outputs / TiledGroups;

    public IEnumerable<Run> OutputRuns => Division.Runs(GroupOutputs, TileOutputs);

    public IEnumerable<Run> InputRuns => Division.Runs(SectionInputs, TileInputs);

    /// <summary>Floats of the lane accumulators.</summary>
    public long Accumulators => 16L * Outputs * KernelRows * Sections * SectionInputs;

    public IEnumerable<LaneTile> Tiles =>
        from outputs in OutputRuns
        from inputs in InputRuns
        select TileOf(outputs.Width, inputs.Width);

    public LaneTile TileOf(int outputs, int inputs) => new(outputs, inputs, IsDepthwise);
}

/// <summary>
/// A tile of weight gradients as an outer product: some outputs × some vectors of sixteen channels, at one tap of the kernel.
/// </summary>
/// <param name="Adds">Whether the sums are added to the target.</param>
internal sealed record OuterTile(int Outputs, int Vectors, bool Adds)
{
    public string Name => $"{(Adds ? "Add" : "")}OuterProduct{Outputs}x{Vectors}";
}

/// <summary>
/// A weight gradient as outer products of output gradients and transposed inputs, summed over all pixels and images of all blocks. The
/// inputs are transposed to pixel × image × channel; a dense layer is one pixel. Registers accumulate a strip of rows, memory accumulates
/// the strips: sums in registers stay short, and the inputs of a strip stay in the cache for all taps.
/// </summary>
/// <param name="TileOutputs">Outputs of a full tile.</param>
/// <param name="TileVectors">Vectors of sixteen channels of a full tile.</param>
/// <param name="StripRows">Output rows of a strip.</param>
internal sealed record OuterGradientPlan(ConvolutionShape Shape, int TileOutputs, int TileVectors, int StripRows)
{
    /// <summary>Whether it is a matrix product: one pixel, one tap.</summary>
    public bool IsFlat => Taps == 1 && SourcePixels == 1 && Shape.Target is { Height: 1, Width: 1 };

    /// <summary>Whether it is computed in place: in PyTorch's order, without padding.</summary>
    public bool IsInPlace => IsFlat && !Shape.IsFlattened && PaddedInputs == Shape.Inputs;

    /// <summary>
    /// Whether the loop over channels is the outer loop of a matrix product. The inner loop walks over the smaller operand: it is read once
    /// per tile of the larger one, whose part stays in the first-level cache.
    /// </summary>
    public bool IsByChannels => PaddedInputs > Shape.Outputs;

    /// <summary>Channels of one pixel, padded to whole vectors.</summary>
    public int PaddedInputs => (int)MemoryPlan.Rounded(Shape.Source.Channels);

    public int SourcePixels => Shape.Source.Height * Shape.Source.Width;

    public int Taps => Shape.Window.Height * Shape.Window.Width;

    public IEnumerable<Run> OutputRuns => Division.Runs(Shape.Outputs, TileOutputs);

    /// <summary>Whether its tiles of outputs have two widths.</summary>
    public bool HasTwoWidths => OutputRuns.Count() > 1;

    public IEnumerable<Run> VectorRuns => Division.Runs(PaddedInputs / 16, TileVectors);

    public IEnumerable<OuterTile> Tiles =>
        from outputs in OutputRuns
        from vectors in VectorRuns
        select TileOf(outputs.Width, vectors.Width);

    // A matrix product is summed in a single pass.
    public OuterTile TileOf(int outputs, int vectors) => new(outputs, vectors, Adds: !IsFlat);
}
