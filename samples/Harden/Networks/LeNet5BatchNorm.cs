using NoiseGen;

namespace Harden;

/// <summary>LeNet-5 with max pools and batch norms, as in arXiv 2212.10430, for gray images.</summary>
[Network(1, 28, 28)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 8, Activations = ActivationScaling.Learned)]
internal sealed partial class LeNet5BatchNormGray
{
    [Conv2d(6, 5), BatchNorm, Relu, MaxPool(2)]  public partial Stage Conv1 { get; }
    [Conv2d(16, 5), BatchNorm, Relu, MaxPool(2)] public partial Stage Conv2 { get; }
    [Dense(120), BatchNorm, Relu]                public partial Stage Hidden1 { get; }
    [Dense(84), BatchNorm, Relu]                 public partial Stage Hidden2 { get; }
    [Dense(10)]                                  public partial Stage Logits { get; }
}

/// <summary><see cref="LeNet5BatchNormGray"/>, for colour images.</summary>
[Network(3, 32, 32)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 8, Activations = ActivationScaling.Learned)]
internal sealed partial class LeNet5BatchNormColor
{
    [Conv2d(6, 5), BatchNorm, Relu, MaxPool(2)]  public partial Stage Conv1 { get; }
    [Conv2d(16, 5), BatchNorm, Relu, MaxPool(2)] public partial Stage Conv2 { get; }
    [Dense(120), BatchNorm, Relu]                public partial Stage Hidden1 { get; }
    [Dense(84), BatchNorm, Relu]                 public partial Stage Hidden2 { get; }
    [Dense(10)]                                  public partial Stage Logits { get; }
}
