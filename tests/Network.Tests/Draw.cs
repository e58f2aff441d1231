namespace NoiseGen.Tests;

/// <summary>Random numbers of the tests.</summary>
internal static class Draw
{
    public static double Gaussian(this Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Uniform in ±<paramref name="bound"/>.</summary>
    public static double Uniform(this Random random, double bound) => (2 * random.NextDouble() - 1) * bound;

    public static int[] Labels(this Random random, int count, int classes) => [.. Enumerable.Range(0, count).Select(_ => random.Next(classes))];

    /// <summary>
    /// One parameter tensor: weights that keep the size of the values from layer to layer (He et al., arXiv 1502.01852), so that deep
    /// layers are tested as well as the first, and biases that are not zero.
    /// </summary>
    public static double[] Parameter(this Random random, ParameterDescription description)
    {
        bool weights = description.Dimensions.Length > 1;
        double bound = weights ? Math.Sqrt(6.0 * description.Dimensions[0] / description.Count) : 0.3;
        return [.. Enumerable.Range(0, description.Count).Select(_ => (double)(float)random.Uniform(bound))];
    }

    /// <summary>
    /// Draws an image again and again until no operation on its way is nearer than <paramref name="distance"/> to a point where it is
    /// not smooth.
    /// </summary>
    public static double[] Image(this Random random, Reference.ReferenceNetwork network, int pixels, Reference.ImageNoise noise, double distance)
    {
        const int Most = 10_000;
        for (int attempt = 0; attempt < Most; attempt++)
        {
            double[] image = [.. Enumerable.Range(0, pixels).Select(_ => (double)(float)random.Gaussian())];
            if (network.Distance(image, noise) >= distance) return image;
        }

        throw new InvalidOperationException(
            $"None of {Most} images stays {distance} away from every boundary: the network is too fine for this test.");
    }
}
