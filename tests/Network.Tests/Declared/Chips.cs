using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen.Tests.Declared;

/// <summary>Phase-change memory everywhere, quantized and noisy.</summary>
[Network(2, 8, 8)]
[Noise<Additive>(Sites.All)]
[Quantize(Bits = 4, Scale = 0.2f)]
[Device<Pcm>]
internal sealed partial class PcmLeNet
{
    [Conv2d(6, 3), Relu, AvgPool(2)] public partial Stage Conv1 { get; }
    [Conv2d(7, 3, Padding = 1), Relu, MaxPool(2)] public partial Stage Conv2 { get; }
    [Dense(11), Relu] public partial Stage Hidden { get; }
    [Dense(5)] public partial Stage Logits { get; }
}

/// <summary>Several kinds of cells, mappings and compensations, and a digital stage.</summary>
[Network(2, 9, 9)]
[Device<Reram>(Mapping = WeightScaling.PerChannel, Compensation = DriftCompensation.PerColumn)]
internal sealed partial class MixedDevices
{
    [Conv2d(5, 3), Relu] public partial Stage Wan { get; }
    [Conv2d(33, 3), Relu, MaxPool(2), Device<Pcm>(Mapping = WeightScaling.ByLayer, Compensation = DriftCompensation.PerColumn)]
    public partial Stage Columns { get; }
    [Dense(9), Relu, Device<Shrinking>(Compensation = DriftCompensation.None)] public partial Stage Custom { get; }
    [Dense(8), Relu, Digital] public partial Stage Exact { get; }
    [Dense(4), Device<Ideal>] public partial Stage Logits { get; }
}

/// <summary>Cells of blocks, and of the projections of their residuals.</summary>
[Network(3, 8, 8)]
[Device<Ideal>]
internal sealed partial class PcmResNet
{
    [Conv2d(4, 3, Padding = 1), BatchNorm, Relu] public partial Stage Stem { get; }
    [Repeat<PcmBlock>(2, Channels = 8, Stride = 2)] public partial Blocks<PcmBlock> Layer1 { get; }
    [Repeat<PcmBlock>(1), Digital] public partial Blocks<PcmBlock> Layer2 { get; }
    [GlobalAvgPool] public partial Stage Pool { get; }
    [Dense(4)] public partial Stage Logits { get; }
}

[Block]
[Device<Pcm>(Compensation = DriftCompensation.PerColumn)]
internal sealed partial class PcmBlock
{
    [Conv2d(Block.Channels, 3, Padding = 1, Stride = Block.Stride), BatchNorm, Relu] public partial Stage Conv1 { get; }
    [Conv2d(Block.Channels, 3, Padding = 1), BatchNorm, Residual, Relu] public partial Stage Conv2 { get; }
}

/// <summary>A device of a user's own: it loses half of its conductance in a day, and reads with a deviation of 1 %.</summary>
internal readonly struct Shrinking : IMemoryDevice
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Programmed(Vector512<float> targets, Vector512<float> samples) =>
        Vector512.FusedMultiplyAdd(samples, Vector512.Create(0.02f), targets);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Aged(
        Vector512<float> programmed, Vector512<float> targets, in CellAge age, Vector512<float> programmingSamples,
        Vector512<float> samples) => programmed / (Vector512<float>.One + age.Seconds * Vector512.Create(1f / 86400f));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ReadDeviation(Vector512<float> aged, Vector512<float> targets, in CellAge age) =>
        aged * Vector512.Create(0.01f);
}
