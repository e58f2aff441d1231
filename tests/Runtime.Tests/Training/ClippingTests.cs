using NoiseGen.Runtime.Tests.Data;

namespace NoiseGen.Runtime.Tests.Training;

/// <summary>Gradient clipping by norm.</summary>
public sealed class ClippingTests
{
    private const int Images = 40;

    private static readonly float[] s_images = [.. Enumerable.Range(0, Images * 8).Select(i => i * 17 % 31 / 31f)];
    private static readonly int[] s_labels = [.. Enumerable.Range(0, Images).Select(i => i % 4)];

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.01)]
    public void LongGradientsAreScaledToTheLimit(double share)
    {
        using Linear network = Network(1);
        network.ComputeGradients(s_images, s_labels);
        float[] gradients = [.. network.Parameters.SelectMany(parameter => parameter.Gradients.ToArray())];
        double norm = Math.Sqrt(gradients.Sum(gradient => (double)gradient * gradient));
        float limit = (float)(share * norm), factor = (float)(limit / (norm + 1e-6)); // torch.nn.utils.clip_grad_norm_
        float[] before = Parameters(network);

        network.TrainStep(s_images, s_labels, new Sgd(1f) { ClipNorm = limit });

        Assert.Equal(
            before.Zip(gradients, (value, gradient) => MathF.FusedMultiplyAdd(-1f, gradient * factor, value)), Parameters(network));
    }

    [Fact]
    public void ShortGradientsStayAsTheyAre()
    {
        using Linear clipped = Network(1), plain = Network(1);
        clipped.TrainStep(s_images, s_labels, new Sgd(1f) { ClipNorm = 1e3f });
        plain.TrainStep(s_images, s_labels, new Sgd(1f));
        Assert.Equal(Parameters(plain), Parameters(clipped));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void TheBitsDoNotDependOnTheThreads(int threads)
    {
        using Linear one = Network(1), several = Network(threads);
        Train(one);
        Train(several);
        Assert.Equal(Parameters(one), Parameters(several));

        static void Train(Linear network) =>
            new Trainer(network, new Adam(1e-2f) { ClipNorm = 0.05f }).Run(new FloatBatches(new Shape(8), 4, s_images, s_labels, 16), 3);
    }

    [Fact]
    public void AStepAllocatesNothing()
    {
        using Linear network = Network(1);
        var sgd = new Sgd(0.1f) { ClipNorm = 1e-3f };
        network.TrainStep(s_images, s_labels, sgd);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++) network.TrainStep(s_images, s_labels, sgd);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(float.NaN)]
    public void ALimitIsAboveZero(float limit) => Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(1f) { ClipNorm = limit });

    private static Linear Network(int threads) => new(seed: 1, Images, threads);

    private static float[] Parameters(Linear network) => [.. network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
}
