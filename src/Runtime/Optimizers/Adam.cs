namespace NoiseGen;

/// <summary>Adam (Kingma and Ba, arXiv 1412.6980) as in PyTorch (<c>torch.optim.Adam</c>).</summary>
/// <remarks>
/// <c>g ← g + decay·p</c>; <c>m ← β₁m + (1 − β₁)g</c>; <c>v ← β₂v + (1 − β₂)g²</c>; in step t, from 1, <c>p ← p − rate/(1 − β₁^t) · m /
/// (√v/√(1 − β₂^t) + ε)</c>.
/// </remarks>
/// <param name="learningRate">Step length, a finite number, at least 0; 1e-3 is usual.</param>
public sealed class Adam(float learningRate) : AdaptiveMoments(learningRate)
{
    /// <summary>Weight of the gradient of the L2 penalty, a finite number, at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below zero, or not finite.</exception>
    public float WeightDecay { get; init => field = Setting.NotNegative(value, nameof(WeightDecay)); }

    private protected override float Decay => WeightDecay;

    private protected override float GradientDecay => WeightDecay;

    private protected override float Remainder => 1f;
}
