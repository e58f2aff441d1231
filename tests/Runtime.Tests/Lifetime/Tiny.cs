namespace NoiseGen.Runtime.Tests.Lifetime;

/// <summary>A network that is cheap to create.</summary>
[Network(8)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 8, Scale = 0.1f)]
public sealed partial class Tiny
{
    [Dense(16), BatchNorm, Relu] public partial Stage Hidden { get; }
    [Dense(4)]                   public partial Stage Logits { get; }
}
