extern alias Generator;

using System.Collections.Immutable;
using Generator::NoiseGen.Generator.Planning;

namespace NoiseGen.Tests.RandomNetworks.Declarations;

/// <summary>A declaration as data: what is drawn, written as source text, and made smaller where it fails.</summary>
/// <param name="Name">Name of the class.</param>
/// <param name="Input">Shape of an image.</param>
/// <param name="Policy">The class's noise and quantizers.</param>
/// <param name="Members">Stages and repeated blocks, in order.</param>
/// <param name="Blocks">The blocks that they use.</param>
/// <param name="Batch">Images of a batch.</param>
internal sealed record NetworkModel(
    string Name, Shape Input, Policy Policy, ImmutableArray<MemberModel> Members, ImmutableArray<BlockModel> Blocks, int Batch)
{
    /// <summary>Where the planner goes other ways. They stand in no declaration.</summary>
    public Thresholds Thresholds { get; init; } = Thresholds.Default;

    /// <summary>
    /// What the bits are drawn from that quantizers get at run time; null where they stay as declared. They stand in no declaration either.
    /// </summary>
    public int? BitsSeed { get; init; }

    /// <summary>Every stage that is written down: the blocks' too.</summary>
    public IEnumerable<StageModel> WrittenStages => Members.OfType<StageModel>().Concat(Blocks.SelectMany(block => block.Stages));

    /// <summary>Whether it has batch norms, those of projections included.</summary>
    public bool HasNorms => WrittenStages.Any(stage => stage.Norm || stage.Merge is { Other: null });

    /// <summary>
    /// Images that a batch needs. Batch statistics of very few values are ill-conditioned:
    /// their rounding errors would be measured, not the code.
    /// </summary>
    public int FewestImages => HasNorms ? 12 : 1;

    /// <summary>The declaration with every stage changed, the blocks' too.</summary>
    public NetworkModel WithStages(Func<StageModel, StageModel> change) => this with
    {
        Members = [.. Members.Select(member => member is StageModel stage ? change(stage) : member)],
        Blocks = [.. Blocks.Select(block => block with { Stages = [.. block.Stages.Select(change)] })],
    };

    public BlockModel Block(string name) => Blocks.Single(block => block.Name == name);
}

/// <summary>A [Block] class.</summary>
internal sealed record BlockModel(string Name, Policy Policy, ImmutableArray<StageModel> Stages);

/// <summary>A property of a network or block.</summary>
/// <param name="Name">The property's name.</param>
/// <param name="Policy">Its own noise and quantizers.</param>
internal abstract record MemberModel(string Name, Policy Policy);

/// <summary>A block, several times in a row.</summary>
/// <param name="Channels">What Block.Channels stands for.</param>
/// <param name="Stride">What Block.Stride stands for in the first repetition.</param>
internal sealed record RepeatModel(string Name, Policy Policy, string Block, int Count, int Channels, int Stride)
    : MemberModel(Name, Policy);

/// <summary>A stage.</summary>
/// <param name="From">The earlier member that it reads, or <see cref="Input"/>; null for the one before.</param>
/// <param name="DropoutRate">0 without dropout.</param>
internal sealed record StageModel(
    string Name,
    Policy Policy,
    string? From = null,
    LinearModel? Linear = null,
    bool Norm = false,
    MergeModel? Merge = null,
    ActivationModel? Activation = null,
    PoolModel? Pool = null,
    float DropoutRate = 0) : MemberModel(Name, Policy)
{
    /// <summary>Stands in the place of a member's name for the input of the network.</summary>
    public const string Input = "the input";

    /// <summary>The places where noise can enter.</summary>
    public Sites Sites =>
        (Linear is null ? Sites.None : Sites.Linear)
        | (Norm ? Sites.Norm : Sites.None)
        | (Merge is null ? Sites.None : Sites.Sum)
        | (Activation is null ? Sites.None : Sites.Activation)
        | (Pool is null ? Sites.None : Sites.Pool);
}

/// <summary>A linear operation.</summary>
internal abstract record LinearModel(bool Bias)
{
    /// <summary>A convolution.</summary>
    /// <param name="Channels">Output channels; <see cref="FromBlock"/> for Block.Channels,
    /// <see cref="Widened"/> and <see cref="Narrowed"/> for arithmetic of it.</param>
    /// <param name="Window">The kernel; strides of <see cref="FromBlock"/> for Block.Stride.</param>
    /// <param name="Groups">Groups; <see cref="FromBlock"/> for Block.Channels.</param>
    public sealed record Conv2d(int Channels, Window Window, int Groups, bool Bias) : LinearModel(Bias);

    public sealed record Dense(int Features, bool Bias) : LinearModel(Bias);

    /// <summary>Stands for a number that comes from where the block is used.</summary>
    public const int FromBlock = -1;

    /// <summary>Stands for Block.Channels * 2 + Block.Stride.</summary>
    public const int Widened = -2;

    /// <summary>Stands for (Block.Channels + 1) / 2.</summary>
    public const int Narrowed = -3;
}

internal enum MergeType
{
    Add,
    Concat,
}

/// <summary>A second input.</summary>
/// <param name="Other">The earlier member, or <see cref="StageModel.Input"/>; null for the block's input.</param>
internal sealed record MergeModel(MergeType Type, string? Other);

/// <summary>An activation.</summary>
/// <param name="Slope">The slope of a leaky ReLU.</param>
internal sealed record ActivationModel(Activation Kind, float Slope)
{
    /// <summary>Whether it has values below zero.</summary>
    public bool IsSigned => Kind is Activation.LeakyRelu or Activation.Tanh;
}

/// <summary>A pool.</summary>
internal abstract record PoolModel
{
    public sealed record Max(Window Window) : PoolModel;

    public sealed record Average(Window Window, bool CountPadding) : PoolModel;

    public sealed record Global : PoolModel;
}

/// <summary>Noise and quantizers of a network, a block or a member.</summary>
internal sealed record Policy(Sites Noise, Sites NoNoise, QuantizeModel? Quantize, bool NoQuantize)
{
    public static Policy Empty { get; } = new(Sites.None, Sites.None, null, false);

    /// <summary>The kind of its noise.</summary>
    public string Kind { get; init; } = nameof(Additive);

    /// <summary>Whether sigma is a multiple of ranges; of additive noise only.</summary>
    public bool InRanges { get; init; }

    /// <summary>Whether an activation's noise is quantized.</summary>
    public bool BeforeQuantizer { get; init; }

    /// <summary>The cells that hold weights; null for none of its own.</summary>
    public DeviceModel? Device { get; init; }

    /// <summary>Whether it takes the cells away.</summary>
    public bool IsDigital { get; init; }
}

/// <summary>A [Device] attribute.</summary>
/// <param name="Kind">Name of the kind of cell.</param>
internal sealed record DeviceModel(string Kind, WeightScaling Mapping, DriftCompensation Compensation);

/// <summary>A [Quantize] attribute.</summary>
internal sealed record QuantizeModel(int WeightBits, int ActivationBits, float Scale, WeightScaling Weights, bool Learned);
