using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen;

/// <summary>Cells that hold exactly what they were programmed to: for stuck cells alone.</summary>
public readonly struct Ideal : IMemoryDevice
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Programmed(Vector512<float> targets, Vector512<float> samples) => targets;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Aged(
        Vector512<float> programmed, Vector512<float> targets, in CellAge age, Vector512<float> programmingSamples,
        Vector512<float> samples) => programmed;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ReadDeviation(Vector512<float> aged, Vector512<float> targets, in CellAge age) => Vector512<float>.Zero;
}
