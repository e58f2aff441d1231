namespace NoiseGen;

/// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, arXiv 1711.05101) as in PyTorch (<c>torch.optim.AdamW</c>).</summary>
/// <remarks>First <c>p ← p − rate·decay·p</c>, then <see cref="Adam"/>'s step without decay in the gradient.</remarks>
/// <param name="learningRate">Step length, a finite number, at least 0; 1e-3 is usual.</param>
public sealed class AdamW(float learningRate) : AdaptiveMoments(learningRate)
{
    /// <summary>Fraction of each parameter that one step of length 1 removes, a finite number, at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below zero, or not finite.</exception>
    public float WeightDecay { get; init => field = Setting.NotNegative(value, nameof(WeightDecay)); } = 0.01f;

    private protected override float Decay => WeightDecay;

    private protected override float GradientDecay => 0f;

    private protected override float Remainder => (float)(1 - (double)LearningRate * WeightDecay);
}
