namespace NoiseGen.Tests.Declared;

/// <summary>
/// Padded convolutions, an overlapping pool with padding, a map that is not square and whose rows are not a multiple of four values long.
/// </summary>
[Network(1, 7, 5)]
[Noise<Additive>(Sites.All)]
internal sealed partial class Padded
{
    [Conv2d(5, 3, Padding = 1), Relu, MaxPool(3, Stride = 2, Padding = 1)] public partial Stage Conv1 { get; }
    [Conv2d(7, 3, Padding = 1), Relu] public partial Stage Conv2 { get; }
    [Dense(4)] public partial Stage Logits { get; }
}

[Network(3, 13, 11)]
[Noise<Additive>(Sites.Input | Sites.Activation)]
internal sealed partial class Strided
{
    [Conv2d(8, 3, Stride = 2, Padding = 1), Relu] public partial Stage Conv1 { get; }
    [Conv2d(6, 4, Stride = 3, Padding = 2), Relu] public partial Stage Conv2 { get; }
    [Dense(10)] public partial Stage Logits { get; }
}

/// <summary>A stride larger than the kernel: pixels that no window sees.</summary>
[Network(2, 8, 9)]
internal sealed partial class Skipping
{
    [Conv2d(3, 2, Stride = 3), Relu] public partial Stage Conv1 { get; }
    [Conv2d(4, 1, Stride = 2)] public partial Stage Conv2 { get; }
    [Dense(3)] public partial Stage Logits { get; }
}

/// <summary>As <see cref="Skipping"/>, with padding: a single row of pixels may see an output row that is not the first.</summary>
[Network(1, 5, 5)]
internal sealed partial class SkippingPadded
{
    [Conv2d(2, 1)] public partial Stage Conv1 { get; }
    [Conv2d(5, 2, Stride = 3, Padding = 1)] public partial Stage Conv2 { get; }
    [Dense(7)] public partial Stage Logits { get; }
}

/// <summary>Strides that lead far beyond the map, up to the largest integer.</summary>
[Network(2, 5, 5)]
internal sealed partial class FarStrides
{
    [Conv2d(4, 3, Padding = 1), Relu] public partial Stage Conv1 { get; }
    [Conv2d(4, 3, Stride = int.MaxValue, Padding = 2), Relu, MaxPool(1, Stride = int.MaxValue)] public partial Stage Conv2 { get; }
    [Dense(3)] public partial Stage Logits { get; }
}

[Network(2, 9, 8)]
internal sealed partial class EvenKernels
{
    [Conv2d(13, 1), Relu] public partial Stage Conv1 { get; }
    [Conv2d(6, 2), Relu, AvgPool(2)] public partial Stage Conv2 { get; }
    [Conv2d(4, 4, Padding = 1)] public partial Stage Conv3 { get; }
    [Dense(5)] public partial Stage Logits { get; }
}

[Network(5, 6, 7)]
[Noise<Additive>(Sites.All)]
internal sealed partial class OddChannels
{
    [Conv2d(17, 3), Relu] public partial Stage Conv1 { get; }
    [Conv2d(29, 3, Padding = 1), Relu, MaxPool(2)] public partial Stage Conv2 { get; }
    [Conv2d(1, 1)] public partial Stage Conv3 { get; }
    [Dense(3)] public partial Stage Logits { get; }
}

/// <summary>More channels than one register tile holds.</summary>
[Network(4, 5, 5)]
internal sealed partial class ManyChannels
{
    [Conv2d(26, 3), Relu] public partial Stage Conv1 { get; }
    [Conv2d(40, 2), Relu] public partial Stage Conv2 { get; }
    [Dense(33), Relu] public partial Stage Hidden { get; }
    [Dense(10)] public partial Stage Logits { get; }
}

/// <summary>Stages without an activation, with and without a pool.</summary>
[Network(3, 8, 8)]
[Noise<Additive>(Sites.Linear)]
internal sealed partial class Bare
{
    [Conv2d(4, 3)] public partial Stage Conv1 { get; }
    [Conv2d(6, 3), AvgPool(2)] public partial Stage Conv2 { get; }
    [Dense(9)] public partial Stage Hidden { get; }
    [Dense(5)] public partial Stage Logits { get; }
}

/// <summary>Maps of one pixel; the logits come from a convolution.</summary>
[Network(6, 1, 1)]
[Noise<Additive>(Sites.All)]
internal sealed partial class OnePixel
{
    [Conv2d(7, 1), Relu] public partial Stage Conv1 { get; }
    [Conv2d(9, 3, Padding = 1), Relu] public partial Stage Conv2 { get; }
    [Conv2d(4, 1)] public partial Stage Logits { get; }
}

[Network(2, 5, 5)]
[Noise<Additive>(Sites.Input)]
internal sealed partial class SingleConvolution
{
    [Conv2d(4, 5)] public partial Stage Logits { get; }
}

/// <summary>A stride so long that only the first window fits: most input pixels have no gradient.</summary>
[Network(2, 5, 5)]
[Noise<Additive>]
internal sealed partial class EndlessStride
{
    [Conv2d(3, 2), Relu]                                     public partial Stage First { get; }
    [Conv2d(4, 3, Stride = int.MaxValue, Padding = 1), Relu] public partial Stage Second { get; }
    [Dense(3)]                                               public partial Stage Logits { get; }
}
