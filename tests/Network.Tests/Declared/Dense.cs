namespace NoiseGen.Tests.Declared;

/// <summary>Prime widths: no count divides a register tile.</summary>
[Network(29)]
[Noise<Additive>(Sites.All)]
internal sealed partial class PrimeMlp
{
    [Dense(31), Relu] public partial Stage Hidden1 { get; }
    [Dense(23), Relu] public partial Stage Hidden2 { get; }
    [Dense(7)] public partial Stage Logits { get; }
}

[Network(7)]
internal sealed partial class SingleDense
{
    [Dense(3)] public partial Stage Logits { get; }
}

/// <summary>The minimum of everything.</summary>
[Network(1)]
[Noise<Additive>(Sites.Linear)]
internal sealed partial class OneFeature
{
    [Dense(5), Relu] public partial Stage Hidden { get; }
    [Dense(2)] public partial Stage Logits { get; }
}

/// <summary>
/// Numbers of inputs that fill whole vectors, smaller and larger than those of outputs: weight gradients are computed in place.
/// </summary>
[Network(48)]
internal sealed partial class WholeVectors
{
    [Dense(64), Relu] public partial Stage Hidden1 { get; }
    [Dense(31), Relu] public partial Stage Hidden2 { get; }
    [Dense(5)] public partial Stage Logits { get; }
}

[Network(13)]
[Quantize(Bits = 8, Scale = 0.25f, Weights = WeightScaling.PerChannel)]
internal sealed partial class PerChannelMlp
{
    [Dense(17), Relu] public partial Stage Hidden1 { get; }
    [Dense(11), Relu] public partial Stage Hidden2 { get; }
    [Dense(5)] public partial Stage Logits { get; }
}

/// <summary>A dense layer between convolutions, noise at some of the sites only.</summary>
[Network(1, 6, 6)]
[Noise<Additive>(Sites.Linear | Sites.Pool)]
internal sealed partial class DenseBetween
{
    [Conv2d(3, 3), Relu, MaxPool(2)] public partial Stage Conv1 { get; }
    [Dense(11), Relu] public partial Stage Hidden { get; }
    [Conv2d(5, 1)] public partial Stage Conv2 { get; }
    [Dense(4)] public partial Stage Logits { get; }
}
