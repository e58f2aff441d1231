namespace NoiseGen.Benchmarks.Networks;

/// <summary>Three hidden layers of 256 with batch norms, as in arXiv 2501.14531.</summary>
[Network(1, 28, 28)]
public sealed partial class MlpClean
{
    [Dense(256), BatchNorm, Relu] public partial Stage Hidden1 { get; }
    [Dense(256), BatchNorm, Relu] public partial Stage Hidden2 { get; }
    [Dense(256), BatchNorm, Relu] public partial Stage Hidden3 { get; }
    [Dense(10)]                   public partial Stage Logits { get; }
}

/// <summary>The same with noise at all sites.</summary>
[Network(1, 28, 28)]
[Noise<Additive>]
public sealed partial class MlpNoise
{
    [Dense(256), BatchNorm, Relu] public partial Stage Hidden1 { get; }
    [Dense(256), BatchNorm, Relu] public partial Stage Hidden2 { get; }
    [Dense(256), BatchNorm, Relu] public partial Stage Hidden3 { get; }
    [Dense(10)]                   public partial Stage Logits { get; }
}

/// <summary>The same with weights and activations of 8 bits.</summary>
[Network(1, 28, 28)]
[Quantize(Bits = 8)]
public sealed partial class MlpQat8
{
    [Dense(256), BatchNorm, Relu] public partial Stage Hidden1 { get; }
    [Dense(256), BatchNorm, Relu] public partial Stage Hidden2 { get; }
    [Dense(256), BatchNorm, Relu] public partial Stage Hidden3 { get; }
    [Dense(10)]                   public partial Stage Logits { get; }
}

/// <summary>The same with both.</summary>
[Network(1, 28, 28)]
[Noise<Additive>]
[Quantize(Bits = 8)]
public sealed partial class MlpQat8Noise
{
    [Dense(256), BatchNorm, Relu] public partial Stage Hidden1 { get; }
    [Dense(256), BatchNorm, Relu] public partial Stage Hidden2 { get; }
    [Dense(256), BatchNorm, Relu] public partial Stage Hidden3 { get; }
    [Dense(10)]                   public partial Stage Logits { get; }
}
