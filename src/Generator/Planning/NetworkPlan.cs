using NoiseGen.Generator.Graph;

namespace NoiseGen.Generator.Planning;

/// <summary>A network with everything decided that the emitter prints.</summary>
/// <param name="Graph">The checked declaration.</param>
/// <param name="Stages">One plan for each stage.</param>
/// <param name="Memory">Sizes of the memories.</param>
/// <param name="Input">The network's input.</param>
/// <param name="NoiseWork">Workspace for the noise of three sites at a time.</param>
/// <param name="LogitGradients">The loss's gradient with respect to the last stage's output.</param>
internal sealed record NetworkPlan(
    NetworkGraph Graph, IReadOnlyList<StagePlan> Stages, MemoryPlan Memory, Slot Input, Slot NoiseWork, Slot LogitGradients)
{
    public IEnumerable<TilePass> Passes =>
        Stages.SelectMany(stage => stage.Linear is { } linear ? (linear.InputGradient?.Phases ?? []).Prepend(linear.Forward) : []);

    public IEnumerable<Tile> Tiles => Passes.SelectMany(pass => pass.Tiles).Distinct().OrderBy(tile => tile.Channels).ThenBy(tile => tile.Pixels);

    public IEnumerable<LaneTile> LaneTiles => Stages
        .SelectMany(stage => stage.Linear?.LaneGradient?.Tiles ?? []).Distinct().OrderBy(tile => tile.Outputs).ThenBy(tile => tile.Inputs);

    public IEnumerable<OuterTile> OuterTiles => Stages
        .SelectMany(stage => stage.Linear?.OuterGradient?.Tiles ?? []).Distinct().OrderBy(tile => tile.Outputs).ThenBy(tile => tile.Vectors);
}

/// <summary>How one stage is computed.</summary>
/// <param name="Node">The checked declaration.</param>
/// <param name="Linear">The linear operation; null without one.</param>
/// <param name="Input">What it reads: the output of the stage before.</param>
/// <param name="Rows">Where rows go before the pool: a ring of as many rows as the window has; the output itself without a pool.</param>
/// <param name="RingRows">Rows of that ring; all rows without a pool.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Dead">The activation's marks, one mask for each vector; null without an activation.</param>
/// <param name="Winners">The max pool's marks; null without one.</param>
/// <param name="Backward">The backward pass; null where neither this stage nor one before it has parameters.</param>
internal sealed record StagePlan(
    StageNode Node,
    LinearPlan? Linear,
    Slot Input,
    Slot Rows,
    int RingRows,
    Slot Output,
    Slot? Dead,
    Slot? Winners,
    BackwardPlan? Backward)
{
    /// <summary>Values of one row before the pool.</summary>
    public int RowElements => Node.LinearOutput.Width * Node.LinearOutput.Channels;

    /// <summary>Groups of four values in one row before the pool: what noise is numbered by.</summary>
    public int RowGroups => (RowElements + 3) / 4;

    /// <summary>Values of one output row.</summary>
    public int OutputRowElements => Node.Output.Width * Node.Output.Channels;

    /// <summary>Whether an elementwise pass between linear operation and pool exists.</summary>
    public bool HasActivation => Node.Activation is not null;
}

/// <summary>A stage's backward pass.</summary>
/// <param name="OutputGradient">The loss's gradient with respect to the output.</param>
/// <param name="RowGradient">The loss's gradient with respect to what comes before activation and pool: a strip of rows.</param>
/// <param name="StripRows">Rows of that strip.</param>
/// <param name="InputGradient">Where the gradient with respect to the input goes; null where no stage before has parameters.</param>
internal sealed record BackwardPlan(Slot OutputGradient, Slot RowGradient, int StripRows, Slot? InputGradient);

/// <summary>How the gradient with respect to a linear operation's input is computed.</summary>
/// <param name="Weights">Where the weights packed for it start.</param>
/// <param name="TileChannels">Channels of its tiles.</param>
/// <param name="Stride">The operation's stride.</param>
/// <param name="Phases">Its passes, one for each phase of the stride.</param>
internal sealed record InputGradientPlan(int Weights, int TileChannels, int Stride, IReadOnlyList<TilePass> Phases);

/// <summary>How a linear operation is computed; a dense layer is a 1×1 convolution whose channels are all its inputs.</summary>
/// <param name="Layer">Number among the network's linear operations.</param>
/// <param name="Weights">Where the weights lie among the parameters.</param>
/// <param name="Biases">Where the biases lie among the parameters.</param>
/// <param name="Forward">The forward pass.</param>
/// <param name="InputGradient">The input gradient; null where no stage before has parameters.</param>
/// <param name="LaneGradient">A convolution's weight gradient.</param>
/// <param name="OuterGradient">A dense layer's weight gradient.</param>
/// <param name="Accumulators">Lane accumulators of weights, then biases, of a convolution.</param>
/// <param name="BlockGradient">A convolution's gradient of one block: weights, then biases.</param>
/// <param name="BiasGradient">Where in it the biases' gradient starts, after that of the weights.</param>
/// <param name="TransposedInput">A dense layer's inputs, image by image.</param>
internal sealed record LinearPlan(
    int Layer,
    int Weights,
    int Biases,
    int Inputs,
    TilePass Forward,
    InputGradientPlan? InputGradient,
    LaneGradientPlan? LaneGradient,
    OuterGradientPlan? OuterGradient,
    Slot? Accumulators,
    Slot? BlockGradient,
    int BiasGradient,
    Slot? TransposedInput)
{
    /// <summary>Where the biases' lane accumulators start, after those of the weights.</summary>
    public long BiasAccumulators => LaneGradient!.Accumulators;
}
