using NoiseGen.CompilerServices;
using NoiseGen.Tests.Reference;

namespace NoiseGen.Tests.Oracle;

/// <summary>
/// The oracle's gradients, compared with central differences of its own loss, with frozen noise and away from kinks. For the differences,
/// quantizers are replaced by smooth stand-ins whose true derivatives are, by definition, the straight-through rules.
/// </summary>
public class FiniteDifferenceTests
{
    // Central differences in double: rounding gives 1e-16 / 1e-6, the third derivative 1e-12, so 1e-8 leaves room. Parameters move values
    // by a few steps at most, so images stay on the same side of kinks that are 1e-4 away.
    private const double Step = 1e-6;
    private const double Tolerance = 1e-8;
    private const double KinkDistance = 1e-4;
    private const int Batch = 3;

    private static readonly NoiseKey Key = new(Seed: 77, Draw: 5, Evaluation: false);

    public static TheoryData<string> Names => [.. HandWritten.All.Keys, .. HandWrittenGraphs.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void GradientsAreTheDerivativesOfTheLoss(string name)
    {
        var random = new Random(name.Length);
        NetworkDescription description = Describe(name);
        int[] labels = random.Labels(Batch, description.Output.Count);
        AssertDerivatives(
            description, random,
            (network, images) => network.ComputeGradients(images, labels, Key),
            logits => logits.Zip(labels, ReferenceLoss.Loss).Average());
    }

    [Theory]
    [InlineData(nameof(Multiplicative), "weights quantized by tensor and by channel")]
    [InlineData(nameof(Combined), "residual block with a projection")]
    [InlineData(nameof(CombinedAdditiveFirst), "average pools, padding counted and not")]
    public void GradientsAreTheDerivativesWithNoiseThatScales(string kind, string name)
    {
        NetworkDescription description = Describe(name);
        NetworkDescription scaled = description with { NoiseSites = [.. description.NoiseSites.Select(site => site with { Kind = kind })] };
        var random = new Random(name.Length);
        int[] labels = random.Labels(Batch, description.Output.Count);
        AssertDerivatives(
            scaled, random,
            (network, images) => network.ComputeGradients(images, labels, Key),
            logits => logits.Zip(labels, ReferenceLoss.Loss).Average());
    }

    [Theory]
    [InlineData("dense")]
    [InlineData("residual block with a projection")]
    public void GradientsAreTheDerivativesOfTheMeanSquaredError(string name)
    {
        var random = new Random(name.Length);
        NetworkDescription description = Describe(name);
        double[] Target() => [.. Enumerable.Range(0, description.Output.Count).Select(_ => random.Gaussian())];
        double[][] targets = [.. Enumerable.Range(0, Batch).Select(_ => Target())];
        AssertDerivatives(
            description, random,
            (network, images) => network.ComputeGradients(images, targets, Key),
            outputs => outputs.Zip(targets, ReferenceLoss.Loss).Average());
    }

    private static NetworkDescription Describe(string name) => HandWritten.All.GetValueOrDefault(name) ?? HandWrittenGraphs.All[name];

    private static void AssertDerivatives(
        NetworkDescription description, Random random, Func<ReferenceNetwork, double[][], ReferenceStep> compute,
        Func<double[][], double> lossOf)
    {
        var network = new ReferenceNetwork(description);
        foreach (NoiseOperation site in network.Noise) site.TrainSigma = 0.05 * (1 + site.Index);
        SetSteps(network, description);
        double[][] parameters = [.. description.Parameters.Select(random.Parameter)];
        network.Load(parameters);
        double[][] images = random.Images(network, Batch, description.Input.Count, Key, KinkDistance);

        ReferenceStep step = compute(network, images);
        double[][] gradients = step.Gradients;
        Assert.Equal(lossOf(network.TrainingLogits(images, Key)), step.Loss, 1e-12);
        PutStandIns(network, description);

        double Loss()
        {
            network.Load(parameters);
            return lossOf(network.TrainingLogits(images, Key));
        }

        // The stand-ins remember where they were made.
        Loss();
        for (int p = 0; p < parameters.Length; p++)
        for (int i = 0; i < parameters[p].Length; i++)
        {
            double value = parameters[p][i];
            parameters[p][i] = value + Step;
            double above = Loss();
            parameters[p][i] = value - Step;
            double below = Loss();
            parameters[p][i] = value;
            Assert.True(
                Math.Abs((above - below) / (2 * Step) - gradients[p][i]) <= Tolerance,
                $"Parameter {p}, element {i}: gradient {gradients[p][i]}, difference {(above - below) / (2 * Step)}.");
        }

        Assert.All(gradients, tensor => Assert.Contains(tensor, g => Math.Abs(g) > 1000 * Tolerance));
    }

    private static void SetSteps(ReferenceNetwork network, NetworkDescription description)
    {
        ActivationQuantizerDescription[] descriptions =
            [.. description.Stages.Select(stage => stage.ActivationQuantizer).OfType<ActivationQuantizerDescription>()];
        foreach ((ActivationQuantizerOperation quantizer, ActivationQuantizerDescription d) in network.Quantizers.Zip(descriptions))
            quantizer.Step = new ActivationQuantizer(d, "").Step;
    }

    private static void PutStandIns(ReferenceNetwork network, NetworkDescription description)
    {
        network.Replace(operation => operation is ActivationQuantizerOperation quantizer
            ? new SmoothActivationQuantizer(quantizer) : operation);

        StageDescription[] stages = [.. description.Stages.Where(stage => stage.Linear is not null)];
        foreach ((LinearOperation layer, StageDescription stage) in network.Layers.Zip(stages))
        {
            if (stage.WeightQuantizer is { } weights)
                layer.Quantizer = new SmoothWeightQuantizer(layer.Quantizer!, weights, layer.Weights, stage.LinearOutput.Channels);
        }
    }
}
