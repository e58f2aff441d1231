using NoiseGen.Tests.Declared;
using NoiseGen.Tests.Reference;

namespace NoiseGen.Tests.Agreement;

/// <summary>Drift of the weights: w·(t/t₀)^−|ν + σg| in evaluation, and nowhere else.</summary>
public class DriftTests
{
    [Theory]
    [InlineData(nameof(LeNet5Clean), 0f)]
    [InlineData(nameof(LeNet5Both), 0.05f)]
    [InlineData(nameof(Squares), 0f)]
    [InlineData(nameof(NarrowResNet), 0.1f)]
    public void LogitsAgree(string name, float noise)
    {
        using var twin = new Twin(name, batchSize: 20);
        Stage[] stages = [.. twin.Network.Stages.Where(stage => stage.Description.Linear is not null)];
        twin.Network.DriftTime = 1000f;
        foreach ((LinearOperation layer, Stage stage) in twin.Reference.Layers.Zip(stages))
        {
            int index = twin.Network.Stages.Index().First(one => one.Item == stage).Index;
            WeightDrift drift = stage.WeightDrift;
            (drift.Exponent, drift.ExponentDeviation, drift.Device) = (0.02f * (index % 3), 0.03f, (uint)index % 2);
            stage.WeightNoise.EvaluationSigma = noise;
            (double mean, double deviation, uint device) = (drift.Exponent, drift.ExponentDeviation, drift.Device);
            double[]? clean = null;
            layer.Noise = (key, i) =>
            {
                clean ??= layer.Quantizer?.Forward(layer.Weights) ?? layer.Weights;
                double exponent = Math.Abs(mean + deviation * WeightDrift.Sample(device, index, i));
                return clean[i] * (Math.Pow(1000, -exponent) - 1) + noise * WeightNoise.Sample(key, index, i);
            };
        }

        AssertAgreement.Logits(twin, 20);
        stages[0].WeightDrift.ExponentDeviation = 0.031f;
        Assert.Throws<DisagreementException>(() => AssertAgreement.Logits(twin, 20));
    }

    [Fact]
    public void OnlyAnEvaluationAfterSomeTimeDrifts()
    {
        using NeuralNetwork network = DeclaredNetworks.Create(nameof(LeNet5Clean), batchSize: 8),
            other = DeclaredNetworks.Create(nameof(LeNet5Clean), batchSize: 8);
        var random = new Random(1);
        float[] images = [.. Enumerable.Range(0, 8 * network.Description.Input.Count).Select(_ => (float)random.Gaussian())];
        int[] labels = random.Labels(8, network.Classes);
        float[] Logits(NeuralNetwork of)
        {
            var logits = new float[8 * of.Classes];
            of.Forward(images, logits);
            return logits;
        }

        float[] clean = Logits(network);
        network.SetDrift(0.05f, 0.02f, device: 3);
        Assert.Equal(clean, Logits(network));
        network.DriftTime = 100f;
        float[] drifted = Logits(network);
        Assert.NotEqual(clean, drifted);
        network.SetDrift(0.05f, 0.02f, device: 4);
        Assert.NotEqual(drifted, Logits(network));
        network.SetDrift(0.05f, 0.02f, device: 3);
        Assert.Equal(drifted, Logits(network));

        network.TrainStep(images, labels, new Sgd(0.1f));
        other.TrainStep(images, labels, new Sgd(0.1f));
        Assert.Equal(other.Parameters.SelectMany(parameter => parameter.Values.ToArray()),
            network.Parameters.SelectMany(parameter => parameter.Values.ToArray()));
        network.DriftTime = 1f;
        Assert.Equal(Logits(other), Logits(network));
    }

    [Fact]
    public void ExponentsOfADeviceAreGaussian()
    {
        const int Count = 100_000;
        double[] samples = [.. Enumerable.Range(0, Count).Select(i => (double)WeightDrift.Sample(5, 2, i))];
        Assert.InRange(samples.Average(), -5 / Math.Sqrt(Count), 5 / Math.Sqrt(Count));
        Assert.InRange(samples.Average(g => g * g), 1 - 5 * Math.Sqrt(2.0 / Count), 1 + 5 * Math.Sqrt(2.0 / Count));
        Assert.NotEqual(samples[0], WeightDrift.Sample(5, 3, 0));
        Assert.NotEqual(samples[0], WeightDrift.Sample(6, 2, 0));
    }

    [Fact]
    public void MistakesAreNamed()
    {
        using NeuralNetwork network = DeclaredNetworks.Create(nameof(PoolsAlone));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.DriftTime = 0.5f);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.DriftTime = float.PositiveInfinity);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.SetDrift(-0.1f, 0f));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.SetDrift(0f, float.NaN));
        Stage pool = network.Stages.First(stage => stage.Description.Linear is null);
        Assert.Contains(
            "has no weights", Assert.Throws<InvalidOperationException>(() => pool.WeightDrift).Message, StringComparison.Ordinal);
    }
}
