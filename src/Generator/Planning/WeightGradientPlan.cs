namespace NoiseGen.Generator.Planning;

/// <summary>A tile of weight gradients: lane accumulators for some outputs × some inputs of one kernel row.</summary>
internal sealed record LaneTile(int Outputs, int Inputs)
{
    public string Name => $"LaneGradient{Outputs}x{Inputs}";
}

/// <summary>
/// A convolution's weight gradient, lanes as the reduction: for each kernel row, and each kernel column where padding makes their ranges differ,
/// tiles of outputs × inputs accumulate over the pixels of a strip of rows.
/// </summary>
/// <param name="Groups">Groups of kernel columns: 1 without padding (a whole kernel row is one run), the kernel's columns with it.</param>
/// <param name="GroupInputs">Inputs of a group.</param>
/// <param name="TileOutputs">Outputs of a full tile.</param>
/// <param name="TileInputs">Inputs of a full tile.</param>
internal sealed record LaneGradientPlan(int Outputs, int KernelRows, int Groups, int GroupInputs, int TileOutputs, int TileInputs)
{
    public IEnumerable<Run> OutputRuns => Division.Runs(Outputs, TileOutputs);

    public IEnumerable<Run> InputRuns => Division.Runs(GroupInputs, TileInputs);

    /// <summary>Floats of the lane accumulators.</summary>
    public long Accumulators => 16L * Outputs * KernelRows * Groups * GroupInputs;

    public IEnumerable<LaneTile> Tiles =>
        from outputs in OutputRuns
        from inputs in InputRuns
        select new LaneTile(outputs.Width, inputs.Width);
}

/// <summary>A tile of weight gradients as an outer product: some outputs × some vectors of sixteen channels at one tap of the kernel.</summary>
internal sealed record OuterTile(int Outputs, int Vectors)
{
    public string Name => $"OuterProduct{Outputs}x{Vectors}";
}

/// <summary>
/// A weight gradient as outer products of output gradients and transposed inputs, summed over all pixels and images of all blocks. The inputs are transposed
/// to pixel × image × channel; a dense layer is one pixel. Registers sum a strip of rows, memory the strips: what is summed stays short, and the inputs of a
/// strip stay in the cache for all taps.
/// </summary>
/// <param name="TileOutputs">Outputs of a full tile.</param>
/// <param name="TileVectors">Vectors of sixteen channels of a full tile.</param>
/// <param name="StripRows">Output rows of a strip.</param>
internal sealed record OuterGradientPlan(ConvolutionShape Shape, int TileOutputs, int TileVectors, int StripRows)
{
    /// <summary>Whether it is a matrix product: one pixel, one tap.</summary>
    public bool IsFlat => Taps == 1 && SourcePixels == 1 && Shape.Target is { Height: 1, Width: 1 };

    /// <summary>Channels of one pixel, padded to whole vectors.</summary>
    public int PaddedInputs => (int)MemoryPlan.Rounded(Shape.Source.Channels);

    public int SourcePixels => Shape.Source.Height * Shape.Source.Width;

    public int Taps => Shape.Window.Height * Shape.Window.Width;

    public IEnumerable<Run> OutputRuns => Division.Runs(Shape.Outputs, TileOutputs);

    public IEnumerable<Run> VectorRuns => Division.Runs(PaddedInputs / 16, TileVectors);

    public IEnumerable<OuterTile> Tiles =>
        from outputs in OutputRuns
        from vectors in VectorRuns
        select new OuterTile(outputs.Width, vectors.Width);
}
