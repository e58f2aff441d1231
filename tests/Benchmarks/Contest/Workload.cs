namespace NoiseGen.Benchmarks.Contest;

/// <summary>The batch that both sides work on, over and over.</summary>
/// <param name="Images">Images in channel × row × column order, one after the other.</param>
/// <param name="Labels">Their classes.</param>
/// <param name="Threads">Threads that each side may use.</param>
internal sealed record Workload(float[] Images, int[] Labels, int Threads)
{
    public const int Classes = 10;

    // Far apart, so that a few steps lower the loss, and large beside the quantizer's step of one, so that the quantized network sees them.
    private const double PrototypeDeviation = 3;

    /// <summary>Images in the batch.</summary>
    public int Batch => Labels.Length;

    /// <summary>Draws a random prototype for each class, and images of unit variance around them.</summary>
    public static Workload Synthetic(Shape shape, int batch, int threads)
    {
        var random = new Random(1);
        var prototypes = new double[Classes * shape.Count];
        for (int i = 0; i < prototypes.Length; i++) prototypes[i] = PrototypeDeviation * Gaussian(random);

        var labels = new int[batch];
        for (int image = 0; image < batch; image++) labels[image] = random.Next(Classes);

        var images = new float[batch * shape.Count];
        for (int i = 0; i < images.Length; i++)
            images[i] = (float)(prototypes[labels[i / shape.Count] * shape.Count + i % shape.Count] + Gaussian(random));
        return new Workload(images, labels, threads);
    }

    // Box–Muller; 1 − u keeps the logarithm's argument off zero.
    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
