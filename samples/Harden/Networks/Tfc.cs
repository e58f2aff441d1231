using NoiseGen;

namespace Harden;

/// <summary>TFC of arXiv 2212.10430 without batch norms: three hidden layers of 64, for gray images.</summary>
[Network(1, 28, 28)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 8, Activations = ActivationScaling.Learned)]
internal sealed partial class TfcGray
{
    [Dense(64), Relu] public partial Stage Hidden1 { get; }
    [Dense(64), Relu] public partial Stage Hidden2 { get; }
    [Dense(64), Relu] public partial Stage Hidden3 { get; }
    [Dense(10)]       public partial Stage Logits { get; }
}

/// <summary><see cref="TfcGray"/>, for colour images.</summary>
[Network(3, 32, 32)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 8, Activations = ActivationScaling.Learned)]
internal sealed partial class TfcColor
{
    [Dense(64), Relu] public partial Stage Hidden1 { get; }
    [Dense(64), Relu] public partial Stage Hidden2 { get; }
    [Dense(64), Relu] public partial Stage Hidden3 { get; }
    [Dense(10)]       public partial Stage Logits { get; }
}
