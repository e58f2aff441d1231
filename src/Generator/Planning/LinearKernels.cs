using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Planning;

/// <summary>Which input gradients the stages of one shape ask for.</summary>
[Flags]
internal enum InputGradientUse
{
    None = 0,

    /// <summary>Into memory that nothing was written to.</summary>
    Overwrites = 1,

    /// <summary>On top of what another stage left.</summary>
    Adds = 2,
}

/// <summary>The code of a linear operation: all that depends on its shape alone, so that stages of equal shape share it.</summary>
/// <param name="Forward">The forward pass.</param>
/// <param name="Winograd">The forward pass by Winograd's transforms, in the place of that; null where it is direct.</param>
/// <param name="UnboundWinograd">That pass if there was room for any number of rows.</param>
/// <param name="InputGradient">The input gradient; null where no stage before has parameters.</param>
/// <param name="LaneGradient">The weight gradient with lanes as the reduction; null where it is an outer product.</param>
/// <param name="OuterGradient">The weight gradient as an outer product; null where lanes are the reduction.</param>
/// <param name="WinogradGradient">The weight gradient by Winograd's transforms, in the place of the outer product, whose inputs it reads;
/// null where that is direct.</param>
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
    /// <summary>What tells it from the usual kernels of its shape: nothing, unless the network or a test asks for other ways.</summary>
    public string Variant { get; init; } = "";

    /// <summary>Name of the class: what tells it from all others, so that networks of one assembly share it.</summary>
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

    /// <summary>Whether the weights are brought into the tiles' order before they are used.</summary>
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

    /// <summary>The register tiles of an outer product, direct or of transforms.</summary>
    public IEnumerable<OuterTile> OuterTiles => WinogradGradient?.Tiles ?? OuterGradient?.Tiles ?? [];

    /// <summary>
    /// Floats of workspace for a thread's share of the weights' gradient: of one tile of outputs, in the loops' order;
    /// none where the order is PyTorch's, or by transforms.
    /// </summary>
    public long GradientScratch => WinogradGradient is null && OuterGradient is { IsInPlace: false } outer
        ? (long)outer.TileOutputs * outer.Taps * outer.PaddedInputs
        : 0;

    /// <summary>Floats of workspace that the threads share for the weights' gradient.</summary>
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
