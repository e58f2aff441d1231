using NoiseGen;

namespace Harden;

/// <summary>Two convolutions and a shortcut (arXiv 1512.03385), with biases before the norms.</summary>
[Block]
public partial class BasicBlock
{
    [Conv2d(Block.Channels, 3, Stride = Block.Stride, Padding = 1), BatchNorm, Relu] public partial Stage Conv1 { get; }
    [Conv2d(Block.Channels, 3, Padding = 1), BatchNorm, Residual, Relu]              public partial Stage Conv2 { get; }
}

/// <summary>
/// ResNet-18 for 32×32 images, as the authors of arXiv 2501.14531 have it:
/// a 3×3 stem with a pool, biases in all convolutions except the projections, and their noise sites.
/// In their network one site serves both ReLUs of a block.
/// </summary>
[Network(3, 32, 32)]
[Noise<Additive>(Sites.Input | Sites.Linear | Sites.Activation | Sites.Pool)]
[Quantize(Bits = 8, Activations = ActivationScaling.Learned)]
public sealed partial class ResNet18
{
    [Conv2d(64, 3, Padding = 1), BatchNorm, Relu, MaxPool(3, Stride = 2, Padding = 1)] public partial Stage Stem { get; }
    [Repeat<BasicBlock>(2, Channels = 64)]                                             public partial Blocks<BasicBlock> Layer1 { get; }
    [Repeat<BasicBlock>(2, Channels = 128, Stride = 2)]                                public partial Blocks<BasicBlock> Layer2 { get; }
    [Repeat<BasicBlock>(2, Channels = 256, Stride = 2)]                                public partial Blocks<BasicBlock> Layer3 { get; }
    [Repeat<BasicBlock>(2, Channels = 512, Stride = 2)]                                public partial Blocks<BasicBlock> Layer4 { get; }
    [GlobalAvgPool]                                                                    public partial Stage Pool { get; }
    [Dense(10)]                                                                        public partial Stage Logits { get; }
}

/// <summary>A block whose shortcut is a convolution with biases.</summary>
[Block]
public partial class DownsamplingBlock
{
    [From, Conv2d(Block.Channels, 1, Stride = Block.Stride), BatchNorm]                    public partial Stage Shortcut { get; }
    [From, Conv2d(Block.Channels, 3, Stride = Block.Stride, Padding = 1), BatchNorm, Relu] public partial Stage Conv1 { get; }
    [Conv2d(Block.Channels, 3, Padding = 1), BatchNorm, Add(nameof(Shortcut)), Relu]       public partial Stage Conv2 { get; }
}

/// <summary>
/// The ResNet-18 that the authors of arXiv 2501.14531 train with quantizers:
/// a 7×7 stem of stride 2, biases in all convolutions and none in the last layer.
/// In their network one quantizer serves both ReLUs of a block, which makes a difference if its scale is learned.
/// </summary>
[Network(3, 32, 32)]
[Noise<Additive>(Sites.Input | Sites.Linear | Sites.Activation | Sites.Pool)]
[Quantize(Bits = 8, Activations = ActivationScaling.Learned)]
public sealed partial class ResNet18Qat
{
    [Conv2d(64, 7, Stride = 2, Padding = 3), BatchNorm, Relu, MaxPool(3, Stride = 2, Padding = 1)] public partial Stage Stem { get; }
    [Repeat<BasicBlock>(2, Channels = 64)]                     public partial Blocks<BasicBlock> Layer1 { get; }
    [Repeat<DownsamplingBlock>(1, Channels = 128, Stride = 2)] public partial Blocks<DownsamplingBlock> Layer2First { get; }
    [Repeat<BasicBlock>(1, Channels = 128)]                    public partial Blocks<BasicBlock> Layer2Second { get; }
    [Repeat<DownsamplingBlock>(1, Channels = 256, Stride = 2)] public partial Blocks<DownsamplingBlock> Layer3First { get; }
    [Repeat<BasicBlock>(1, Channels = 256)]                    public partial Blocks<BasicBlock> Layer3Second { get; }
    [Repeat<DownsamplingBlock>(1, Channels = 512, Stride = 2)] public partial Blocks<DownsamplingBlock> Layer4First { get; }
    [Repeat<BasicBlock>(1, Channels = 512)]                    public partial Blocks<BasicBlock> Layer4Second { get; }
    [GlobalAvgPool]                                            public partial Stage Pool { get; }
    [Dense(10, Bias = false)]                                  public partial Stage Logits { get; }
}
