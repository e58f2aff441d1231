namespace NoiseGen.Tests.Declared;

/// <summary>LeNet-5 with learned scales, weights of eight bits and noise after the quantizers.</summary>
[Network(1, 12, 12)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 4, Activations = ActivationScaling.Learned)]
internal sealed partial class LearnedLeNet
{
    [Conv2d(6, 3), Relu, AvgPool(2)] public partial Stage Conv1 { get; }
    [Conv2d(5, 2), Relu, MaxPool(2)] public partial Stage Conv2 { get; }
    [Dense(11), Relu] public partial Stage Hidden1 { get; }
    [Dense(9), Relu] public partial Stage Hidden2 { get; }
    [Dense(4)] public partial Stage Logits { get; }
}

/// <summary>Levels below zero, smooth activations, and noise that scales values, on either side of the quantizer.</summary>
[Network(2, 6, 6)]
[Noise<Multiplicative>(Sites.Activation | Sites.Pool)]
[Quantize(Bits = 5, Activations = ActivationScaling.Learned)]
internal sealed partial class LearnedSigned
{
    [Conv2d(5, 3, Padding = 1), LeakyRelu, AvgPool(2)] public partial Stage Conv1 { get; }
    [Conv2d(6, 2), Tanh, Noise<Multiplicative>(Sites.Activation, BeforeQuantizer = true)] public partial Stage Conv2 { get; }
    [Dense(7), Sigmoid] public partial Stage Hidden1 { get; }
    [Dense(8), Tanh] public partial Stage Hidden2 { get; }
    [Dense(3)] public partial Stage Logits { get; }
}

/// <summary>
/// Learned scales between norms, in a residual block and after a concatenation; noise in quantizer steps, and before the quantizer.
/// </summary>
[Network(3, 4, 4)]
[Quantize(Bits = 6, WeightBits = 8, Activations = ActivationScaling.Learned)]
internal sealed partial class LearnedNormed
{
    [Conv2d(4, 3, Padding = 1), BatchNorm, Relu, Noise<Additive>(Sites.Activation, BeforeQuantizer = true)]
    public partial Stage Conv1 { get; }
    [Conv2d(4, 3, Padding = 1), BatchNorm, Add(nameof(Conv1)), Relu] public partial Stage Conv2 { get; }
    [Conv2d(3, 3, Padding = 1), BatchNorm, Concat(nameof(Conv2)), Relu, MaxPool(2)] public partial Stage Conv3 { get; }
    [GlobalAvgPool] public partial Stage Means { get; }
    [Dense(4)] public partial Stage Logits { get; }
}

/// <summary>Rows that no window of a pool covers, after slopes and learned scales.</summary>
[Network(2, 9, 9)]
[Quantize(Bits = 5, Activations = ActivationScaling.Learned)]
internal sealed partial class LearnedUnpooled
{
    [Conv2d(3, 1), Tanh, MaxPool(2)] public partial Stage Conv1 { get; }
    [Conv2d(4, 1), LeakyRelu, AvgPool(3)] public partial Stage Conv2 { get; }
    [Dense(3)] public partial Stage Logits { get; }
}
