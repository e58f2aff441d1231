using NoiseGen;

namespace Harden;

// The input's shape is fixed at compile time, so a network is declared once for gray and once for colour images.
// Training with noise or quantizers is chosen at run time: a sigma of 0 and quantizers without bits cost nothing and change nothing.

/// <summary>LeNet-5 with average pools, as in arXiv 2501.14531, for gray images.</summary>
[Network(1, 28, 28)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 8, Activations = ActivationScaling.Learned)]
internal sealed partial class LeNet5Gray
{
    [Conv2d(6, 5), Relu, AvgPool(2)]  public partial Stage Conv1 { get; }
    [Conv2d(16, 5), Relu, AvgPool(2)] public partial Stage Conv2 { get; }
    [Dense(120), Relu]                public partial Stage Hidden1 { get; }
    [Dense(84), Relu]                 public partial Stage Hidden2 { get; }
    [Dense(10)]                       public partial Stage Logits { get; }
}

/// <summary><see cref="LeNet5Gray"/>, for colour images.</summary>
[Network(3, 32, 32)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 8, Activations = ActivationScaling.Learned)]
internal sealed partial class LeNet5Color
{
    [Conv2d(6, 5), Relu, AvgPool(2)]  public partial Stage Conv1 { get; }
    [Conv2d(16, 5), Relu, AvgPool(2)] public partial Stage Conv2 { get; }
    [Dense(120), Relu]                public partial Stage Hidden1 { get; }
    [Dense(84), Relu]                 public partial Stage Hidden2 { get; }
    [Dense(10)]                       public partial Stage Logits { get; }
}
