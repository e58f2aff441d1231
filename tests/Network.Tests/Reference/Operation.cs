using NoiseGen.CompilerServices;

namespace NoiseGen.Tests.Reference;

/// <summary>
/// One operation on one image's values (channel × row × column). It has no state: its result is a function of its input, the noise's key
/// and its parameters, so the backward pass needs only the input.
/// </summary>
internal abstract class Operation
{
    public abstract double[] Forward(double[] x, ImageNoise noise);

    /// <summary>
    /// Returns the input's gradient and adds the parameters' gradients to <paramref name="gradients"/>, one array per parameter of the
    /// network.
    /// </summary>
    public abstract double[] Backward(double[] x, double[] dy, ImageNoise noise, double[][] gradients);

    /// <summary>
    /// The distance of the input from the nearest point where the operation is not smooth. A network in float may be on the other side of
    /// such a point if the distance is about as large as its rounding errors. These grow with the values, so distances are relative to
    /// <see cref="Room"/>.
    /// </summary>
    public virtual double Distance(double[] x) => double.PositiveInfinity;

    /// <summary>
    /// The unit of distances: 1 while values stay below 16 (where neighbouring floats are at most 1e-6 apart), and in proportion to
    /// the largest value above.
    /// </summary>
    protected static double Room(double[] x) => Math.Max(1, x.Max(Math.Abs) / 16);
}

/// <summary>Which noise an image sees.</summary>
/// <param name="Key">The realisation.</param>
/// <param name="Image">The image's number: in the batch while training, in the data in evaluation.</param>
internal readonly record struct ImageNoise(NoiseKey Key, int Image);
