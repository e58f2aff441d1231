using NoiseGen;

namespace Harden;

/// <summary>CNN-S, the keyword spotter of arXiv 2503.16183: from ten coefficients of 49 frames of speech to twelve words.</summary>
[Network(1, 10, 49)]
[Noise<Additive>]
[Quantize(Bits = 8, Activations = ActivationScaling.Learned)]
public sealed partial class CnnS
{
    [Conv2d(28, 4, 10, StrideWidth = 2), Relu] public partial Stage Conv1 { get; }
    [Conv2d(30, 4, 10), Relu]                  public partial Stage Conv2 { get; }
    [Dense(128), Relu]                         public partial Stage Hidden { get; }
    [Dense(12)]                                public partial Stage Logits { get; }
}
