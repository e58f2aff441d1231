namespace NoiseGen.Tests.Declared;

/// <summary>Noise that scales values, at every site of a chain: the backward pass has to draw it again.</summary>
[Network(2, 7, 6)]
[Noise<Multiplicative>]
internal sealed partial class Scaled
{
    [Conv2d(5, 3, Padding = 1), Relu, AvgPool(2)] public partial Stage Conv1 { get; }
    [Conv2d(6, 2), BatchNorm, Tanh, MaxPool(2)] public partial Stage Conv2 { get; }
    [Dense(9)] public partial Stage Hidden { get; }
    [Dense(4)] public partial Stage Logits { get; }
}

/// <summary>Two samples per value, in both orders, also at sums and concatenations.</summary>
[Network(2, 6, 5)]
[Noise<Combined>]
internal sealed partial class CombinedNoises
{
    [Conv2d(4, 3, Padding = 1), BatchNorm, Relu] public partial Stage Stem { get; }
    [Conv2d(4, 3, Padding = 1), BatchNorm, Add(nameof(Stem)), LeakyRelu, Noise<CombinedAdditiveFirst>(Sites.Sum | Sites.Linear)]
    public partial Stage Sum { get; }
    [Conv2d(3, 3, Padding = 1), Concat(nameof(Sum)), Relu, AvgPool(2), Noise<Multiplicative>(Sites.Linear | Sites.Pool)]
    public partial Stage Joined { get; }
    [Conv2d(7, 1), Add(nameof(Joined)), Noise<CombinedAdditiveFirst>] public partial Stage Bare { get; }
    [Dense(3)] public partial Stage Logits { get; }
}

/// <summary>Sigma in quantizer steps, and noise that is quantized.</summary>
[Network(3, 6, 6)]
[Quantize(Bits = 4, Scale = 0.125f)]
[Noise<Additive>(Sites.Activation | Sites.Pool, Unit = SigmaUnit.QuantizerStep, BeforeQuantizer = true)]
internal sealed partial class QuantizedNoise
{
    [Conv2d(5, 3), Relu, AvgPool(2)] public partial Stage Conv1 { get; }
    [Dense(9), BatchNorm, Tanh] public partial Stage Hidden1 { get; }
    [Dense(8), Relu, Noise<Multiplicative>(Sites.Activation, BeforeQuantizer = true)] public partial Stage Hidden2 { get; }
    [Dense(4)] public partial Stage Logits { get; }
}

/// <summary>
/// Sigma in units of ranges, wherever noise can enter: in rows that are not whole groups of four values, before a norm, before a quantizer
/// and before a concatenation.
/// </summary>
[Network(3, 7, 6)]
[Noise<Additive>(Unit = SigmaUnit.Range)]
internal sealed partial class Ranged
{
    [Conv2d(5, 3, Padding = 1), BatchNorm, Relu] public partial Stage Stem { get; }
    [Conv2d(5, 3, Padding = 1), Add(nameof(Stem)), LeakyRelu, Quantize(Bits = 6, Scale = 0.125f),
        Noise<Additive>(Sites.Activation, Unit = SigmaUnit.Range, BeforeQuantizer = true)]
    public partial Stage Sum { get; }
    [Conv2d(3, 3, Padding = 1), Concat(nameof(Sum)), Relu, AvgPool(2), Noise<Multiplicative>(Sites.Sum)]
    public partial Stage Joined { get; }
    [Dense(8), Tanh, Noise<Additive>(Sites.Linear)] public partial Stage Hidden { get; }
    [Dense(4)] public partial Stage Logits { get; }
}

/// <summary>Ranges of maps whose last rows no window of the pool covers.</summary>
[Network(1, 17, 2)]
[Noise<Additive>(Unit = SigmaUnit.Range)]
internal sealed partial class RangedUnpooled
{
    [Conv2d(2, 1), Tanh, MaxPool(9, 1)] public partial Stage Conv { get; }
    [Dense(3)] public partial Stage Logits { get; }
}
