namespace NoiseGen.Tests.Declared;

/// <summary>
/// Outputs after norms that are large enough to be discarded and recomputed for the weight gradients: with masks, with slopes, quantized,
/// also read by a sum. The outputs of a sum, and of a stage that two convolutions read, are kept.
/// </summary>
[Network(2, 16, 16)]
internal sealed partial class Recomputed
{
    [Conv2d(8, 3, Padding = 1), BatchNorm, Relu] public partial Stage Conv1 { get; }
    [Conv2d(9, 3, Padding = 1), BatchNorm, Tanh] public partial Stage Conv2 { get; }
    [Conv2d(8, 3, Padding = 1), BatchNorm, Relu, Quantize(Bits = 4, Scale = 0.2f)] public partial Stage Conv3 { get; }
    [Conv2d(8, 3, Padding = 1), BatchNorm, Add(nameof(Conv1)), Relu] public partial Stage Conv4 { get; }
    [Conv2d(8, 3, Padding = 1), BatchNorm, Relu] public partial Stage Conv5 { get; }
    [Conv2d(4, 3, Padding = 1, Stride = 2), BatchNorm, Relu] public partial Stage Conv6 { get; }
    [From(nameof(Conv5)), Conv2d(4, 1, Stride = 2), BatchNorm, Add(nameof(Conv6)), Relu] public partial Stage Joined { get; }
    [Dense(5)] public partial Stage Logits { get; }
}

/// <summary>The same network with noise, which would have to be drawn a second time: all outputs are kept.</summary>
[Network(2, 16, 16)]
[Noise<Additive>]
internal sealed partial class Kept
{
    [Conv2d(8, 3, Padding = 1), BatchNorm, Relu] public partial Stage Conv1 { get; }
    [Conv2d(9, 3, Padding = 1), BatchNorm, Tanh] public partial Stage Conv2 { get; }
    [Conv2d(8, 3, Padding = 1), BatchNorm, Relu, Quantize(Bits = 4, Scale = 0.2f)] public partial Stage Conv3 { get; }
    [Conv2d(8, 3, Padding = 1), BatchNorm, Add(nameof(Conv1)), Relu] public partial Stage Conv4 { get; }
    [Conv2d(8, 3, Padding = 1), BatchNorm, Relu] public partial Stage Conv5 { get; }
    [Conv2d(4, 3, Padding = 1, Stride = 2), BatchNorm, Relu] public partial Stage Conv6 { get; }
    [From(nameof(Conv5)), Conv2d(4, 1, Stride = 2), BatchNorm, Add(nameof(Conv6)), Relu] public partial Stage Joined { get; }
    [Dense(5)] public partial Stage Logits { get; }
}

/// <summary>
/// Discarded outputs, read by stages without norms whose gradients come from pools and concatenations: the output is recomputed before
/// those gradients are read.
/// </summary>
[Network(3, 32, 32)]
internal sealed partial class RecomputedBeforePools
{
    [Conv2d(8, 3, Padding = 1), BatchNorm, Relu] public partial Stage Conv1 { get; }
    [Conv2d(8, 3, Padding = 1), Relu, MaxPool(2)] public partial Stage Pooled { get; }
    [BatchNorm, Relu] public partial Stage Before { get; }
    [Conv2d(4, 3, Padding = 1), Concat(nameof(Pooled))] public partial Stage Grown { get; }
    [BatchNorm, Tanh] public partial Stage Shrinking { get; }
    [Conv2d(6, 1), AvgPool(2)] public partial Stage Shrunk { get; }
    [Conv2d(4, 1), BatchNorm, Relu] public partial Stage Last { get; }
    [Dense(4)] public partial Stage Logits { get; }
}
