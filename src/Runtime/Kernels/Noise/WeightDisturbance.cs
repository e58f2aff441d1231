using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen.CompilerServices;

/// <summary>
/// A layer's weights as hardware holds them: applies <see cref="WeightDrift"/> and <see cref="WeightNoise"/>, sixteen weights at a time.
/// </summary>
/// <param name="noise">The noise's strength.</param>
/// <param name="drift">The drift's; null where the weights' cells drift by a model of their own.</param>
/// <param name="stage">Index of the stage.</param>
/// <param name="count">Number of weights.</param>
internal sealed class WeightDisturbance(WeightNoise noise, WeightDrift? drift, int stage, int count)
{
    // Weights in a group of random numbers: four vectors for each half of 32 lanes.
    internal const int Group = 128;

    // One for each thread, created once.
    [ThreadStatic]
    private static Arena? s_workspace;

    private Arena? _values;
    private NoiseKey _key;
    private float _sigma; // absolute
    private float _logTime; // of t / t₀; 0 where nothing drifts

    /// <summary>The disturbed weights; null if there is neither noise nor drift.</summary>
    public Arena? Values => IsActive ? _values : null;

    private bool IsActive => _sigma > 0f || _logTime > 0f;

    /// <summary>Prepares a pass. Allocates memory when noise or drift is first used.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="weights">The weights, after their quantizer if there is one.</param>
    public bool Begin(in NoisePass pass, ReadOnlySpan<float> weights)
    {
        bool isCalibration = pass.Calibration is not null;
        _key = pass.Key;
        _sigma = isCalibration ? 0f : pass.IsTraining ? noise.TrainSigma : noise.EvaluationSigma;
        if (_sigma > 0f && noise.IsRelative) _sigma *= MathF.Abs(TensorPrimitives.MaxMagnitude(weights));
        bool drifts = !isCalibration && !pass.IsTraining && pass.DriftTime > 1f
            && drift is { Exponent: > 0f } or { ExponentDeviation: > 0f };
        _logTime = drifts ? LaneMath.Log(Vector512.Create(pass.DriftTime)).ToScalar() : 0f;
        if (IsActive) _values ??= new Arena((count + Group - 1) / Group * Group);
        return IsActive;
    }

    /// <summary>Disturbs a share of the weights.</summary>
    public void Apply(ReadOnlySpan<float> weights, int part, int parts)
    {
        if (Values is not { } target) return;
        if (drift is not null && _logTime > 0f)
        {
            var drifted = new Drifted(
                Vector512.Create(drift.Exponent), Vector512.Create(drift.ExponentDeviation), Vector512.Create(-_logTime));
            Apply(drifted, weights, target, GaussianNoise.DeviceKey(drift.Device), WeightDrift.StageWord(drift.Device, stage), part, parts);
            weights = target.Span(0, count);
        }

        if (_sigma > 0f) Apply(new Noisy(Vector512.Create(_sigma)), weights, target, _key, WeightNoise.StageWord(_key, stage), part, parts);
    }

    private void Apply<TStep>(TStep step, ReadOnlySpan<float> weights, Arena target, NoiseKey key, uint stream, int part, int parts)
        where TStep : struct, IStep
    {
        int groups = (count + Group - 1) / Group;
        s_workspace ??= new Arena(PhiloxLanes.Workspace);
        var random = new PhiloxLanes(key, stream, 0, ref s_workspace.At(0));
        for (int group = Share.Start(groups, part, parts); group < Share.Start(groups, part + 1, parts); group++)
        {
            for (int half = 0; half < 2; half++)
            {
                random.Next(group, half, out Vector512<uint> b0, out Vector512<uint> b1, out Vector512<uint> b2, out Vector512<uint> b3);
                int first = group * Group + half * 64;
                Store(step, weights, target, first, b0);
                Store(step, weights, target, first + 16, b1);
                Store(step, weights, target, first + 32, b2);
                Store(step, weights, target, first + 48, b3);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TStep>(TStep step, ReadOnlySpan<float> weights, Arena target, int first, Vector512<uint> bits)
        where TStep : struct, IStep
    {
        Vector512<float> samples = GaussianTransform.Sample(bits);
        if (first <= weights.Length - 16)
        {
            step.Of(Vector512.LoadUnsafe(in weights[first]), samples).StoreUnsafe(ref target.At(first));
            return;
        }

        for (int i = first; i < weights.Length; i++) target.At(i) = step.Of(Vector512.Create(weights[i]), samples).GetElement(i - first);
    }

    /// <summary>A disturbance of weights, given a Gaussian sample for each.</summary>
    private interface IStep
    {
        Vector512<float> Of(Vector512<float> weights, Vector512<float> samples);
    }

    private readonly struct Noisy(Vector512<float> sigma) : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Of(Vector512<float> weights, Vector512<float> samples) => weights + samples * sigma;
    }

    // w·exp(−|ν + σg|·ln(t/t₀))
    private readonly struct Drifted(Vector512<float> exponent, Vector512<float> deviation, Vector512<float> minusLogTime) : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Of(Vector512<float> weights, Vector512<float> samples) =>
            weights * LaneMath.ExpOfNegative(Vector512.Abs(Vector512.FusedMultiplyAdd(samples, deviation, exponent)) * minusLogTime);
    }
}
