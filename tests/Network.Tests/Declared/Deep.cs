namespace NoiseGen.Tests.Declared;

/// <summary>Batch norms after convolutions and dense layers, noise at all sites.</summary>
[Network(2, 6, 6), Noise<Additive>]
public sealed partial class NormedConvolutions
{
    [Conv2d(4, 3, Padding = 1, Bias = false), BatchNorm, Relu] public partial Stage Conv1 { get; }
    [Conv2d(6, 3), BatchNorm(Epsilon = 1e-3f, Momentum = 0.3f), Relu, MaxPool(2)] public partial Stage Conv2 { get; }
    [Dense(9), BatchNorm, Relu] public partial Stage Hidden { get; }
    [Dense(4)] public partial Stage Logits { get; }
}

/// <summary>
/// The multilayer perceptron of the papers, narrower: with an odd number of channels, the norm's coefficients repeat after four times as
/// many values.
/// </summary>
[Network(1, 4, 4), Noise<Additive>, Quantize(Bits = 8, Scale = 0.05f)]
public sealed partial class NormedMlp
{
    [Dense(21), BatchNorm, Relu] public partial Stage Hidden1 { get; }
    [Dense(18), BatchNorm, Relu] public partial Stage Hidden2 { get; }
    [Dense(20), BatchNorm, Relu] public partial Stage Hidden3 { get; }
    [Dense(5)] public partial Stage Logits { get; }
}

/// <summary>Enough channels for weight gradients as outer products, with strides, padding and kernels that are not square.</summary>
[Network(3, 7, 6), Noise<Additive>(Sites.Linear | Sites.Norm)]
public sealed partial class WideConvolutions
{
    [Conv2d(17, 3, 2, PaddingHeight = 1), Relu] public partial Stage Conv1 { get; }
    [Conv2d(20, 3, Stride = 2, Padding = 1), BatchNorm, Relu] public partial Stage Conv2 { get; }
    [Conv2d(33, 2, 3, PaddingWidth = 1, StrideWidth = 2, Bias = false), Relu] public partial Stage Conv3 { get; }
    [Conv2d(18, 1), BatchNorm, GlobalAvgPool] public partial Stage Conv4 { get; }
    [Dense(3, Bias = false)] public partial Stage Logits { get; }
}

/// <summary>A norm that reads a stage's output directly, and one that reads the network's input.</summary>
[Network(3, 5, 5), Noise<Additive>]
public sealed partial class PreActivation
{
    [BatchNorm] public partial Stage Input0 { get; }
    [Conv2d(6, 3, Padding = 1)] public partial Stage Conv1 { get; }
    [BatchNorm, Relu] public partial Stage Before { get; }
    [Conv2d(6, 3, Padding = 1), Add(nameof(Conv1))] public partial Stage Conv2 { get; }
    [BatchNorm, Relu, GlobalAvgPool] public partial Stage Last { get; }
    [Dense(3)] public partial Stage Logits { get; }
}

/// <summary>Sums and concatenations of earlier stages by name, among them the network's first stage, which three others read.</summary>
[Network(2, 6, 5), Noise<Additive>]
public sealed partial class Wired
{
    [Conv2d(3, 3, Padding = 1), Relu] public partial Stage Stem { get; }
    [Conv2d(3, 3, Padding = 1), Relu] public partial Stage Left { get; }
    [From(nameof(Stem)), Conv2d(5, 1), Concat(nameof(Left)), Relu, AvgPool(2)] public partial Stage Joined { get; }
    [From(nameof(Stem)), Conv2d(3, 1), Add(nameof(Left)), Relu] public partial Stage Right { get; }
    [From(nameof(Right)), Concat(nameof(Stem)), MaxPool(2)] public partial Stage Both { get; }
    [Conv2d(8, 1), Add(nameof(Joined)), Quantize(Bits = 4, Scale = 0.1f), Relu] public partial Stage Last { get; }
    [Dense(4)] public partial Stage Logits { get; }
}

/// <summary>The activations other than ReLU.</summary>
[Network(2, 5, 5), Noise<Additive>(Sites.Activation)]
public sealed partial class SmoothActivations
{
    [Conv2d(4, 3), LeakyRelu(0.2f), AvgPool(2, Stride = 1)] public partial Stage Leaky { get; }
    [Conv2d(5, 2), BatchNorm, Sigmoid] public partial Stage Logistic { get; }
    [Dense(7), Tanh] public partial Stage Tangent { get; }
    [Dense(3)] public partial Stage Logits { get; }
}

/// <summary>
/// Quantizers after these activations, signed and unsigned; the signed ones use all bits of their integers or fewer, before pools, vectors
/// and maps of one pixel.
/// </summary>
[Network(2, 5, 5), Quantize(Bits = 5, Scale = 0.05f)]
public sealed partial class SignedQuantizers
{
    [Conv2d(4, 3), LeakyRelu(-0.3f), MaxPool(2, Stride = 1), Quantize(Bits = 8, Scale = 0.005f)] public partial Stage Leaky { get; }
    [Dense(6), Sigmoid] public partial Stage Logistic { get; }
    [Dense(7), Tanh, Quantize(Bits = 4, Scale = 0.04f)] public partial Stage Tangent { get; }
    [Conv2d(5, 1), Tanh, Quantize(Bits = 16, Scale = 0.001f)] public partial Stage Pixel { get; }
    [Dense(3)] public partial Stage Logits { get; }
}

/// <summary>The basic block of a residual network (arXiv 1512.03385).</summary>
[Block]
public partial class BasicBlock
{
    [Conv2d(Block.Channels, 3, Stride = Block.Stride, Padding = 1), BatchNorm, Relu] public partial Stage Conv1 { get; }
    [Conv2d(Block.Channels, 3, Padding = 1), BatchNorm, Residual, Relu] public partial Stage Conv2 { get; }
}

/// <summary>ResNet-18's stages, narrower.</summary>
[Network(3, 8, 8), Noise<Additive>(Sites.Input | Sites.Linear | Sites.Activation | Sites.Pool)]
public sealed partial class NarrowResNet
{
    [Conv2d(4, 3, Padding = 1), BatchNorm, Relu, MaxPool(3, Stride = 2, Padding = 1)] public partial Stage Stem { get; }
    [Repeat<BasicBlock>(2, Channels = 4)] public partial Stage Layer1 { get; }
    [Repeat<BasicBlock>(2, Channels = 6, Stride = 2)] public partial Blocks<BasicBlock> Layer2 { get; }
    [Repeat<BasicBlock>(1, Channels = 20, Stride = 2)] public partial Stage Layer3 { get; }
    [GlobalAvgPool] public partial Stage Pool { get; }
    [Dense(4)] public partial Stage Logits { get; }
}

/// <summary>The same network, quantized and noisy at all sites.</summary>
[Network(3, 8, 8), Noise<Additive>, Quantize(Bits = 8, Scale = 0.02f)]
public sealed partial class NarrowNoisyResNet
{
    [Conv2d(4, 3, Padding = 1), BatchNorm, Relu, MaxPool(3, Stride = 2, Padding = 1)] public partial Stage Stem { get; }
    [Repeat<BasicBlock>(1, Channels = 4), NoQuantize] public partial Stage Layer1 { get; }
    [Repeat<BasicBlock>(1, Channels = 16, Stride = 2), NoNoise(Sites.Norm)] public partial Stage Layer2 { get; }
    [GlobalAvgPool] public partial Stage Pool { get; }
    [Dense(4)] public partial Stage Logits { get; }
}

/// <summary>
/// The bottleneck of the deeper residual networks: Block.Channels is the width of its narrow convolutions, and the output has four times as
/// many channels.
/// </summary>
[Block]
public partial class Bottleneck
{
    [Conv2d(Block.Channels, 1, Bias = false), BatchNorm, Relu] public partial Stage Reduce { get; }
    [Conv2d(Block.Channels, 3, Stride = Block.Stride, Padding = 1, Bias = false), BatchNorm, Relu] public partial Stage Conv { get; }
    [Conv2d(Block.Channels * 4, 1, Bias = false), BatchNorm, Residual, Relu] public partial Stage Expand { get; }
}

/// <summary>The same network, declared by the output channels, via a constant, inside a block that passes on its own numbers.</summary>
[Block]
public partial class BottleneckGroup
{
    [Repeat<NarrowingBottleneck>(1, Channels = Block.Channels, Stride = Block.Stride)]
    public partial Blocks<NarrowingBottleneck> First { get; }
    [Repeat<NarrowingBottleneck>(1, Channels = Block.Channels + Block.Stride * 2)]
    public partial Blocks<NarrowingBottleneck> Second { get; }
}

/// <summary>A bottleneck declared by its output channels.</summary>
[Block]
public partial class NarrowingBottleneck
{
    private const int Narrow = Block.Channels / 4;

    [Conv2d(Narrow, 1, Bias = false), BatchNorm, Relu] public partial Stage Reduce { get; }
    [Conv2d(Narrow, 2 * Block.Stride + 1, Stride = Block.Stride, Padding = Block.Stride, Groups = Narrow, Bias = false), BatchNorm, Relu]
    public partial Stage Conv { get; }
    [Conv2d(Block.Channels, 1, Bias = false), BatchNorm, Residual, Relu] public partial Stage Expand { get; }
}

/// <summary>ResNet-50's stages (arXiv 1512.03385), narrower.</summary>
[Network(3, 8, 8), Noise<Additive>(Sites.Input | Sites.Linear | Sites.Activation | Sites.Pool)]
public sealed partial class NarrowResNet50
{
    [Conv2d(4, 3, Padding = 1), BatchNorm, Relu, MaxPool(3, Stride = 2, Padding = 1)] public partial Stage Stem { get; }
    [Repeat<Bottleneck>(2, Channels = 3)] public partial Blocks<Bottleneck> Layer1 { get; }
    [Repeat<Bottleneck>(1, Channels = 5, Stride = 2)] public partial Blocks<Bottleneck> Layer2 { get; }
    [Repeat<BottleneckGroup>(1, Channels = 12, Stride = 2)] public partial Blocks<BottleneckGroup> Layer3 { get; }
    [GlobalAvgPool] public partial Stage Pool { get; }
    [Dense(4)] public partial Stage Logits { get; }
}

/// <summary>Stages that read the network's input again: alone, in a sum and in a concatenation, after noise that all of them see.</summary>
[Network(3, 6, 5), Noise<Additive>]
public sealed partial class InputAgain
{
    [Conv2d(3, 3, Padding = 1), Relu] public partial Stage Left { get; }
    [From, Conv2d(3, 5, Padding = 2), Add(nameof(Left)), Relu] public partial Stage Right { get; }
    [Conv2d(3, 1), BatchNorm, Add, Relu] public partial Stage Sum { get; }
    [Conv2d(2, 3, Padding = 1), Concat, Relu, AvgPool(2)] public partial Stage Joined { get; }
    [Dense(4)] public partial Stage Logits { get; }
}

/// <summary>One unit of a dense block (arXiv 1608.06993): its input and what it computes from it.</summary>
[Block]
public partial class DenseUnit
{
    [BatchNorm, Relu] public partial Stage Before { get; }
    [Conv2d(Block.Channels, 3, Padding = 1, Bias = false), Concat] public partial Stage Conv { get; }
}

/// <summary>A dense block and the transition after it: a block of blocks.</summary>
[Block]
public partial class DenseGroup
{
    [Repeat<DenseUnit>(2, Channels = 3)] public partial Blocks<DenseUnit> Units { get; }
    [BatchNorm, Relu] public partial Stage Before { get; }
    [Conv2d(Block.Channels, 1, Bias = false), AvgPool(2)] public partial Stage Transition { get; }
}

/// <summary>DenseNet, narrower.</summary>
[Network(2, 8, 8), Noise<Additive>]
public sealed partial class NarrowDenseNet
{
    [Conv2d(4, 3, Padding = 1)] public partial Stage Stem { get; }
    [Repeat<DenseGroup>(2, Channels = 5)] public partial Blocks<DenseGroup> Groups0 { get; }
    [BatchNorm, Relu, GlobalAvgPool] public partial Stage Last { get; }
    [Dense(3)] public partial Stage Logits { get; }
}

/// <summary>VGG11's stages, narrower.</summary>
[Network(3, 8, 8), Noise<Additive>(Sites.Input | Sites.Linear | Sites.Norm), Quantize(Bits = 8, Scale = 0.1f)]
public sealed partial class NarrowVgg
{
    [Conv2d(2, 3, Padding = 1), BatchNorm, Relu, MaxPool(2)] public partial Stage Conv1 { get; }
    [Conv2d(17, 3, Padding = 1), BatchNorm, Relu, MaxPool(2)] public partial Stage Conv2 { get; }
    [Conv2d(16, 3, Padding = 1), BatchNorm, Relu] public partial Stage Conv3 { get; }
    [Conv2d(18, 3, Padding = 1), BatchNorm, Relu, MaxPool(2)] public partial Stage Conv4 { get; }
    [Dense(20), Relu] public partial Stage Hidden1 { get; }
    [Dense(20), Relu] public partial Stage Hidden2 { get; }
    [Dense(5)] public partial Stage Logits { get; }
}

/// <summary>The keyword-spotting network of arXiv 2503.16183, narrower.</summary>
[Network(1, 10, 20), Noise<Additive>]
public sealed partial class NarrowCnnS
{
    [Conv2d(5, 4, 10), Relu] public partial Stage Conv1 { get; }
    [Conv2d(17, 4, 6, StrideWidth = 2), Relu] public partial Stage Conv2 { get; }
    [Dense(12), Relu] public partial Stage Hidden { get; }
    [Dense(12)] public partial Stage Logits { get; }
}

/// <summary>A kernel of one column with padding above and below; noise after a sum, before an activation with a slope.</summary>
[Network(2, 5, 4), Noise<Additive>]
public sealed partial class TallKernel
{
    [Conv2d(3, 2, 1, PaddingHeight = 1), Sigmoid] public partial Stage Conv1 { get; }
    [Conv2d(3, 1), Add(nameof(Conv1)), Tanh] public partial Stage Conv2 { get; }
    [Dense(3)] public partial Stage Logits { get; }
}

/// <summary>A stage that nothing reads: its parameters have no gradient.</summary>
[Network(6)]
public sealed partial class DeadEnd
{
    [Dense(5), Relu] public partial Stage Hidden { get; }
    [Dense(4), BatchNorm, Relu] public partial Stage Unread { get; }
    [From(nameof(Hidden)), Dense(3)] public partial Stage Logits { get; }
}

/// <summary>Convolutions whose outputs only running statistics use.</summary>
[Network(1, 5, 6)]
public sealed partial class DeadBranch
{
    [Conv2d(1, 3, Padding = 1)] public partial Stage First { get; }
    [BatchNorm] public partial Stage Normed { get; }
    [Conv2d(2, 3, Padding = 1), Concat(nameof(Normed))] public partial Stage Grown { get; }
    [Conv2d(3, 3, Padding = 1), BatchNorm] public partial Stage Unread { get; }
    [From(nameof(First)), Dense(3)] public partial Stage Logits { get; }
}
