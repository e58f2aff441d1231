using NoiseGen;

namespace Harden;

// What --experiment qat-scales compares, beside LeNet5MaxPoolGrayQuantized and LeNet5MaxPoolColorQuantized: bits are compile-time facts.

/// <summary>4 bits and a constant scale, for gray images.</summary>
[Network(1, 28, 28)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 4)]
internal sealed partial class LeNet5MaxPoolGray4Bits
{
    [Conv2d(6, 5, Padding = 2), Relu, MaxPool(2)] public partial Stage Conv1 { get; }
    [Conv2d(16, 5), Relu, MaxPool(2)]             public partial Stage Conv2 { get; }
    [Dense(120), Relu]                            public partial Stage Hidden1 { get; }
    [Dense(84), Relu]                             public partial Stage Hidden2 { get; }
    [Dense(10)]                                   public partial Stage Logits { get; }
}

/// <summary>4 bits and a constant scale, for colour images.</summary>
[Network(3, 32, 32)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 4)]
internal sealed partial class LeNet5MaxPoolColor4Bits
{
    [Conv2d(6, 5), Relu, MaxPool(2)]  public partial Stage Conv1 { get; }
    [Conv2d(16, 5), Relu, MaxPool(2)] public partial Stage Conv2 { get; }
    [Dense(120), Relu]                public partial Stage Hidden1 { get; }
    [Dense(84), Relu]                 public partial Stage Hidden2 { get; }
    [Dense(10)]                       public partial Stage Logits { get; }
}

/// <summary>16 bits and a constant scale, for gray images.</summary>
[Network(1, 28, 28)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 16)]
internal sealed partial class LeNet5MaxPoolGray16Bits
{
    [Conv2d(6, 5, Padding = 2), Relu, MaxPool(2)] public partial Stage Conv1 { get; }
    [Conv2d(16, 5), Relu, MaxPool(2)]             public partial Stage Conv2 { get; }
    [Dense(120), Relu]                            public partial Stage Hidden1 { get; }
    [Dense(84), Relu]                             public partial Stage Hidden2 { get; }
    [Dense(10)]                                   public partial Stage Logits { get; }
}

/// <summary>16 bits and a constant scale, for colour images.</summary>
[Network(3, 32, 32)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 16)]
internal sealed partial class LeNet5MaxPoolColor16Bits
{
    [Conv2d(6, 5), Relu, MaxPool(2)]  public partial Stage Conv1 { get; }
    [Conv2d(16, 5), Relu, MaxPool(2)] public partial Stage Conv2 { get; }
    [Dense(120), Relu]                public partial Stage Hidden1 { get; }
    [Dense(84), Relu]                 public partial Stage Hidden2 { get; }
    [Dense(10)]                       public partial Stage Logits { get; }
}

/// <summary>4 bits and a learned scale, for gray images.</summary>
[Network(1, 28, 28)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 4, Activations = ActivationScaling.Learned)]
internal sealed partial class LeNet5MaxPoolGray4BitsLearned
{
    [Conv2d(6, 5, Padding = 2), Relu, MaxPool(2)] public partial Stage Conv1 { get; }
    [Conv2d(16, 5), Relu, MaxPool(2)]             public partial Stage Conv2 { get; }
    [Dense(120), Relu]                            public partial Stage Hidden1 { get; }
    [Dense(84), Relu]                             public partial Stage Hidden2 { get; }
    [Dense(10)]                                   public partial Stage Logits { get; }
}

/// <summary>4 bits and a learned scale, for colour images.</summary>
[Network(3, 32, 32)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 4, Activations = ActivationScaling.Learned)]
internal sealed partial class LeNet5MaxPoolColor4BitsLearned
{
    [Conv2d(6, 5), Relu, MaxPool(2)]  public partial Stage Conv1 { get; }
    [Conv2d(16, 5), Relu, MaxPool(2)] public partial Stage Conv2 { get; }
    [Dense(120), Relu]                public partial Stage Hidden1 { get; }
    [Dense(84), Relu]                 public partial Stage Hidden2 { get; }
    [Dense(10)]                       public partial Stage Logits { get; }
}

/// <summary>8 bits and a learned scale, for gray images.</summary>
[Network(1, 28, 28)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 8, Activations = ActivationScaling.Learned)]
internal sealed partial class LeNet5MaxPoolGray8BitsLearned
{
    [Conv2d(6, 5, Padding = 2), Relu, MaxPool(2)] public partial Stage Conv1 { get; }
    [Conv2d(16, 5), Relu, MaxPool(2)]             public partial Stage Conv2 { get; }
    [Dense(120), Relu]                            public partial Stage Hidden1 { get; }
    [Dense(84), Relu]                             public partial Stage Hidden2 { get; }
    [Dense(10)]                                   public partial Stage Logits { get; }
}

/// <summary>8 bits and a learned scale, for colour images.</summary>
[Network(3, 32, 32)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 8, Activations = ActivationScaling.Learned)]
internal sealed partial class LeNet5MaxPoolColor8BitsLearned
{
    [Conv2d(6, 5), Relu, MaxPool(2)]  public partial Stage Conv1 { get; }
    [Conv2d(16, 5), Relu, MaxPool(2)] public partial Stage Conv2 { get; }
    [Dense(120), Relu]                public partial Stage Hidden1 { get; }
    [Dense(84), Relu]                 public partial Stage Hidden2 { get; }
    [Dense(10)]                       public partial Stage Logits { get; }
}

/// <summary>16 bits and a learned scale, for gray images.</summary>
[Network(1, 28, 28)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 16, Activations = ActivationScaling.Learned)]
internal sealed partial class LeNet5MaxPoolGray16BitsLearned
{
    [Conv2d(6, 5, Padding = 2), Relu, MaxPool(2)] public partial Stage Conv1 { get; }
    [Conv2d(16, 5), Relu, MaxPool(2)]             public partial Stage Conv2 { get; }
    [Dense(120), Relu]                            public partial Stage Hidden1 { get; }
    [Dense(84), Relu]                             public partial Stage Hidden2 { get; }
    [Dense(10)]                                   public partial Stage Logits { get; }
}

/// <summary>16 bits and a learned scale, for colour images.</summary>
[Network(3, 32, 32)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 16, Activations = ActivationScaling.Learned)]
internal sealed partial class LeNet5MaxPoolColor16BitsLearned
{
    [Conv2d(6, 5), Relu, MaxPool(2)]  public partial Stage Conv1 { get; }
    [Conv2d(16, 5), Relu, MaxPool(2)] public partial Stage Conv2 { get; }
    [Dense(120), Relu]                public partial Stage Hidden1 { get; }
    [Dense(84), Relu]                 public partial Stage Hidden2 { get; }
    [Dense(10)]                       public partial Stage Logits { get; }
}
