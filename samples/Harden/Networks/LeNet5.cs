using NoiseGen;

namespace Harden;

// The shape of the input and the bits are compile-time facts, so each network is declared once for gray and once for colour images, with and without
// quantization. Clean and noisy training share a declaration: noise of sigma 0 costs nothing and changes nothing, and the sweep needs the sites anyway.

/// <summary>LeNet-5 for gray images; the padding gives 28×28 images the feature maps of 32×32 ones.</summary>
[Network(1, 28, 28)]
[Noise<Additive>(Sites.All)]
internal sealed partial class LeNet5Gray
{
    [Conv2d(6, 5, Padding = 2), Relu, AvgPool(2)] public partial Stage Conv1 { get; }
    [Conv2d(16, 5), Relu, AvgPool(2)]             public partial Stage Conv2 { get; }
    [Dense(120), Relu]                            public partial Stage Hidden1 { get; }
    [Dense(84), Relu]                             public partial Stage Hidden2 { get; }
    [Dense(10)]                                   public partial Stage Logits { get; }
}

/// <summary><see cref="LeNet5Gray"/> with weights and activations of 8 bits.</summary>
[Network(1, 28, 28)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 8)]
internal sealed partial class LeNet5GrayQuantized
{
    [Conv2d(6, 5, Padding = 2), Relu, AvgPool(2)] public partial Stage Conv1 { get; }
    [Conv2d(16, 5), Relu, AvgPool(2)]             public partial Stage Conv2 { get; }
    [Dense(120), Relu]                            public partial Stage Hidden1 { get; }
    [Dense(84), Relu]                             public partial Stage Hidden2 { get; }
    [Dense(10)]                                   public partial Stage Logits { get; }
}

/// <summary>LeNet-5 for colour images.</summary>
[Network(3, 32, 32)]
[Noise<Additive>(Sites.All)]
internal sealed partial class LeNet5Color
{
    [Conv2d(6, 5), Relu, AvgPool(2)]  public partial Stage Conv1 { get; }
    [Conv2d(16, 5), Relu, AvgPool(2)] public partial Stage Conv2 { get; }
    [Dense(120), Relu]                public partial Stage Hidden1 { get; }
    [Dense(84), Relu]                 public partial Stage Hidden2 { get; }
    [Dense(10)]                       public partial Stage Logits { get; }
}

/// <summary><see cref="LeNet5Color"/> with weights and activations of 8 bits.</summary>
[Network(3, 32, 32)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 8)]
internal sealed partial class LeNet5ColorQuantized
{
    [Conv2d(6, 5), Relu, AvgPool(2)]  public partial Stage Conv1 { get; }
    [Conv2d(16, 5), Relu, AvgPool(2)] public partial Stage Conv2 { get; }
    [Dense(120), Relu]                public partial Stage Hidden1 { get; }
    [Dense(84), Relu]                 public partial Stage Hidden2 { get; }
    [Dense(10)]                       public partial Stage Logits { get; }
}
