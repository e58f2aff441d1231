using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen;

/// <summary>
/// Resistive memory, as measured by Wan et al. (Nature 608, 2022) with a largest conductance of 40 µS: a deviation that depends on the
/// target and grows for a day, no drift of the mean, and 1 % of read noise. The polynomials are those of aihwkit's
/// <c>ReRamWan2022NoiseModel</c>.
/// </summary>
/// <remarks>
/// Between the measurements at 1 s, 1 day and 2 days the deviation is linear in ln t; outside it is constant.
/// <see cref="NeuralNetwork.DriftScale"/> multiplies its change since the first second. A chip keeps its samples, so its cells move away
/// from their targets; aihwkit draws new ones at every time.
/// </remarks>
public readonly struct Reram : IMemoryDevice
{
    private const float Day = 86400f, ReadNoise = 0.01f;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Programmed(Vector512<float> targets, Vector512<float> samples) =>
        Vector512.FusedMultiplyAdd(AtOneSecond(targets), samples, targets);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Aged(
        Vector512<float> programmed, Vector512<float> targets, in CellAge age, Vector512<float> programmingSamples,
        Vector512<float> samples)
    {
        Vector512<float> first = AtOneSecond(targets);
        Vector512<float> day = Polynomial(targets, 0.701f, 22.086f, -50.773f, 47.095f, -16.458f);
        Vector512<float> twoDays = Polynomial(targets, 0.782f, 20.274f, -43.507f, 37.062f, -11.934f);
        Vector512<float> change = Share(age.Seconds, 1f, Day) * (day - first) + Share(age.Seconds, Day, 2f * Day) * (twoDays - day);
        return Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(change, age.DriftScale, first), programmingSamples, targets);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ReadDeviation(Vector512<float> aged, Vector512<float> targets, in CellAge age) =>
        aged * Vector512.Create(ReadNoise);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> AtOneSecond(Vector512<float> targets) =>
        Polynomial(targets, 0.348f, 16.030f, -43.853f, 45.393f, -16.815f);

    // How much of the time from a start to an end has passed, in logarithms.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Share(Vector512<float> seconds, float start, float end)
    {
        Vector512<float> time = Vector512.Min(Vector512.Max(seconds, Vector512.Create(start)), Vector512.Create(end));
        return LaneMath.Log(time / Vector512.Create(start)) / LaneMath.Log(Vector512.Create(end / start));
    }

    // Σ cᵢgⁱ in µS, over the largest conductance.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Polynomial(Vector512<float> g, float c0, float c1, float c2, float c3, float c4)
    {
        Vector512<float> sum = Vector512.FusedMultiplyAdd(Vector512.Create(c4), g, Vector512.Create(c3));
        sum = Vector512.FusedMultiplyAdd(sum, g, Vector512.Create(c2));
        sum = Vector512.FusedMultiplyAdd(sum, g, Vector512.Create(c1));
        return Vector512.FusedMultiplyAdd(sum, g, Vector512.Create(c0)) * Vector512.Create(1f / 40f);
    }
}
