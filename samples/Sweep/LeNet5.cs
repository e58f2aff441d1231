using NoiseGen;

[Network(1, 28, 28)]
[Noise<Additive>(Sites.All)]
internal sealed partial class LeNet5
{
    [Conv2d(6, 5, Padding = 2), Relu, AvgPool(2)] public partial Stage Conv1 { get; }

    [Conv2d(16, 5), Relu, AvgPool(2)] public partial Stage Conv2 { get; }

    [Dense(120), Relu] public partial Stage Hidden1 { get; }

    [Dense(84), Relu] public partial Stage Hidden2 { get; }

    [Dense(10)] public partial Stage Logits { get; }
}
