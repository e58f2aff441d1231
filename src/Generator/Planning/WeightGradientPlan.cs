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

/// <summary>A tile of a dense layer's weight gradient: some outputs × some vectors of sixteen inputs.</summary>
internal sealed record OuterTile(int Outputs, int Vectors)
{
    public string Name => $"OuterProduct{Outputs}x{Vectors}";
}

/// <summary>A dense layer's weight gradient: outer products of output gradients and transposed inputs, summed over all images of all blocks.</summary>
/// <param name="TileOutputs">Outputs of a full tile.</param>
/// <param name="TileVectors">Vectors of sixteen inputs of a full tile.</param>
internal sealed record OuterGradientPlan(int Outputs, int Inputs, int TileOutputs, int TileVectors)
{
    /// <summary>Inputs, padded to whole vectors.</summary>
    public int PaddedInputs => (int)MemoryPlan.Rounded(Inputs);

    /// <summary>Inputs of the last vector where it is not whole.</summary>
    public int Tail => Inputs % 16;

    /// <summary>Whole vectors.</summary>
    public int Vectors => Inputs / 16;

    public IEnumerable<Run> OutputRuns => Division.Runs(Outputs, TileOutputs);

    public IEnumerable<Run> VectorRuns => Vectors == 0 ? [] : Division.Runs(Vectors, TileVectors);

    public IEnumerable<OuterTile> Tiles
    {
        get
        {
            foreach (Run outputs in OutputRuns)
            {
                foreach (Run vectors in VectorRuns) yield return new OuterTile(outputs.Width, vectors.Width);
                if (Tail != 0) yield return new OuterTile(outputs.Width, 1);
            }
        }
    }
}
