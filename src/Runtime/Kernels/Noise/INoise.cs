using System.Runtime.Intrinsics;

namespace NoiseGen;

/// <summary>
/// A kind of noise with one sample for each value: a struct without fields, named in <see cref="NoiseAttribute{TNoise}"/>,
/// whose methods the generated loops inline.
/// </summary>
/// <remarks>
/// Backward treats what is added as independent of the value: the gradient passes unchanged.
/// Noise that scales the values is an <see cref="IScalingNoise"/> as well.
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

/// <summary>Noise that scales the values, and so their gradients: backward draws the same samples again.</summary>
public interface IScalingNoise : INoiseKind
{
    /// <summary>The derivative of the disturbed values with respect to the values.</summary>
    /// <param name="sigma">The site's standard deviation; of combined noise, that of its multiplicative part.</param>
    /// <param name="samples">The samples that disturbed the values; of combined noise, those of its multiplicative part.</param>
    static abstract Vector512<float> Factor(Vector512<float> sigma, Vector512<float> samples);
}

/// <summary>Multiplicative and additive noise at once, with two samples for each value.</summary>
public interface ICombinedNoise : IScalingNoise
{
    static int INoiseKind.Samples => 2;

    /// <summary>Disturbs sixteen images' values of one element.</summary>
    /// <param name="values">The values.</param>
    /// <param name="multiplicativeSigma">Standard deviation of the factor.</param>
    /// <param name="additiveSigma">Standard deviation of what is added.</param>
    /// <param name="multiplicativeSamples">Independent standard Gaussian samples for the factor.</param>
    /// <param name="additiveSamples">Independent standard Gaussian samples for what is added.</param>
    static abstract Vector512<float> Apply(
        Vector512<float> values, Vector512<float> multiplicativeSigma, Vector512<float> additiveSigma,
        Vector512<float> multiplicativeSamples,
        Vector512<float> additiveSamples);
}
