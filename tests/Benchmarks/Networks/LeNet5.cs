namespace NoiseGen.Benchmarks.Networks;

/// <summary>LeNet-5 as in arXiv 2501.14531, without noise and quantization.</summary>
[Network(3, 32, 32)]
public sealed partial class LeNet5Clean
{
    [Conv2d(6, 5), Relu, AvgPool(2)] public partial Stage Conv1 { get; }
    [Conv2d(16, 5), Relu, AvgPool(2)] public partial Stage Conv2 { get; }
    [Dense(120), Relu] public partial Stage Hidden1 { get; }
    [Dense(84), Relu] public partial Stage Hidden2 { get; }
    [Dense(10)] public partial Stage Logits { get; }
}

/// <summary>LeNet-5 with noise at all twelve sites.</summary>
[Network(3, 32, 32)]
[Noise<Additive>(Sites.All)]
public sealed partial class LeNet5Noise
{
    [Conv2d(6, 5), Relu, AvgPool(2)] public partial Stage Conv1 { get; }
    [Conv2d(16, 5), Relu, AvgPool(2)] public partial Stage Conv2 { get; }
    [Dense(120), Relu] public partial Stage Hidden1 { get; }
    [Dense(84), Relu] public partial Stage Hidden2 { get; }
    [Dense(10)] public partial Stage Logits { get; }
}

/// <summary>LeNet-5 with weights and activations of eight bits.</summary>
[Network(3, 32, 32)]
[Quantize(Bits = 8, Scale = 1f)]
public sealed partial class LeNet5Qat8
{
    [Conv2d(6, 5), Relu, AvgPool(2)] public partial Stage Conv1 { get; }
    [Conv2d(16, 5), Relu, AvgPool(2)] public partial Stage Conv2 { get; }
    [Dense(120), Relu] public partial Stage Hidden1 { get; }
    [Dense(84), Relu] public partial Stage Hidden2 { get; }
    [Dense(10)] public partial Stage Logits { get; }
}

/// <summary>LeNet-5 with weights and activations of eight bits and noise at all twelve sites.</summary>
[Network(3, 32, 32)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 8, Scale = 1f)]
public sealed partial class LeNet5Qat8Noise
{
    [Conv2d(6, 5), Relu, AvgPool(2)] public partial Stage Conv1 { get; }
    [Conv2d(16, 5), Relu, AvgPool(2)] public partial Stage Conv2 { get; }
    [Dense(120), Relu] public partial Stage Hidden1 { get; }
    [Dense(84), Relu] public partial Stage Hidden2 { get; }
    [Dense(10)] public partial Stage Logits { get; }
}
