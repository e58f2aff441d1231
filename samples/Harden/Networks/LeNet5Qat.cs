using NoiseGen;

namespace Harden;

/// <summary>
/// LeNet-5 with max pools and no biases in the last layer:
/// the network that the authors of arXiv 2501.14531 train with quantizers, for gray images.
/// </summary>
[Network(1, 28, 28)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 8, Activations = ActivationScaling.Learned)]
internal sealed partial class LeNet5QatGray
{
    [Conv2d(6, 5), Relu, MaxPool(2)]  public partial Stage Conv1 { get; }
    [Conv2d(16, 5), Relu, MaxPool(2)] public partial Stage Conv2 { get; }
    [Dense(120), Relu]                public partial Stage Hidden1 { get; }
    [Dense(84), Relu]                 public partial Stage Hidden2 { get; }
    [Dense(10, Bias = false)]         public partial Stage Logits { get; }
}

/// <summary><see cref="LeNet5QatGray"/>, for colour images.</summary>
[Network(3, 32, 32)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 8, Activations = ActivationScaling.Learned)]
internal sealed partial class LeNet5QatColor
{
    [Conv2d(6, 5), Relu, MaxPool(2)]  public partial Stage Conv1 { get; }
    [Conv2d(16, 5), Relu, MaxPool(2)] public partial Stage Conv2 { get; }
    [Dense(120), Relu]                public partial Stage Hidden1 { get; }
    [Dense(84), Relu]                 public partial Stage Hidden2 { get; }
    [Dense(10, Bias = false)]         public partial Stage Logits { get; }
}
