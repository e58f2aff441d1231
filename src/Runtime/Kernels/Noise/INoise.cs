using System.Runtime.Intrinsics;

namespace NoiseGen;

/// <summary>
/// A kind of noise with one sample for each value: a struct without fields, named in <see cref="NoiseAttribute{TNoise}"/>,
/// whose methods the generated loops inline.
/// </summary>
/// <remarks>
/// The backward pass treats the noise as independent of the value: the gradient passes through unchanged. Noise that scales the values must
/// also implement <see cref="IScalingNoise"/>.
/// </remarks>
public interface INoise : INoiseKind
{
    static int INoiseKind.Samples => 1;

    /// <summary>Disturbs sixteen images' values of one element.</summary>
    /// <param name="values">The values.</param>
    /// <param name="sigma">The site's standard deviation.</param>
    /// <param name="samples">Independent standard Gaussian samples.</param>
    static abstract Vector512<float> Apply(Vector512<float> values, Vector512<float> sigma, Vector512<float> samples);
}

/// <summary>Noise that scales the values, and therefore their gradients: the backward pass draws the same samples again.</summary>
public interface IScalingNoise : INoiseKind
{
    /// <summary>The derivative of the noisy values with respect to the clean ones.</summary>
    /// <param name="sigma">The site's standard deviation; for combined noise, that of its multiplicative part.</param>
    /// <param name="samples">The samples that the noise was made from; for combined noise, those of its multiplicative part.</param>
    static abstract Vector512<float> Factor(Vector512<float> sigma, Vector512<float> samples);
}

/// <summary>Multiplicative and additive noise at once, with two samples for each value.</summary>
public interface ICombinedNoise : IScalingNoise
{
    static int INoiseKind.Samples => 2;

    /// <summary>Disturbs sixteen images' values of one element.</summary>
    /// <param name="values">The values.</param>
    /// <param name="multiplicativeSigma">Standard deviation of the factor.</param>
    /// <param name="additiveSigma">Standard deviation of the additive part.</param>
    /// <param name="multiplicativeSamples">Independent standard Gaussian samples for the factor.</param>
    /// <param name="additiveSamples">Independent standard Gaussian samples for the additive part.</param>
    static abstract Vector512<float> Apply(
        Vector512<float> values, Vector512<float> multiplicativeSigma, Vector512<float> additiveSigma,
        Vector512<float> multiplicativeSamples,
        Vector512<float> additiveSamples);
}
