using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>
/// Noise of different strength for each image of a training batch (variance-aware training, arXiv 2503.16183). Each image has one draw g ~
/// N(0, 1) for all sites, a pure function of the network's seed, the step and the image's position in the batch.
/// </summary>
public sealed class ImageSigma
{
    private readonly float _mean;
    private readonly float _deviation;
    private readonly Func<float, float> _shape;
    private readonly string _form;

    private ImageSigma(string form, float mean, float deviation, Func<float, float> shape)
    {
        if (!Setting.IsNotNegative(mean))
            throw new ArgumentOutOfRangeException(nameof(mean), mean, "The mean factor is a finite number, at least 0.");
        if (!Setting.IsNotNegative(deviation))
            throw new ArgumentOutOfRangeException(nameof(deviation), deviation, "The deviation is a finite number, at least 0.");
        (_form, _mean, _deviation, _shape) = (form, mean, deviation, shape);
    }

    /// <summary>An image's sigma is α·σ + θ·|g|: the form of the authors' code.</summary>
    /// <param name="mean">α, at least 0.</param>
    /// <param name="deviation">θ, at least 0, in the units of σ.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below zero, or not finite.</exception>
    public static ImageSigma HalfNormal(float mean, float deviation) => new("half-normal", mean, deviation, MathF.Abs);

    /// <summary>An image's sigma is α·σ + θ·g, but at least 0: the form of the paper.</summary>
    /// <param name="mean">α, at least 0.</param>
    /// <param name="deviation">θ, at least 0, in the units of σ.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below zero, or not finite.</exception>
    public static ImageSigma Normal(float mean, float deviation) => new("normal", mean, deviation, static g => g);

    /// <summary>The form, α and θ.</summary>
    public override string ToString() => InvariantText.Of($"{_form}, mean {_mean}, deviation {_deviation}");

    /// <summary>The sigma of one image at a site.</summary>
    /// <param name="key">The training step's noise.</param>
    /// <param name="image">The image's position in the batch.</param>
    /// <param name="sigma">The site's sigma.</param>
    public float Of(NoiseKey key, int image, float sigma) =>
        MathF.Max(0f, MathF.FusedMultiplyAdd(_deviation, _shape(GaussianNoise.ImageSample(key, image)), _mean * sigma));
}
