namespace NoiseGen.Tests.Declared;

/// <summary>
/// Convolutions wide enough for Winograd's transforms: maps that are not square, channels that tiles do not divide, sums to which gradients
/// are added. All operations are smooth: a large batch with norms cannot stay away from so many kinks.
/// </summary>
[Network(12, 8, 6)]
[Noise<Additive>]
internal sealed partial class Squares
{
    [Conv2d(17, 3, Padding = 1), BatchNorm, Tanh] public partial Stage Conv1 { get; }
    [Conv2d(17, 3, Padding = 1), BatchNorm, Add(nameof(Conv1)), Sigmoid] public partial Stage Conv2 { get; }
    [Conv2d(29, 3, Padding = 1), Tanh, AvgPool(2)] public partial Stage Conv3 { get; }
    [From(nameof(Conv2)), Conv2d(13, 3, Padding = 1), Tanh] public partial Stage Conv4 { get; }
    [Conv2d(14, 3, Padding = 1), Concat(nameof(Conv4)), AvgPool(2)] public partial Stage Conv5 { get; }
    [Concat(nameof(Conv3))] public partial Stage Joined { get; }
    [Dense(5)] public partial Stage Logits { get; }
}

/// <summary>
/// Maps that divide into 4×4 Winograd tiles, several in a row and below each other; a pool that takes four rows and one that leaves room
/// for two; sums to which gradients are added.
/// </summary>
[Network(12, 12, 8)]
[Noise<Additive>]
internal sealed partial class LargeSquares
{
    [Conv2d(17, 3, Padding = 1), BatchNorm, Tanh] public partial Stage Conv1 { get; }
    [Conv2d(17, 3, Padding = 1), Add(nameof(Conv1)), Sigmoid] public partial Stage Conv2 { get; }
    [Conv2d(13, 3, Padding = 1, Bias = false), Tanh, AvgPool(2)] public partial Stage Conv3 { get; }
    [From(nameof(Conv2)), Conv2d(14, 3, Padding = 1), Tanh, AvgPool(4)] public partial Stage Conv4 { get; }
    [From(nameof(Conv3)), Conv2d(13, 3, Padding = 1), Tanh, AvgPool(2)] public partial Stage Conv5 { get; }
    [Concat(nameof(Conv4))] public partial Stage Joined { get; }
    [Dense(5)] public partial Stage Logits { get; }
}

/// <summary>Several Winograd tiles at a time, quantized weights and activations, and biases that are declared off.</summary>
[Network(3, 8, 8)]
[Quantize(Bits = 8, Scale = 0.05f)]
internal sealed partial class QuantizedSquares
{
    [Conv2d(12, 3, Padding = 1), Relu] public partial Stage Conv1 { get; }
    [Conv2d(16, 3, Padding = 1, Bias = false), AvgPool(2)] public partial Stage Conv2 { get; }
    [Conv2d(13, 3, Padding = 1), Relu, MaxPool(2)] public partial Stage Conv3 { get; }
    [Dense(7)] public partial Stage Logits { get; }
}

/// <summary>The same kinds of maps without the transforms.</summary>
[Network(12, 8, 6, Winograd = false)]
internal sealed partial class DirectSquares
{
    [Conv2d(17, 3, Padding = 1), BatchNorm, Tanh] public partial Stage Conv1 { get; }
    [Conv2d(17, 3, Padding = 1), Tanh] public partial Stage Conv2 { get; }
    [Dense(5)] public partial Stage Logits { get; }
}

/// <summary>
/// Weight gradients by 2×2 Winograd tiles, with two and four groups of sixteen channels and several tiles of outputs; those of the first
/// and the last convolution are direct.
/// </summary>
[Network(3, 6, 8)]
internal sealed partial class SquareGradients
{
    [Conv2d(32, 3, Padding = 1), Tanh] public partial Stage Conv1 { get; }
    [Conv2d(64, 3, Padding = 1), BatchNorm, Tanh] public partial Stage Conv2 { get; }
    [Conv2d(32, 3, Padding = 1, Bias = false), Sigmoid, AvgPool(2)] public partial Stage Conv3 { get; }
    [Conv2d(32, 3, Padding = 1), Tanh] public partial Stage Conv4 { get; }
    [Dense(5)] public partial Stage Logits { get; }
}

/// <summary>
/// Weight gradients by 4×4 Winograd tiles, one to four of them, and by middle products; three groups of sixteen channels; a map of 2×2 that
/// two convolutions read.
/// </summary>
[Network(3, 8, 8)]
internal sealed partial class LargeSquareGradients
{
    [Conv2d(32, 3, Padding = 1), Tanh] public partial Stage Conv1 { get; }
    [Conv2d(64, 3, Padding = 1), BatchNorm, Tanh, AvgPool(2)] public partial Stage Conv2 { get; }
    [Conv2d(48, 3, Padding = 1, Bias = false), Sigmoid, AvgPool(2)] public partial Stage Conv3 { get; }
    [Conv2d(64, 3, Padding = 1), Tanh] public partial Stage Conv4 { get; }
    [From(nameof(Conv3)), Conv2d(13, 3, Padding = 1), Tanh] public partial Stage Conv5 { get; }
    [Concat(nameof(Conv4))] public partial Stage Joined { get; }
    [Dense(5)] public partial Stage Logits { get; }
}
