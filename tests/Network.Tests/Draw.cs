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
        if (description.Name.EndsWith(".norm.weight", StringComparison.Ordinal))
            return [.. Enumerable.Range(0, description.Count).Select(_ => (double)(float)(1 + random.Uniform(0.5)))];
        double bound = weights ? Math.Sqrt(6.0 * description.Dimensions[0] / description.Count) : 0.3;
        return [.. Enumerable.Range(0, description.Count).Select(_ => (double)(float)random.Uniform(bound))];
    }

    /// <summary>
    /// Draws images, and those of them again and again that come nearer than <paramref name="distance"/> to a point where an operation on their way is not
    /// smooth. A batch norm makes every image's values depend on the others: the whole batch is looked at every time.
    /// </summary>
    public static double[][] Images(this Random random, Reference.ReferenceNetwork network, int count, int pixels, NoiseKey key, double distance)
    {
        const int Most = 1000;
        double[] Image() => [.. Enumerable.Range(0, pixels).Select(_ => (double)(float)random.Gaussian())];
        double[][] images = [.. Enumerable.Range(0, count).Select(_ => Image())];
        for (int attempt = 0; attempt < Most; attempt++)
        {
            int[] near = [.. network.Distances(images, key, 0).Index().Where(image => image.Item < distance).Select(image => image.Index)];
            if (near.Length == 0) return images;
            foreach (int image in near) images[image] = Image();
        }

        throw new InvalidOperationException($"{Most} batches come near to some boundary: the network is too fine for this test.");
    }
}
