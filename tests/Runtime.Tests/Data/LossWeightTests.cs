namespace NoiseGen.Runtime.Tests.Data;

/// <summary>Weights of classes and images in the loss.</summary>
public sealed class LossWeightTests
{
    private const int Images = 48;

    private static readonly float[] s_images = [.. Enumerable.Range(0, Images * 8).Select(i => i * 17 % 31 / 31f)];
    private static readonly int[] s_labels = [.. Enumerable.Range(0, Images).Select(i => i % 4)];

    /// <summary>∂L/∂w of Σ w·l / Σ w is the weighted mean of the images' own gradients.</summary>
    [Fact]
    public void AnImagesWeightIsThatOfItsGradient()
    {
        float[] weights = [.. Enumerable.Range(0, Images).Select(i => i % 5 * 0.75f)];
        float[][] own = [.. Enumerable.Range(0, Images).Select(image => Gradients(Only(image)))];
        double sum = weights.Sum(weight => (double)weight);

        float[] found = Gradients(weights);

        for (int i = 0; i < found.Length; i++)
        {
            double expected = Enumerable.Range(0, Images).Sum(image => weights[image] * (double)own[image][i]) / sum;
            Assert.Equal(expected, found[i], 1e-5);
        }

        static float[] Only(int image) => [.. Enumerable.Range(0, Images).Select(i => i == image ? 1f : 0f)];
    }

    [Fact]
    public void AClassesWeightIsThatOfItsImages()
    {
        float[] byImage = [.. s_labels.Select(label => label + 0.5f)];
        Assert.Equal(Gradients(byImage), Gradients(Source() with { ClassWeights = [0.5f, 1.5f, 2.5f, 3.5f] }));
        Assert.Equal(Gradients([.. s_labels.Select((label, i) => (label + 0.5f) * (i % 3))]),
            Gradients(Source() with { ClassWeights = [0.5f, 1.5f, 2.5f, 3.5f],
                ImageWeights = [.. Enumerable.Range(0, Images).Select(i => (float)(i % 3))] }));
    }

    [Fact]
    public void WeightsThatAreAllAlikeChangeNothing() =>
        Assert.Equal(Gradients(Source()), Gradients(Source() with { ClassWeights = [2f, 2f, 2f, 2f] }));

    [Fact]
    public void WeightsThatAreAllZeroTeachNothing()
    {
        using Linear network = Network();
        float[] before = Values(network);
        new Trainer(network, new Sgd(1f)).Run((Source() with { ClassWeights = [0f, 0f, 0f, 0f] }).Batches(), 1);
        Assert.Equal(before, Values(network));
    }

    [Fact]
    public void AnEvaluationCountsAllImagesAlike()
    {
        using Linear network = Network();
        Assert.Equal(network.Evaluate(Source().Batches()), network.Evaluate((Source() with { ClassWeights = [0f, 1f, 5f, 9f] }).Batches()));
    }

    [Fact]
    public void WeightsThatAreNoneAreRefused()
    {
        Assert.Contains("4 classes need 4 weights; found 3", Refusal(Source() with { ClassWeights = [1f, 1f, 1f] }));
        Assert.Contains("The weight of class 1 is -1", Refusal(Source() with { ClassWeights = [1f, -1f, 1f, 1f] }));
        Assert.Contains("48 images need 48 weights; found 2", Refusal(Source() with { ImageWeights = [1f, 1f] }));
        Assert.Contains("The weight of image 0 is NaN", Refusal(Source() with { ImageWeights = [float.NaN, .. new float[Images - 1]] }));
        Assert.Contains("targets and no classes", Assert.Throws<ArgumentException>(
            () => new FloatBatches(new Shape(8), s_images, new float[Images], 8) { ClassWeights = [1f] }).Message);
    }

    [Fact]
    public void BalancedWeightsAreThoseOfScikitLearn()
    {
        // compute_class_weight("balanced", classes=[0, 1, 2], y=[0, 0, 0, 1, 2, 2]):
        // n / (k · count) = 6 / (3 · 3), 6 / (3 · 1), 6 / (3 · 2)
        Assert.Equal([2f / 3, 2f, 1f], BalancedWeights.Of([0, 0, 0, 1, 2, 2], 3).ToArray());
        Assert.Equal([1f, 0f], BalancedWeights.Of([0], 2).Select(weight => weight * 2));
        Assert.Contains("image 0 is 3", Assert.Throws<ArgumentException>(() => BalancedWeights.Of([3], 3)).Message);
    }

    private static string Refusal(Options options) => Assert.Throws<ArgumentException>(options.Batches).Message;

    private static float[] Gradients(float[] byImage) => Gradients(Source() with { ImageWeights = byImage });

    private static float[] Gradients(Options options)
    {
        using Linear network = Network();
        // A step of length 1 down the gradient.
        float[] before = Values(network);
        new Trainer(network, new Sgd(1f)).Run(options.Batches(), 1);
        return [.. before.Zip(Values(network), (from, to) => from - to)];
    }

    private static Linear Network() => new(seed: 1, Images, threads: 2);

    private static float[] Values(NeuralNetwork network) => [.. network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];

    private static Options Source() => new([], []);

    private sealed record Options(float[] ClassWeights, float[] ImageWeights)
    {
        public FloatBatches Batches() =>
            new(new Shape(8), 4, s_images, s_labels, Images) { ClassWeights = [.. ClassWeights], ImageWeights = ImageWeights };
    }
}

/// <summary>Neither norms nor quantizers, so that images do not see each other.</summary>
[Network(8)]
public sealed partial class Linear
{
    [Dense(12), Relu] public partial Stage Hidden { get; }
    [Dense(4)]        public partial Stage Logits { get; }
}
