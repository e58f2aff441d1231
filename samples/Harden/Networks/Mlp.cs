using NoiseGen;

namespace Harden;

/// <summary>Three hidden layers of 256 with batch norms (arXiv 2501.14531) for gray images.</summary>
[Network(1, 28, 28)]
[Noise<Additive>(Sites.All)]
internal sealed partial class MlpGray
{
    [Dense(256), BatchNorm, Relu] public partial Stage Hidden1 { get; }
    [Dense(256), BatchNorm, Relu] public partial Stage Hidden2 { get; }
    [Dense(256), BatchNorm, Relu] public partial Stage Hidden3 { get; }
    [Dense(10)]                   public partial Stage Logits { get; }
}

/// <summary><see cref="MlpGray"/> with weights and activations of 8 bits.</summary>
[Network(1, 28, 28)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 8)]
internal sealed partial class MlpGrayQuantized
{
    [Dense(256), BatchNorm, Relu] public partial Stage Hidden1 { get; }
    [Dense(256), BatchNorm, Relu] public partial Stage Hidden2 { get; }
    [Dense(256), BatchNorm, Relu] public partial Stage Hidden3 { get; }
    [Dense(10)]                   public partial Stage Logits { get; }
}

/// <summary>Three hidden layers of 256 with batch norms (arXiv 2501.14531) for colour images.</summary>
[Network(3, 32, 32)]
[Noise<Additive>(Sites.All)]
internal sealed partial class MlpColor
{
    [Dense(256), BatchNorm, Relu] public partial Stage Hidden1 { get; }
    [Dense(256), BatchNorm, Relu] public partial Stage Hidden2 { get; }
    [Dense(256), BatchNorm, Relu] public partial Stage Hidden3 { get; }
    [Dense(10)]                   public partial Stage Logits { get; }
}

/// <summary><see cref="MlpColor"/> with weights and activations of 8 bits.</summary>
[Network(3, 32, 32)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 8)]
internal sealed partial class MlpColorQuantized
{
    [Dense(256), BatchNorm, Relu] public partial Stage Hidden1 { get; }
    [Dense(256), BatchNorm, Relu] public partial Stage Hidden2 { get; }
    [Dense(256), BatchNorm, Relu] public partial Stage Hidden3 { get; }
    [Dense(10)]                   public partial Stage Logits { get; }
}
