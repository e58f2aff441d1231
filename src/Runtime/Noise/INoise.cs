using System.Runtime.Intrinsics;

namespace NoiseGen;

/// <summary>
/// A kind of noise: a struct without fields, named in <see cref="NoiseAttribute{TNoise}"/>, whose method the generated loops inline.
/// The disturbed value's derivative with respect to the value must be one (the noise does not depend on it), since backward passes the gradient through.
/// </summary>
public interface INoise
{
    /// <summary>Disturbs sixteen images' values of one element.</summary>
    /// <param name="values">The values.</param>
    /// <param name="sigma">The site's standard deviation.</param>
    /// <param name="samples">Independent standard Gaussian samples.</param>
    static abstract Vector512<float> Apply(Vector512<float> values, Vector512<float> sigma, Vector512<float> samples);
}
