using NoiseGen;

namespace Harden;

/// <summary>LeNet-5 with max pools and batch norms, as in arXiv 2212.10430, for gray images.</summary>
[Network(1, 28, 28)]
[Noise<Additive>(Sites.All)]
internal sealed partial class LeNet5BatchNormGray
{
    [Conv2d(6, 5, Padding = 2), BatchNorm, Relu, MaxPool(2)] public partial Stage Conv1 { get; }
    [Conv2d(16, 5), BatchNorm, Relu, MaxPool(2)]             public partial Stage Conv2 { get; }
    [Dense(120), BatchNorm, Relu]                            public partial Stage Hidden1 { get; }
    [Dense(84), BatchNorm, Relu]                             public partial Stage Hidden2 { get; }
    [Dense(10)]                                              public partial Stage Logits { get; }
}

/// <summary>LeNet-5 with max pools and batch norms, as in arXiv 2212.10430, for colour images.</summary>
[Network(3, 32, 32)]
[Noise<Additive>(Sites.All)]
internal sealed partial class LeNet5BatchNormColor
{
    [Conv2d(6, 5), BatchNorm, Relu, MaxPool(2)]  public partial Stage Conv1 { get; }
    [Conv2d(16, 5), BatchNorm, Relu, MaxPool(2)] public partial Stage Conv2 { get; }
    [Dense(120), BatchNorm, Relu]                public partial Stage Hidden1 { get; }
    [Dense(84), BatchNorm, Relu]                 public partial Stage Hidden2 { get; }
    [Dense(10)]                                  public partial Stage Logits { get; }
}

/// <summary>The same with weights and activations of 8 bits, for gray images.</summary>
[Network(1, 28, 28)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 8)]
internal sealed partial class LeNet5BatchNormGrayQuantized
{
    [Conv2d(6, 5, Padding = 2), BatchNorm, Relu, MaxPool(2)] public partial Stage Conv1 { get; }
    [Conv2d(16, 5), BatchNorm, Relu, MaxPool(2)]             public partial Stage Conv2 { get; }
    [Dense(120), BatchNorm, Relu]                            public partial Stage Hidden1 { get; }
    [Dense(84), BatchNorm, Relu]                             public partial Stage Hidden2 { get; }
    [Dense(10)]                                              public partial Stage Logits { get; }
}

/// <summary>The same with weights and activations of 8 bits, for colour images.</summary>
[Network(3, 32, 32)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 8)]
internal sealed partial class LeNet5BatchNormColorQuantized
{
    [Conv2d(6, 5), BatchNorm, Relu, MaxPool(2)]  public partial Stage Conv1 { get; }
    [Conv2d(16, 5), BatchNorm, Relu, MaxPool(2)] public partial Stage Conv2 { get; }
    [Dense(120), BatchNorm, Relu]                public partial Stage Hidden1 { get; }
    [Dense(84), BatchNorm, Relu]                 public partial Stage Hidden2 { get; }
    [Dense(10)]                                  public partial Stage Logits { get; }
}
