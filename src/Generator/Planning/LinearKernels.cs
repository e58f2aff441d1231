using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Planning;

/// <summary>Which input gradients the stages of one shape need.</summary>
[Flags]
internal enum InputGradientUse
{
    None = 0,

    /// <summary>Writes to memory that no other stage has written.</summary>
    Overwrites = 1,

    /// <summary>Adds to the gradient of another stage.</summary>
    Adds = 2,
}

/// <summary>The kernels of a linear operation. They depend on its shape alone, so stages of equal shape share them.</summary>
/// <param name="Forward">The forward pass.</param>
/// <param name="Winograd">A forward pass by Winograd's transforms that replaces <paramref name="Forward"/>; null if the direct one is
/// used.</param>
/// <param name="UnboundWinograd">The Winograd pass if there were room for any number of rows.</param>
/// <param name="InputGradient">The input gradient; null if no earlier stage has parameters.</param>
/// <param name="LaneGradient">The weight gradient as a reduction over lanes; null if it is an outer product.</param>
/// <param name="OuterGradient">The weight gradient as an outer product; null if it is a reduction over lanes.</param>
/// <param name="WinogradGradient">A weight gradient by Winograd's transforms that replaces the outer product and reads the same inputs;
/// null if the direct one is used.</param>
internal sealed record LinearKernels(
    ConvolutionShape Shape,
    bool HasBiases,
    TilePass Forward,
    WinogradPass? Winograd,
    WinogradPass? UnboundWinograd,
    InputGradientPlan? InputGradient,
    LaneGradientPlan? LaneGradient,
    OuterGradientPlan? OuterGradient,
    WinogradGradientPlan? WinogradGradient)
{
    /// <summary>
    /// The suffix of kernels that differ from the default ones of their shape, because the network or a test asks for it; otherwise empty.
    /// </summary>
    public string Variant { get; init; } = "";

    /// <summary>Name of the class. It is unique among kernels, so that the networks of an assembly can share it.</summary>
    public string Name
    {
        get
        {
            string ends = (Shape.Groups == 1 ? "" : $"_Groups{Shape.Groups}") + (HasBiases ? "" : "_NoBias")
                + (InputGradient is null ? "_First" : "")
                + (Winograd == UnboundWinograd ? "" : Winograd is null ? "_Direct" : $"_{Winograd.Transforms.Class}")
                + (Shape.IsFlattened ? "_Flattened" : Shape.IsDense && IsPacked ? "_Packed" : "") + Variant;
            if (Shape.IsDense) return $"Dense{Shape.Inputs}to{Shape.Outputs}{ends}";
            var w = Shape.Window;
            string stride = (w.StrideHeight, w.StrideWidth) == (1, 1) ? "" : $"_Stride{w.StrideHeight}x{w.StrideWidth}";
            string padding = (w.PaddingHeight, w.PaddingWidth) == (0, 0) ? "" : $"_Pad{w.PaddingHeight}x{w.PaddingWidth}";
            string source = $"{Shape.Source.Channels}x{Shape.Source.Height}x{Shape.Source.Width}";
            return $"Conv{w.Height}x{w.Width}{stride}{padding}_{source}to{Shape.Outputs}{ends}";
        }
    }

    /// <summary>Whether the weights are packed into the tiles' order before use.</summary>
    public bool IsPacked => Forward.Matrix is null;

    public long PackedForward => Packed(Winograd);

    public long PackedBackward => Packed(InputGradient?.Winograd);

    private long Packed(WinogradPass? squares) => squares is not null ? squares.Weights
        : IsPacked ? (long)Shape.Outputs * Shape.Inputs
        : 0;

    /// <summary>Where the biases' lane accumulators start, after those of the weights.</summary>
    public long BiasAccumulators => LaneGradient?.Accumulators ?? 0;

    /// <summary>Floats of the lane accumulators: weights, then biases.</summary>
    public long Accumulators => BiasAccumulators + (HasBiases ? 16L * Shape.Outputs : 0);

    /// <summary>Where the biases' gradient of one block starts, after that of the weights.</summary>
    public long BiasGradient => MemoryPlan.Rounded((long)Shape.Outputs * Shape.Inputs);

    /// <summary>Floats of the gradient of one block: weights, then biases.</summary>
    public long BlockGradient => BiasGradient + (HasBiases ? Shape.Outputs : 0);

    /// <summary>Floats of a block's transposed inputs: pixel × image × channel.</summary>
    public long TransposedInput => OuterGradient is { } outer ? (long)LaneLayout.Lanes * outer.PaddedInputs * outer.SourcePixels : 0;

    /// <summary>The register tiles of the outer product, direct or by Winograd's transforms.</summary>
    public IEnumerable<OuterTile> OuterTiles => WinogradGradient?.Tiles ?? OuterGradient?.Tiles ?? [];

    /// <summary>
    /// Floats of workspace for a thread's share of the weight gradient: one tile of outputs, in the loops' order; 0 if it is computed in
    /// PyTorch's order or by transforms.
    /// </summary>
    public long GradientScratch => WinogradGradient is null && OuterGradient is { IsInPlace: false } outer
        ? (long)outer.TileOutputs * outer.Taps * outer.PaddedInputs
        : 0;

    /// <summary>Floats of workspace for the weight gradient that the threads share.</summary>
    public long GradientWorkspace => WinogradGradient?.Workspace ?? 0;

    public IEnumerable<Tile> Tiles(InputGradientUse use)
    {
        IEnumerable<Tile> tiles = Winograd?.Tiles ?? Forward.Tiles;
        if (InputGradient?.Winograd is { } squares) return use == InputGradientUse.None ? tiles : tiles.Concat(squares.Tiles);
        foreach (TilePass pass in InputGradient?.Phases.Where(pass => pass.Inputs > 0) ?? [])
        {
            if (use.HasFlag(InputGradientUse.Overwrites)) tiles = tiles.Concat(pass.Tiles);
            if (use.HasFlag(InputGradientUse.Adds)) tiles = tiles.Concat(pass.Adding.Tiles);
        }

        return tiles;
    }
}
