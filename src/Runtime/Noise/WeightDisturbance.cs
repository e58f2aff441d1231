using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NoiseGen.CompilerServices;

/// <summary>A layer's weights with noise: what <see cref="WeightNoise"/> asks for, sixteen at a time.</summary>
/// <param name="noise">Its strength.</param>
/// <param name="stage">Index of the stage.</param>
/// <param name="count">Number of weights.</param>
internal sealed class WeightDisturbance(WeightNoise noise, int stage, int count)
{
    // A group of the random numbers: four vectors for each half of thirty-two lanes.
    private const int Group = 128;

    // Of each thread, made once.
    [ThreadStatic]
    private static Arena? s_workspace;

    private Arena? _values;
    private NoiseKey _key;
    private float _sigma;

    /// <summary>The disturbed weights; null where there is no noise.</summary>
    public Arena? Values => _sigma > 0f ? _values : null;

    /// <summary>Prepares a pass. Makes room when noise is asked for the first time.</summary>
    public bool Begin(NoiseKey key)
    {
        (_key, _sigma) = (key, key.Evaluation ? noise.EvaluationSigma : noise.TrainSigma);
        if (_sigma > 0f) _values ??= new Arena((count + Group - 1) / Group * Group);
        return _sigma > 0f;
    }

    /// <summary>Disturbs a share of the weights.</summary>
    public void Apply(ReadOnlySpan<float> weights, int part, int parts)
    {
        if (Values is not { } target) return;
        int groups = (count + Group - 1) / Group;
        s_workspace ??= new Arena(PhiloxLanes.Workspace);
        var random = new PhiloxLanes(_key, WeightNoise.StageWord(_key, stage), 0, 1, ref s_workspace.At(0));
        Vector512<float> sigma = Vector512.Create(noise.IsRelative ? _sigma * MathF.Abs(TensorPrimitives.MaxMagnitude(weights)) : _sigma);
        for (int group = Share.Start(groups, part, parts); group < Share.Start(groups, part + 1, parts); group++)
        {
            for (int half = 0; half < 2; half++)
            {
                random.Next(group, half, out Vector512<uint> b0, out Vector512<uint> b1, out Vector512<uint> b2, out Vector512<uint> b3);
                int first = group * Group + half * 64;
                Store(weights, target, first, b0, sigma);
                Store(weights, target, first + 16, b1, sigma);
                Store(weights, target, first + 32, b2, sigma);
                Store(weights, target, first + 48, b3, sigma);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ReadOnlySpan<float> weights, Arena target, int first, Vector512<uint> bits, Vector512<float> sigma)
    {
        Vector512<float> noise = GaussianTransform.Sample(bits) * sigma;
        if (first <= weights.Length - 16)
        {
            (Vector512.LoadUnsafe(in weights[first]) + noise).StoreUnsafe(ref target.At(first));
            return;
        }

        for (int i = first; i < weights.Length; i++) target.At(i) = weights[i] + noise.GetElement(i - first);
    }
}
