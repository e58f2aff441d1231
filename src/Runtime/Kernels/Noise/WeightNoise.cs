using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>
/// Noise of a stage's weights: forward and backward use w + σε, and an update applies to the clean w (the authors'
/// <c>training_step_noisy_weight</c>, aihwkit's weight modifier). Each weight has one sample per step in training and one per draw in
/// evaluation. Quantized weights are disturbed after quantization. Biases and scales are not disturbed. Zero by default.
/// </summary>
public sealed class WeightNoise
{
    private readonly string _stage;
    private float _trainSigma;
    private float _evaluationSigma;

    internal WeightNoise(string stage) => _stage = stage;

    /// <summary>Sigma in training steps; at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below zero, or not finite.</exception>
    public float TrainSigma { get => _trainSigma; set => _trainSigma = Checked(value); }

    /// <summary>Sigma in evaluation; at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below zero, or not finite.</exception>
    public float EvaluationSigma { get => _evaluationSigma; set => _evaluationSigma = Checked(value); }

    /// <summary>
    /// Whether sigma is a multiple of the largest magnitude of the stage's weights, max |w|, instead of an absolute value.
    /// </summary>
    public bool IsRelative { get; set; }

    /// <summary>The standard Gaussian sample of one weight.</summary>
    /// <param name="key">The realisation, shared with the other noise of the step or evaluation.</param>
    /// <param name="stage">Index of the stage.</param>
    /// <param name="weight">Index of the weight in its tensor.</param>
    public static float Sample(NoiseKey key, int stage, int weight) => Sample(key, StageWord(key, stage), weight);

    internal static float Sample(NoiseKey key, uint stream, int weight) => GaussianTransform.Sample(Bits(key, stream, weight));

    /// <summary>The random word of one weight.</summary>
    internal static uint Bits(NoiseKey key, uint stream, int weight)
    {
        var counter = new Philox.Words((uint)(weight / 64 % 2 * 16 + weight % 16), (uint)(weight / 128), key.Draw, stream);
        return Philox.Generate(counter, key.Seed)[weight / 16 % 4];
    }

    internal static uint StageWord(NoiseKey key, int stage) => GaussianNoise.SiteWord(key, stage) | StreamWord.Weights;

    private float Checked(float sigma) => Setting.IsNotNegative(sigma)
        ? sigma
        : throw new ArgumentOutOfRangeException(
            nameof(sigma), sigma, $"Sigma of the weights of stage {_stage} is a finite number, at least 0.");
}
