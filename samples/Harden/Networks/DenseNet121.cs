using NoiseGen;

namespace Harden;

/// <summary>
/// One layer of a dense block (arXiv 1608.06993): a bottleneck of four times the growth,
/// then as many new channels as the growth, appended to the input's channels. Dropout applies only to the new channels.
/// </summary>
[Block]
public partial class DenseLayer
{
    [BatchNorm, Relu]                                                    public partial Stage Before { get; }
    [Conv2d(Block.Channels * 4, 1, Bias = false), BatchNorm, Relu]       public partial Stage Bottleneck { get; }
    [Conv2d(Block.Channels, 3, Padding = 1, Bias = false), Dropout(0.2f)] public partial Stage Conv { get; }
    [Concat]                                                             public partial Stage All { get; }
}

/// <summary>
/// DenseNet121 (arXiv 1608.06993) as the authors of arXiv 2501.14531 train it on 32×32 images:
/// growth 12, a stem that leaves maps of 8×8, noise at neither input nor last pool.
/// </summary>
[Network(3, 32, 32)]
[Noise<Additive>(Sites.Linear | Sites.Activation | Sites.Pool)]
[Quantize(Bits = 8, Activations = ActivationScaling.Learned)]
public sealed partial class DenseNet121
{
    [Conv2d(64, 7, Stride = 2, Padding = 3, Bias = false), BatchNorm, Relu, MaxPool(3, Stride = 2, Padding = 1)]
    public partial Stage Stem { get; }
    [Repeat<DenseLayer>(6, Channels = 12)]                      public partial Blocks<DenseLayer> Block1 { get; }
    [BatchNorm, Relu]                                           public partial Stage Before1 { get; }
    [Conv2d(68, 1, Bias = false), AvgPool(2)]                   public partial Stage Transition1 { get; }
    [Repeat<DenseLayer>(12, Channels = 12)]                     public partial Blocks<DenseLayer> Block2 { get; }
    [BatchNorm, Relu]                                           public partial Stage Before2 { get; }
    [Conv2d(106, 1, Bias = false), AvgPool(2)]                  public partial Stage Transition2 { get; }
    [Repeat<DenseLayer>(24, Channels = 12)]                     public partial Blocks<DenseLayer> Block3 { get; }
    [BatchNorm, Relu]                                           public partial Stage Before3 { get; }
    [Conv2d(197, 1, Bias = false), AvgPool(2)]                  public partial Stage Transition3 { get; }
    [Repeat<DenseLayer>(16, Channels = 12)]                     public partial Blocks<DenseLayer> Block4 { get; }
    [BatchNorm, Relu, GlobalAvgPool, NoNoise]                   public partial Stage Last { get; }
    [Dense(10)]                                                 public partial Stage Logits { get; }
}
