using NoiseGen.CompilerServices;
using NoiseGen.Tests.Declared;
using NoiseGen.Tests.Reference;

namespace NoiseGen.Tests.Agreement;

/// <summary>Mean squared error: loss, gradients and steps against the oracle's, and its errors.</summary>
public class RegressionTests
{
    public static TheoryData<string, int> Cases => new()
    {
        { nameof(SingleOutput), 1 }, { nameof(SingleOutput), 37 }, { nameof(SingleDense), 20 }, { nameof(NormedMlp), 45 },
        { nameof(NarrowResNet), 33 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void LossAndGradientsAgree(string name, int count)
    {
        using var twin = new Twin(name, count + 7);
        twin.Synchronize();
        double[][] images = twin.DrawImages(count, twin.NextStep);
        double[][] targets = Targets(twin, count);
        ReferenceStep expected = twin.Reference.ComputeGradients(images, targets, twin.NextStep);

        StepResult actual = twin.Network.ComputeGradients(Floats(images), Floats(targets));

        AssertAgreement.Loss(expected.Loss, actual.Loss);
        Assert.Equal((count, 0), (actual.Count, actual.Correct));
        double[][] gradients = twin.Gradients();
        for (int p = 0; p < gradients.Length; p++)
            AssertAgreement.Gradient($"gradient of {twin.Network.Parameters[p].Name}", expected.Gradients, gradients, p);
    }

    [Theory]
    [InlineData(nameof(SingleOutput))]
    [InlineData(nameof(NormedMlp))]
    public void TheEvaluationIsTheMeanOverImagesAndOutputs(string name)
    {
        const int count = 53;
        using var twin = new Twin(name, batchSize: 16);
        twin.Synchronize();
        var noise = new NoiseKey(twin.Network.Seed, 3, Evaluation: true);
        double[][] images = twin.DrawImages(count, noise), targets = Targets(twin, count);
        double expected =
            images.Select((image, i) => ReferenceLoss.Loss(twin.Reference.Logits(image, new(noise, i)), targets[i])).Average();

        EvaluationResult actual = twin.Network.Evaluate(Floats(images), Floats(targets), draw: 3);

        AssertAgreement.Loss(expected, actual.Loss);
        Assert.Equal((count, 0), (actual.Count, actual.Correct));
    }

    [Fact]
    public void StepsLearnALine()
    {
        using var network = new SingleOutput(seed: 3, batchSize: 64, threads: 2);
        var random = new Random(5);
        float[] images = [.. Enumerable.Range(0, 64 * 7).Select(_ => random.NextSingle() - 0.5f)];
        float[] targets = [.. images.Chunk(7).Select(image => image[0] - 0.5f * image[6])];
        var optimizer = new Adam(learningRate: 1e-2f);
        float first = network.TrainStep(images, targets, optimizer).Loss, last = first;
        for (int step = 0; step < 300; step++) last = network.TrainStep(images, targets, optimizer).Loss;

        Assert.InRange(last, 0, 0.01f * first);
    }

    [Fact]
    public void TargetsThatDoNotFitAreRefused()
    {
        using var network = new SingleOutput(seed: 3, batchSize: 64, threads: 1);
        float[] images = new float[2 * 7];
        string message = "2 images of SingleOutput need 2 × 1 targets, not 3.";
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => network.ComputeGradients(images, new float[3])).Message);
        Assert.StartsWith(
            message, Assert.Throws<ArgumentException>(() => network.TrainStep(images, new float[3], new Adam(1e-3f))).Message);
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => network.Evaluate(images, new float[3])).Message);
        Assert.Equal(
            "SingleOutput has a single output, and so no classes to tell apart: give targets in place of labels.",
            Assert.Throws<InvalidOperationException>(() => network.ComputeGradients(images, new int[2])).Message);
    }

    private static double[][] Targets(Twin twin, int count)
    {
        var random = new Random(count);
        double Draw() => (float)(random.NextDouble() * 2 - 1);
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, twin.Network.Classes).Select(_ => Draw()).ToArray())];
    }

    private static float[] Floats(double[][] rows) => [.. rows.SelectMany(row => row).Select(value => (float)value)];
}
