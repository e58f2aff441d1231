using Harden;

namespace NoiseGen.Tests;

/// <summary>
/// A learned activation scale whose stage was silent while it was collected (Brevitas clamps to 1e-10, and passes gradients straight
/// through the clamp).
/// </summary>
public class SilentScaleTests
{
    private const int BatchSize = 8;
    private const float Smallest = 1e-10f;

    private static readonly ImageDataset Images = Digits.Create(seed: 2, train: BatchSize, test: 1).Train;

    [Fact]
    public void A_scale_that_was_collected_from_silence_is_learned_afterwards()
    {
        using LeNet5MaxPoolGray network = FourBits();
        foreach (Statistic collected in Steps(network))
            collected.Values[0] = collected.Name.StartsWith("Hidden2", StringComparison.Ordinal) ? 0 : 300;
        Parameter biases = Of(network, "Hidden2.bias"), maximum = Of(network, "Hidden2.quantizer.maximum");
        biases.Values.Fill(-100f);
        var still = new Sgd(0f);
        for (int step = 0; step < 300; step++) Step(network, still);
        Assert.Equal(Smallest, maximum.Values[0], Smallest * 1e-5f);

        biases.Values.Fill(0.1f);
        Step(network, still);
        Assert.NotEqual(0f, maximum.Gradients[0]);
        var adam = new Adam(0.01f);
        for (int step = 0; step < 5; step++) Step(network, adam);
        Assert.True(Math.Abs(maximum.Values[0]) > 1e-3f, $"the scale is still {maximum.Values[0]}");
    }

    /// <summary>In a file from before, or by hand.</summary>
    [Theory]
    [InlineData(0f)]
    [InlineData(-1e-12f)]
    public void A_scale_of_nothing_counts_as_the_smallest(float value)
    {
        using LeNet5MaxPoolGray network = FourBits();
        Of(network, "Hidden2.quantizer.maximum").Values[0] = value;
        foreach (Statistic collected in Steps(network)) collected.Values[0] = 300;

        Assert.Equal(Smallest, network.Hidden2.Quantizer.Maximum);
        Assert.True(network.Hidden2.Quantizer.Step > 0);
        Step(network, new Sgd(0f));
        float gradient = Of(network, "Hidden2.quantizer.maximum").Gradients[0];
        Assert.True(gradient != 0f && float.IsFinite(gradient), $"{gradient}");

        // |v| has the slope −1 below zero, and 1 at zero as above it.
        Of(network, "Hidden2.quantizer.maximum").Values[0] = Smallest;
        Step(network, new Sgd(0f));
        Assert.Equal(value < 0f ? -gradient : gradient, Of(network, "Hidden2.quantizer.maximum").Gradients[0]);
    }

    private static LeNet5MaxPoolGray FourBits()
    {
        LeNet5MaxPoolGray network = new(seed: 1, batchSize: BatchSize, threads: 1);
        new Rounding(Bits: 4, Rounding.Learned).Apply(network);
        return network;
    }

    private static IEnumerable<Statistic> Steps(NeuralNetwork network) =>
        network.Statistics.Where(statistic => statistic.Name.EndsWith(".quantizer.steps", StringComparison.Ordinal));

    private static Parameter Of(NeuralNetwork network, string name) => network.Parameters.Single(parameter => parameter.Name == name);

    private static void Step(NeuralNetwork network, Optimizer optimizer)
    {
        var loader = new BatchLoader(Images, BatchSize);
        Assert.True(loader.MoveNext());
        network.TrainStep(loader, optimizer);
    }
}
