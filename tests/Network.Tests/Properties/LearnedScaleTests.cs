using NoiseGen.Tests.Declared;

namespace NoiseGen.Tests.Properties;

/// <summary>How a learned scale starts, and what a user sees of it.</summary>
public class LearnedScaleTests
{
    private const string Maximum = "Conv1.quantizer.maximum";

    [Fact]
    public void AScaleIsCollectedForThreeHundredStepsAndThenTrained()
    {
        using var network = new LearnedLeNet(seed: 3, batchSize: 16, threads: 1);
        var optimizer = new AdamW(0.001f) { WeightDecay = 0.1f };
        Parameter maximum = network.Parameters.Single(parameter => parameter.Name == Maximum);
        Statistic steps = network.Statistics.Single(statistic => statistic.Name == "Conv1.quantizer.steps");
        Assert.Equal(1f, maximum.Values[0]);
        float[] running = new float[302];
        for (int step = 0; step < 302; step++)
        {
            TrainStep(network, step, optimizer);
            Assert.Equal(Math.Min(300, step + 1), steps.Values[0]);
            Assert.Equal(step < 300, maximum.Gradients[0] == 0f);
            running[step] = maximum.Values[0];
            Assert.Equal(running[step] / 15, network.Conv1.Quantizer.Step);
        }

        // Adam's first step with this gradient is of the order of the learning rate:
        // at most 0.1 / √0.001 of it, three times, and the decay.
        Assert.NotEqual(running[299], running[300]);
        Assert.InRange(Math.Abs(running[300] - running[299]), 1e-6, 0.004);
    }

    /// <summary>After the collecting steps, nothing remains of them except what a checkpoint stores.</summary>
    [Fact]
    public void ALoadedNetworkHasTheSameGradients()
    {
        string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.safetensors");
        using LearnedLeNet network = new(seed: 3, batchSize: 16, threads: 1), loaded = new(seed: 3, batchSize: 16, threads: 1);
        var optimizer = new Adam(0.001f);
        for (int step = 0; step < 301; step++) TrainStep(network, step, optimizer);
        network.Save(file);
        loaded.Load(file);
        File.Delete(file);
        (float[] images, int[] labels) = Batch(301);

        Assert.Equal(network.ComputeGradients(images, labels), loaded.ComputeGradients(images, labels));

        Assert.All(network.Parameters.Zip(loaded.Parameters), pair => Assert.Equal(pair.First.Gradients, pair.Second.Gradients));
    }

    [Fact]
    public void ALearnedScaleIsNotSet()
    {
        using var network = new LearnedLeNet(seed: 3, batchSize: 16, threads: 1);
        Assert.True(network.Conv1.Quantizer.IsLearned);
        var exception = Assert.Throws<InvalidOperationException>(() => network.Conv1.Quantizer.Scale = 0.5f);
        Assert.Contains(Maximum, exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Noise whose sigma is given in steps follows the batch's step.</summary>
    [Fact]
    public void TheStepOfABatchIsItsPercentile()
    {
        using var network = new LearnedLeNet(seed: 3, batchSize: 16, threads: 1);
        (float[] images, int[] labels) = Batch(0);
        network.ComputeGradients(images, labels);
        Assert.Equal(1f / 15, network.Conv1.Quantizer.Step); // nothing has been learned yet

        network.TrainStep(images, labels, new Sgd(0f));
        float percentile = network.Conv1.Quantizer.Maximum;
        network.TrainStep(images, labels, new Sgd(0f));

        Assert.Equal(0.9f * percentile + 0.1f * percentile, network.Conv1.Quantizer.Maximum, 1e-6f);
        Assert.InRange(percentile, 0.1f, 10f);
    }

    private static void TrainStep(NeuralNetwork network, int step, Optimizer optimizer)
    {
        (float[] images, int[] labels) = Batch(step);
        network.TrainStep(images, labels, optimizer);
    }

    private static (float[] Images, int[] Labels) Batch(int seed)
    {
        // Each class has a brightness, so there is something to learn, and no ReLU dies.
        var random = new Random(seed);
        int[] labels = random.Labels(16, 4);
        return ([.. Enumerable.Range(0, 16 * 144).Select(i => (float)random.Gaussian() + labels[i / 144])], labels);
    }
}
