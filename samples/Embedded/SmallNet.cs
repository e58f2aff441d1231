using NoiseGen;

namespace Embedded;

/// <summary>A network for a small device: 4-bit weights and activations, with the noise of its memory cells at every site.</summary>
[Network(1, 28, 28)]
[Noise<ConductanceNoise>(Sites.All)]
[Quantize(Bits = 4)]
internal sealed partial class SmallNet
{
    [Conv2d(8, 5, Stride = 2), Relu, AvgPool(2)] public partial Stage Conv { get; }
    [Dense(32), Relu]                            public partial Stage Hidden { get; }
    [Dense(10)]                                  public partial Stage Logits { get; }
}
