namespace NoiseGen.Tests.Declared;

/// <summary>
/// Groups of several channels, strided and padded, and depthwise convolutions with as many outputs as inputs, and with twice as many.
/// </summary>
[Network(4, 7, 6), Noise<Additive>]
public sealed partial class GroupedConvolutions
{
    [Conv2d(6, 3, Padding = 1, Groups = 2), Relu] public partial Stage Pairs { get; }
    [Conv2d(6, 3, 2, Groups = 6, PaddingHeight = 1), BatchNorm, Relu] public partial Stage Depthwise { get; }
    [Conv2d(12, 2, StrideHeight = 2, Groups = 6), Relu] public partial Stage Doubled { get; }
    [Conv2d(9, 1, Groups = 3)] public partial Stage Pointwise { get; }
    [Dense(4)] public partial Stage Logits { get; }
}

/// <summary>The depthwise-separable convolutions of small keyword spotters, with weights quantized per channel.</summary>
[Network(1, 7, 4), Noise<Additive>(Sites.Linear | Sites.Activation), Quantize(Bits = 8, Scale = 0.05f)]
public sealed partial class DepthwiseSeparable
{
    [Conv2d(6, 4, 3, StrideHeight = 2, PaddingWidth = 1, Bias = false), BatchNorm, Relu] public partial Stage Stem { get; }
    [Repeat<SeparableUnit>(2, Channels = 6)] public partial Stage Units { get; }
    [Conv2d(12, 5, Stride = 2, Padding = 2, Groups = 6), Relu] public partial Stage Widened { get; }
    [GlobalAvgPool] public partial Stage Pool { get; }
    [Dense(5)] public partial Stage Logits { get; }
}

[Block]
public partial class SeparableUnit
{
    [Conv2d(Block.Channels, 3, Padding = 1, Groups = Block.Channels, Bias = false), BatchNorm, Relu] public partial Stage Depthwise { get; }
    [Conv2d(Block.Channels, 1, Bias = false), BatchNorm, Relu] public partial Stage Pointwise { get; }
}

/// <summary>Few groups with many channels each, more than a tile has.</summary>
[Network(3, 5, 5), Noise<Additive>(Sites.Linear)]
public sealed partial class WideGroups
{
    [Conv2d(32, 3, Padding = 1), Relu] public partial Stage Conv1 { get; }
    [Conv2d(34, 3, Stride = 2, Padding = 1, Groups = 2), Relu] public partial Stage Conv2 { get; }
    [Dense(3)] public partial Stage Logits { get; }
}

/// <summary>Dropout after a pool, a norm and a dense layer, in a stage of its own, and before a concatenation.</summary>
[Network(2, 6, 6), Noise<Additive>]
public sealed partial class Dropped
{
    [Conv2d(5, 3, Padding = 1), Relu, MaxPool(2), Dropout(0.25f)] public partial Stage Conv1 { get; }
    [Conv2d(3, 3, Padding = 1), BatchNorm, Relu, Dropout] public partial Stage Conv2 { get; }
    [Conv2d(2, 1), Concat(nameof(Conv1)), Relu] public partial Stage Joined { get; }
    [Dropout(0.1f)] public partial Stage Alone { get; }
    [Dense(11), Relu, Dropout(0.5f)] public partial Stage Hidden { get; }
    [Dense(4)] public partial Stage Logits { get; }
}

/// <summary>Pools whose windows, strides and padding are not square.</summary>
[Network(2, 9, 8), Noise<Additive>]
public sealed partial class OblongPools
{
    [Conv2d(3, 2), Relu, MaxPool(3, 2, StrideHeight = 2, PaddingHeight = 1)] public partial Stage Conv1 { get; }
    [AvgPool(1, 3, StrideWidth = 1, PaddingWidth = 1, CountPadding = false)] public partial Stage Row { get; }
    [AvgPool(2, 1)] public partial Stage Column { get; }
    [Dense(3)] public partial Stage Logits { get; }
}

/// <summary>A single output: it can only be trained with targets.</summary>
[Network(7), Noise<Additive>]
public sealed partial class SingleOutput
{
    [Dense(9), Tanh] public partial Stage Hidden { get; }
    [Dense(1)] public partial Stage Output { get; }
}
