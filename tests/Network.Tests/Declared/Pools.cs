namespace NoiseGen.Tests.Declared;

[Network(3, 9, 7)]
[Noise<Additive>(Sites.All)]
internal sealed partial class OverlappingAverages
{
    [Conv2d(3, 3, Padding = 1), Relu, AvgPool(3, Stride = 2, Padding = 1)] public partial Stage Conv1 { get; }
    [Conv2d(5, 1), AvgPool(2, Stride = 1, Padding = 1, CountPadding = false)] public partial Stage Conv2 { get; }
    [Dense(4)] public partial Stage Logits { get; }
}

/// <summary>Stages without a linear operation; the 7×7 map's last row and column are in no window of the 2×2 pool.</summary>
[Network(2, 8, 8)]
[Noise<Additive>(Sites.All)]
internal sealed partial class PoolsAlone
{
    [AvgPool(2, Stride = 1)] public partial Stage Blur { get; }
    [Relu] public partial Stage Cut { get; }
    [MaxPool(2)] public partial Stage Shrink { get; }
    [Dense(3)] public partial Stage Logits { get; }
}

/// <summary>Max pools that overlap at every pixel, directly at the input and after a ReLU whose zeros tie.</summary>
[Network(3, 10, 9)]
internal sealed partial class DenseMaxima
{
    [MaxPool(3, Stride = 1, Padding = 1)] public partial Stage First { get; }
    [Conv2d(5, 3), Relu, MaxPool(3, Stride = 1)] public partial Stage Conv1 { get; }
    [Conv2d(4, 3), Relu, MaxPool(3, Stride = 2, Padding = 1)] public partial Stage Conv2 { get; }
    [Dense(6)] public partial Stage Logits { get; }
}

/// <summary>Pools with gaps between the windows, and one as large as the map.</summary>
[Network(1, 12, 13)]
[Noise<Additive>(Sites.Pool)]
internal sealed partial class SparsePools
{
    [Conv2d(4, 3), Relu, MaxPool(2, Stride = 3)] public partial Stage Conv1 { get; }
    [Conv2d(3, 1), Relu, AvgPool(1, Stride = 2)] public partial Stage Conv2 { get; }
    [Conv2d(5, 1), Relu, AvgPool(2)] public partial Stage Conv3 { get; }
    [Dense(3)] public partial Stage Logits { get; }
}

/// <summary>Rows that no window covers, after an activation whose derivative is stored.</summary>
[Network(2, 9, 9)]
internal sealed partial class Unpooled
{
    [Conv2d(3, 1), Tanh, MaxPool(2)] public partial Stage Conv1 { get; }
    [Conv2d(4, 1), Sigmoid, AvgPool(3)] public partial Stage Conv2 { get; }
    [Dense(3)] public partial Stage Logits { get; }
}
