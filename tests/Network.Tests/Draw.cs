using NoiseGen.CompilerServices;

namespace NoiseGen.Tests;

/// <summary>Random numbers of the tests.</summary>
internal static class Draw
{
    public static double Gaussian(this Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Uniform in ±<paramref name="bound"/>.</summary>
    public static double Uniform(this Random random, double bound) => (2 * random.NextDouble() - 1) * bound;

    public static int[] Labels(this Random random, int count, int classes) =>
        [.. Enumerable.Range(0, count).Select(_ => random.Next(classes))];

    /// <summary>
    /// One parameter tensor: weights that keep the size of the values from layer to layer (He et al., arXiv 1502.01852), so that deep
    /// layers are tested as well as the first, and biases that are not zero.
    /// </summary>
    public static double[] Parameter(this Random random, ParameterDescription description)
    {
        bool weights = description.Dimensions.Length > 1;
        if (description.Name.EndsWith(".norm.weight", StringComparison.Ordinal))
            return [.. Enumerable.Range(0, description.Count).Select(_ => (double)(float)(1 + random.Uniform(0.5)))];
        if (description.Name.EndsWith(".quantizer.maximum", StringComparison.Ordinal)) return [(float)(1 + random.Uniform(0.4))];
        double bound = weights ? Math.Sqrt(6.0 * description.Dimensions[0] / description.Count) : 0.3;
        return [.. Enumerable.Range(0, description.Count).Select(_ => (double)(float)random.Uniform(bound))];
    }

    /// <summary>
    /// Draws images, and redraws those that come closer than <paramref name="distance"/> to a point where an operation on their way is not
    /// smooth.
    /// </summary>
    /// <exception cref="TooFineException">No draw stays far enough away.</exception>
    public static double[][] Images(
        this Random random, Reference.ReferenceNetwork network, int count, int pixels, NoiseKey key, double distance)
    {
        double[] Image() => [.. Enumerable.Range(0, pixels).Select(_ => (double)(float)random.Gaussian())];
        double[][] images = [.. Enumerable.Range(0, count).Select(_ => Image())];
        int[] near = Near(network, images, key, distance);

        // A batch norm, or a percentile, makes every image's values depend on the others, so the whole batch is checked every time.
        bool isCoupled = (network.Norms.Count > 0 || network.Scales.Count > 0) && !key.Evaluation;
        for (int attempt = 0; attempt < MostDraws && near.Length > 0; attempt++)
        {
            foreach (int image in near) images[image] = Image();
            near = isCoupled
                ? Near(network, images, key, distance)
                : [.. near.Where(image => network.Distances([images[image]], key, image)[0] < distance)];
        }

        return near.Length == 0 ? images : throw new TooFineException(MostDraws);
    }

    private const int MostDraws = 1000;

    private static int[] Near(Reference.ReferenceNetwork network, double[][] images, NoiseKey key, double distance) =>
        [.. network.Distances(images, key, 0).Index().Where(image => image.Item < distance).Select(image => image.Index)];
}

/// <summary>A network whose values come close to some boundary whatever the images are.</summary>
internal sealed class TooFineException(int draws)
    : Exception($"{draws} batches come near to some boundary: the network is too fine for this test.");
