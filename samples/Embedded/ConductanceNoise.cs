using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NoiseGen;

namespace Embedded;

/// <summary>
/// The read noise of analog memory cells: it grows with the value that a pair of cells holds, but not below a floor,
/// since a cell that is switched off conducts a little all the same. y = x + σ·max(|x|, 0.1)·ε.
/// </summary>
internal readonly struct ConductanceNoise : INoise
{
    // Of a range of about 1: memory cells are switched off to a tenth of what they conduct when they are on, at worst.
    private const float Floor = 0.1f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Apply(Vector512<float> values, Vector512<float> sigma, Vector512<float> samples) =>
        Vector512.FusedMultiplyAdd(samples, sigma * Vector512.Max(Vector512.Abs(values), Vector512.Create(Floor)), values);
}
