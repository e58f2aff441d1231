using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NoiseGen;

namespace Embedded;

/// <summary>
/// The read noise of analog memory cells. It grows with the value that a pair of cells stores, but has a floor,
/// because a cell that is switched off still conducts a little. y = x + σ·max(|x|, 0.1)·ε.
/// </summary>
internal readonly struct ConductanceNoise : INoise
{
    // For a range of about 1: a cell that is off conducts at most a tenth of what it conducts when it is on.
    private const float Floor = 0.1f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Apply(Vector512<float> values, Vector512<float> sigma, Vector512<float> samples) =>
        Vector512.FusedMultiplyAdd(samples, sigma * Vector512.Max(Vector512.Abs(values), Vector512.Create(Floor)), values);
}
