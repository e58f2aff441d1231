namespace NoiseGen.Tests.Declared;

[Network(3, 32, 32)]
internal sealed partial class LeNet5Clean
{
    [Conv2d(6, 5), Relu, AvgPool(2)] public partial Stage Conv1 { get; }
    [Conv2d(16, 5), Relu, AvgPool(2)] public partial Stage Conv2 { get; }
    [Dense(120), Relu] public partial Stage Hidden1 { get; }
    [Dense(84), Relu] public partial Stage Hidden2 { get; }
    [Dense(10)] public partial Stage Logits { get; }
}

[Network(3, 32, 32)]
[Noise<Additive>(Sites.All)]
internal sealed partial class LeNet5Noisy
{
    [Conv2d(6, 5), Relu, AvgPool(2)] public partial Stage Conv1 { get; }
    [Conv2d(16, 5), Relu, AvgPool(2)] public partial Stage Conv2 { get; }
    [Dense(120), Relu] public partial Stage Hidden1 { get; }
    [Dense(84), Relu] public partial Stage Hidden2 { get; }
    [Dense(10)] public partial Stage Logits { get; }
}

[Network(3, 32, 32)]
[Quantize(Bits = 8, Scale = 0.25f)]
internal sealed partial class LeNet5Quantized
{
    [Conv2d(6, 5), Relu, MaxPool(2)] public partial Stage Conv1 { get; }
    [Conv2d(16, 5), Relu, MaxPool(2)] public partial Stage Conv2 { get; }
    [Dense(120), Relu] public partial Stage Hidden1 { get; }
    [Dense(84), Relu] public partial Stage Hidden2 { get; }
    [Dense(10)] public partial Stage Logits { get; }
}

[Network(3, 32, 32)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 4, Scale = 0.25f)]
internal sealed partial class LeNet5Both
{
    [Conv2d(6, 5), Relu, AvgPool(2)] public partial Stage Conv1 { get; }
    [Conv2d(16, 5), Relu, AvgPool(2)] public partial Stage Conv2 { get; }
    [Dense(120), Relu] public partial Stage Hidden1 { get; }
    [Dense(84), Relu] public partial Stage Hidden2 { get; }
    [Dense(10)] public partial Stage Logits { get; }
}
