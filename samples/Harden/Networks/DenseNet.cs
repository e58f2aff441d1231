using NoiseGen;

namespace Harden;

/// <summary>One unit of a dense block (arXiv 1608.06993): it adds twelve channels, the growth.</summary>
[Block]
public partial class DenseUnit
{
    [BatchNorm, Relu]                                              public partial Stage Before { get; }
    [Conv2d(Block.Channels, 3, Padding = 1, Bias = false), Concat] public partial Stage Conv { get; }
}

/// <summary>
/// A small custom DenseNet for 32×32 images, without bottlenecks:
/// three dense blocks of four units, growth 12, with transitions that halve the map.
/// </summary>
[Network(3, 32, 32)]
[Noise<Additive>(Sites.Input | Sites.Linear | Sites.Activation | Sites.Pool)]
[Quantize(Bits = 8, Activations = ActivationScaling.Learned)]
public sealed partial class DenseNet
{
    [Conv2d(24, 3, Padding = 1, Bias = false)] public partial Stage Stem { get; }
    [Repeat<DenseUnit>(4, Channels = 12)]      public partial Blocks<DenseUnit> Block1 { get; }
    [BatchNorm, Relu]                          public partial Stage Before1 { get; }
    [Conv2d(72, 1, Bias = false), AvgPool(2)]  public partial Stage Transition1 { get; }
    [Repeat<DenseUnit>(4, Channels = 12)]      public partial Blocks<DenseUnit> Block2 { get; }
    [BatchNorm, Relu]                          public partial Stage Before2 { get; }
    [Conv2d(120, 1, Bias = false), AvgPool(2)] public partial Stage Transition2 { get; }
    [Repeat<DenseUnit>(4, Channels = 12)]      public partial Blocks<DenseUnit> Block3 { get; }
    [BatchNorm, Relu, GlobalAvgPool]           public partial Stage Last { get; }
    [Dense(10)]                                public partial Stage Logits { get; }
}
