using NoiseGen.Runtime.Tests.Lifetime;

namespace NoiseGen.Runtime.Tests.Training;

/// <summary>Data and a trainer for <see cref="Tiny"/>.</summary>
internal static class TinyData
{
    /// <summary>The number of steps in an epoch.</summary>
    public const int Batches = 5;

    private const int BatchSize = 32;

    public static FloatBatches Source()
    {
        float[] images = [.. Enumerable.Range(0, Batches * BatchSize * 8).Select(i => i % 29 / 29f)];
        int[] labels = [.. Enumerable.Range(0, Batches * BatchSize).Select(i => i % 4)];
        return new FloatBatches(new Shape(8), classes: 4, images, labels, BatchSize);
    }

    public static Tiny Network() => new(seed: 1, BatchSize, threads: 2);

    public static Trainer Trainer(Tiny network) => new(network, new Adam(1e-2f)) { Noise = NoiseSchedule.Constant(0.1f) };

    public static float[] Parameters(Tiny network) => [.. network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
}
