using NoiseGen;

namespace Harden;

/// <summary>SFC of arXiv 2212.10430: three hidden layers of 256 with batch norms, for gray images.</summary>
[Network(1, 28, 28)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 8, Activations = ActivationScaling.Learned)]
internal sealed partial class MlpGray
{
    [Dense(256), BatchNorm, Relu] public partial Stage Hidden1 { get; }
    [Dense(256), BatchNorm, Relu] public partial Stage Hidden2 { get; }
    [Dense(256), BatchNorm, Relu] public partial Stage Hidden3 { get; }
    [Dense(10)]                   public partial Stage Logits { get; }
}

/// <summary><see cref="MlpGray"/>, for colour images.</summary>
[Network(3, 32, 32)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 8, Activations = ActivationScaling.Learned)]
internal sealed partial class MlpColor
{
    [Dense(256), BatchNorm, Relu] public partial Stage Hidden1 { get; }
    [Dense(256), BatchNorm, Relu] public partial Stage Hidden2 { get; }
    [Dense(256), BatchNorm, Relu] public partial Stage Hidden3 { get; }
    [Dense(10)]                   public partial Stage Logits { get; }
}
