using NoiseGen;

namespace Harden;

/// <summary>
/// The VGG11 that the authors of arXiv 2501.14531 train with quantizers:
/// a scale per feature of its hidden layers, and no biases in the last one.
/// </summary>
[Network(3, 32, 32)]
[Noise<Additive>]
[Quantize(Bits = 8, Activations = ActivationScaling.Learned, Weights = WeightScaling.PerChannel)]
public sealed partial class Vgg11Qat
{
    [Conv2d(64, 3, Padding = 1), Relu, MaxPool(2)]                                   public partial Stage Conv1 { get; }
    [Conv2d(128, 3, Padding = 1), Relu, MaxPool(2)]                                  public partial Stage Conv2 { get; }
    [Conv2d(256, 3, Padding = 1), Relu]                                              public partial Stage Conv3 { get; }
    [Conv2d(256, 3, Padding = 1), Relu, MaxPool(2)]                                  public partial Stage Conv4 { get; }
    [Conv2d(512, 3, Padding = 1), Relu]                                              public partial Stage Conv5 { get; }
    [Conv2d(512, 3, Padding = 1), Relu, MaxPool(2)]                                  public partial Stage Conv6 { get; }
    [Conv2d(512, 3, Padding = 1), Relu]                                              public partial Stage Conv7 { get; }
    [Conv2d(512, 3, Padding = 1), Relu, MaxPool(2)]                                  public partial Stage Conv8 { get; }
    [Dense(4096), Relu, Dropout(0.5f)]                                               public partial Stage Hidden1 { get; }
    [Dense(4096), Relu, Dropout(0.5f)]                                               public partial Stage Hidden2 { get; }
    [Dense(10, Bias = false), Quantize(Bits = 8, Weights = WeightScaling.PerTensor)] public partial Stage Logits { get; }
}
