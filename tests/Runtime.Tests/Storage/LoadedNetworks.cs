namespace NoiseGen.Runtime.Tests.Storage;

/// <summary>The block of write.py, under PyTorch's names.</summary>
[Block]
internal sealed partial class NamedBlock
{
    [Conv2d(Block.Channels, 3, Stride = Block.Stride, Padding = 1, Bias = false), BatchNorm, Relu] public partial Stage Conv1 { get; }
    [Conv2d(Block.Channels, 3, Padding = 1, Bias = false), BatchNorm, Residual, Relu]              public partial Stage Conv2 { get; }
}

/// <summary>The residual network of write.py, under PyTorch's names.</summary>
[Network(3, 8, 8)]
internal sealed partial class NamedResNet
{
    [Conv2d(4, 3, Padding = 1, Bias = false), BatchNorm, Relu] public partial Stage Conv1 { get; }
    [Repeat<NamedBlock>(1, Channels = 4)]                      public partial Blocks<NamedBlock> Layer1 { get; }
    [Repeat<NamedBlock>(2, Channels = 6, Stride = 2)]          public partial Blocks<NamedBlock> Layer2 { get; }
    [GlobalAvgPool]                                            public partial Stage Pool { get; }
    [Dense(5)]                                                 public partial Stage Fc { get; }
}

/// <summary>The same, with custom names where shape or position identify a layer.</summary>
[Network(3, 8, 8)]
internal sealed partial class RenamedResNet
{
    [Conv2d(4, 3, Padding = 1, Bias = false), BatchNorm, Relu] public partial Stage Stem { get; }
    [Repeat<NamedBlock>(1, Channels = 4)]                      public partial Blocks<NamedBlock> Layer1 { get; }
    [Repeat<NamedBlock>(2, Channels = 6, Stride = 2)]          public partial Blocks<NamedBlock> Layer2 { get; }
    [GlobalAvgPool]                                            public partial Stage Pool { get; }
    [Dense(5)]                                                 public partial Stage Logits { get; }
}

/// <summary>The same for other classes.</summary>
[Network(3, 8, 8)]
internal sealed partial class OtherHead
{
    [Conv2d(4, 3, Padding = 1, Bias = false), BatchNorm, Relu] public partial Stage Stem { get; }
    [Repeat<NamedBlock>(1, Channels = 4)]                      public partial Blocks<NamedBlock> Layer1 { get; }
    [Repeat<NamedBlock>(2, Channels = 6, Stride = 2)]          public partial Blocks<NamedBlock> Layer2 { get; }
    [GlobalAvgPool]                                            public partial Stage Pool { get; }
    [Dense(3)]                                                 public partial Stage Logits { get; }
}

/// <summary>Another network, whose first layer happens to have the shape of the residual one's.</summary>
[Network(3, 8, 8)]
internal sealed partial class AlikeAtFirst
{
    [Conv2d(4, 3, Padding = 1, Bias = false), BatchNorm, Relu] public partial Stage First { get; }
    [Dense(9), Relu]                                           public partial Stage Hidden1 { get; }
    [Dense(8), Relu]                                           public partial Stage Hidden2 { get; }
    [Dense(7), Relu]                                           public partial Stage Hidden3 { get; }
    [Dense(5)]                                                 public partial Stage Logits { get; }
}

/// <summary>The sequence of write.py, whose modules have numbers for names, two of them of one shape.</summary>
[Network(3, 8, 8)]
internal sealed partial class Sequence
{
    [Conv2d(4, 3, Padding = 1), BatchNorm, Relu, MaxPool(2)] public partial Stage First { get; }
    [Conv2d(4, 3, Padding = 1), BatchNorm, Relu]             public partial Stage Second { get; }
    [Conv2d(4, 3, Padding = 1), BatchNorm, Relu]             public partial Stage Third { get; }
    [Dense(7), Relu]                                         public partial Stage Hidden { get; }
    [Dense(5)]                                               public partial Stage Logits { get; }
}

/// <summary>The network of write-torchsharp.cs.</summary>
[Network(1, 6, 6)]
internal sealed partial class TorchSharpNet
{
    [Conv2d(3, 3, Padding = 1), BatchNorm, Relu] public partial Stage Conv1 { get; }
    [Conv2d(4, 3), Relu, MaxPool(2)]             public partial Stage Conv2 { get; }
    [Dense(6), Relu]                             public partial Stage Hidden { get; }
    [Dense(3)]                                   public partial Stage Logits { get; }
}

/// <summary>
/// One declaration without quantizers, one with constant scales, one with learned scales; the last also has sites with ranges.
/// </summary>
[Network(6)]
internal sealed partial class FloatNet
{
    [Dense(5), Relu]            public partial Stage Hidden { get; }
    [Dense(4), BatchNorm, Relu] public partial Stage Normed { get; }
    [Dense(3)]                  public partial Stage Logits { get; }
}

/// <inheritdoc cref="FloatNet"/>
[Network(6), Quantize(Bits = 8, Scale = 0.25f)]
internal sealed partial class QuantizedNet
{
    [Dense(5), Relu]            public partial Stage Hidden { get; }
    [Dense(4), BatchNorm, Relu] public partial Stage Normed { get; }
    [Dense(3)]                  public partial Stage Logits { get; }
}

/// <inheritdoc cref="FloatNet"/>
[Network(6), Quantize(Bits = 8, Activations = ActivationScaling.Learned), Noise<Additive>(Sites.All, Unit = SigmaUnit.Range)]
internal sealed partial class LearnedNet
{
    [Dense(5), Relu]            public partial Stage Hidden { get; }
    [Dense(4), BatchNorm, Relu] public partial Stage Normed { get; }
    [Dense(3)]                  public partial Stage Logits { get; }
}
