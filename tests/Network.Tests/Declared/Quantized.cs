namespace NoiseGen.Tests.Declared;

[Network(2, 8, 8)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 4, Scale = 0.2f, Weights = WeightScaling.PerTensor)]
internal sealed partial class FourBits
{
    [Conv2d(6, 3), Relu, MaxPool(2)] public partial Stage Conv1 { get; }
    [Conv2d(5, 3, Padding = 1), Relu] public partial Stage Conv2 { get; }
    [Dense(5)] public partial Stage Logits { get; }
}

[Network(1, 5, 6)]
[Quantize(Bits = 16, Scale = 0.0625f)]
internal sealed partial class SixteenBits
{
    [Conv2d(3, 3), Relu] public partial Stage Conv1 { get; }
    [Dense(9), Relu] public partial Stage Hidden { get; }
    [Dense(4)] public partial Stage Logits { get; }
}

/// <summary>The fewest bits: weights of −s, 0, s and activations of 0 and s.</summary>
[Network(3, 6, 6)]
[Noise<Additive>(Sites.Input | Sites.Pool)]
[Quantize(WeightBits = 2, ActivationBits = 1, Scale = 0.5f)]
internal sealed partial class FewestBits
{
    [Conv2d(8, 3), Relu, AvgPool(2)] public partial Stage Conv1 { get; }
    [Dense(12), Relu] public partial Stage Hidden { get; }
    [Dense(4)] public partial Stage Logits { get; }
}

/// <summary>
/// A quantizer whose step is small relative to the values, so that many of them are clipped, and tied levels in overlapping pools.
/// </summary>
[Network(2, 9, 9)]
[Quantize(Bits = 3, Scale = 0.1f)]
internal sealed partial class Clipped
{
    [Conv2d(4, 3, Padding = 1), Relu, MaxPool(3, Stride = 2, Padding = 1)] public partial Stage Conv1 { get; }
    [Conv2d(5, 2), Relu, AvgPool(2, Padding = 1, CountPadding = false)] public partial Stage Conv2 { get; }
    [Dense(4)] public partial Stage Logits { get; }
}

/// <summary>A quantizer after an activation that has no layer before it.</summary>
[Network(3, 6, 5)]
[Noise<Additive>(Sites.Input)]
[Quantize(Bits = 5, Scale = 0.25f)]
internal sealed partial class QuantizedInput
{
    [Relu] public partial Stage Cut { get; }
    [Conv2d(4, 3), Relu] public partial Stage Conv { get; }
    [Dense(3)] public partial Stage Logits { get; }
}

/// <summary>Stages with policies of their own.</summary>
[Network(2, 10, 10)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 8, Scale = 0.25f)]
internal sealed partial class Exceptions
{
    [Conv2d(3, 3), Relu, MaxPool(2), NoQuantize] public partial Stage Conv1 { get; }
    [Conv2d(5, 3), Relu, NoNoise] public partial Stage Conv2 { get; }
    [Dense(7), Relu, NoNoise(Sites.Linear), Quantize(Bits = 6, Scale = 0.125f)] public partial Stage Hidden1 { get; }
    [Dense(9), Relu, NoQuantize, NoNoise] public partial Stage Hidden2 { get; }
    [Dense(4), NoQuantize] public partial Stage Logits { get; }
}

/// <summary>Policies that only a stage has.</summary>
[Network(4, 4, 4)]
internal sealed partial class StagePolicies
{
    [Conv2d(6, 3, Padding = 1), Relu, AvgPool(2), Noise<Additive>(Sites.Pool)] public partial Stage Conv { get; }
    [Dense(8), Relu, Quantize(Bits = 7, Scale = 0.25f), Noise<Additive>(Sites.Linear | Sites.Activation)]
    public partial Stage Hidden { get; }
    [Dense(3)] public partial Stage Logits { get; }
}

/// <summary>Every operation in one small network: the tests for equal bits run it, also with emulated vectors.</summary>
[Network(2, 8, 7)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 6, Scale = 0.125f)]
internal sealed partial class Everything
{
    [Conv2d(5, 3, Padding = 1), Relu, MaxPool(3, Stride = 2, Padding = 1)] public partial Stage Conv1 { get; }
    [Conv2d(7, 2), Relu, AvgPool(2, Padding = 1)] public partial Stage Conv2 { get; }
    [Dense(6), Relu] public partial Stage Hidden { get; }
    [Dense(3)] public partial Stage Logits { get; }
}
