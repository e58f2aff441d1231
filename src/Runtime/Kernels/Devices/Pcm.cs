using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen;

/// <summary>
/// Phase-change memory: programming noise, drift and 1/f read noise as measured by Nandakumar et al. (2019) and Joshi et al. (2020,
/// arXiv 1906.03138), with a largest conductance of 25 µS. The formulas are those of aihwkit's <c>PCMLikeNoiseModel</c>.
/// </summary>
/// <remarks>
/// The conductance g decays as g·((t + 20 s) / 20 s)^−ν, with ν = |µ + σε|, where µ and σ depend on the target. Read noise is
/// g·Q·√ln((t + 20 s + t_r) / (2 t_r)), with a read of t_r = 250 ns. Q depends on the target, as aihwkit documents it; its code takes the
/// programmed conductance.
/// </remarks>
public readonly struct Pcm : IMemoryDevice
{
    // Seconds from programming to the first read, to which the programming noise was fitted.
    private const float FirstRead = 20f;

    // Seconds of a read.
    private const float ReadTime = 250e-9f;

    // The smallest target whose logarithm is taken.
    private const float SmallestTarget = 1e-7f;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Programmed(Vector512<float> targets, Vector512<float> samples)
    {
        // In µS, over the largest conductance.
        Vector512<float> deviation = Vector512.FusedMultiplyAdd(
            Vector512.FusedMultiplyAdd(Vector512.Create(-1.1731f), targets, Vector512.Create(1.9650f)), targets,
            Vector512.Create(0.26348f));
        return Vector512.FusedMultiplyAdd(deviation * Vector512.Create(1f / 25f), samples, targets);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Aged(
        Vector512<float> programmed, Vector512<float> targets, in CellAge age, Vector512<float> programmingSamples,
        Vector512<float> samples)
    {
        Vector512<float> log = LogOf(targets);
        Vector512<float> mean = Clamp(
            Vector512.FusedMultiplyAdd(log, Vector512.Create(-0.0155f), Vector512.Create(0.0244f)), 0.049f, 0.1f);
        Vector512<float> deviation = Clamp(
            Vector512.FusedMultiplyAdd(log, Vector512.Create(-0.0125f), Vector512.Create(-0.0059f)), 0.008f, 0.045f);
        Vector512<float> exponent = Vector512.Abs(Vector512.FusedMultiplyAdd(deviation, samples, mean)) * age.DriftScale;
        Vector512<float> time = LaneMath.Log((age.Seconds + Vector512.Create(FirstRead)) / Vector512.Create(FirstRead));
        return programmed * LaneMath.ExpOfNegative(-exponent * time);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ReadDeviation(Vector512<float> aged, Vector512<float> targets, in CellAge age)
    {
        Vector512<float> power = Vector512.Max(LaneMath.ExpOfNegative(LogOf(targets) * Vector512.Create(0.65f)), Vector512.Create(1e-3f));
        Vector512<float> share = Vector512.Min(Vector512.Create(0.0088f) / power, Vector512.Create(0.2f));
        Vector512<float> time = (age.Seconds + Vector512.Create(FirstRead + ReadTime)) / Vector512.Create(2f * ReadTime);
        return aged * share * Vector512.Sqrt(LaneMath.Log(time));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> LogOf(Vector512<float> targets) =>
        LaneMath.Log(Vector512.Max(targets, Vector512.Create(SmallestTarget)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Clamp(Vector512<float> values, float least, float most) =>
        Vector512.Min(Vector512.Max(values, Vector512.Create(least)), Vector512.Create(most));
}
