using NoiseGen.CompilerServices;
using NoiseGen.Onnx;
using NoiseGen.Tests.Agreement;
using NoiseGen.Tests.Declared;

namespace NoiseGen.Tests;

/// <summary>The noise of an evaluation: fixed patterns element by element, fresh samples by their effect on the logits.</summary>
public class NoiseTests
{
    // The allowed difference in standard errors: one in a million runs of all these comparisons would fail by chance.
    private const double Sure = 6;

    public static TheoryData<string> Noisy
    {
        get
        {
            var names = new TheoryData<string>();
            foreach (string name in DeclaredNetworks.Names)
            {
                using NeuralNetwork network = DeclaredNetworks.Create(name, batchSize: 1, threads: 1);
                if (network.Noise.Count > 0) names.Add(name);
            }

            return names;
        }
    }

    // Deterministic: place, kind, order and strength of every site.
    [Theory]
    [MemberData(nameof(Noisy))]
    public void PatternsOfDevicesAgree(string name)
    {
        using var twin = new Twin(name, batchSize: 16);
        foreach (NoiseSite site in twin.Network.Noise)
        {
            (site.Device, site.Repetitions, site.NormalizesToInputSize) = ((uint)site.Index, 1 + site.Index % 2, site.Index % 5 == 4);
            site.PatternScope = site.Index % 3 == 0 ? PatternScope.Channel : PatternScope.Element;
        }

        twin.CopySettings();
        twin.Synchronize();
        float[] images =
            [.. twin.DrawImages(7, new NoiseKey(0, 0, Evaluation: true)).SelectMany(image => image).Select(value => (float)value)];
        using OnnxModel model = OnnxModel.Of(twin.Network, OnnxNoise.Evaluation);
        AssertLogits.Agree(twin.Network, model, images);

        using OnnxModel clean = OnnxModel.Of(twin.Network);
        Assert.Throws<DisagreementException>(() => AssertLogits.Agree(twin.Network, clean, images));
    }

    [Theory]
    [InlineData(nameof(LeNet5Clean))]
    [InlineData(nameof(FourBits))]
    [InlineData(nameof(NarrowResNet))]
    public void DriftAgrees(string name)
    {
        using var twin = new Twin(name, batchSize: 16);
        twin.Network.Noise.SetEvaluationSigma(0f);
        twin.CopySettings();
        twin.Synchronize();
        twin.Network.SetDrift(0.05f, 0.03f, device: 2);
        twin.Network.DriftTime = 1000f;
        float[] images =
            [.. twin.DrawImages(7, new NoiseKey(0, 0, Evaluation: true)).SelectMany(image => image).Select(value => (float)value)];
        using OnnxModel model = OnnxModel.Of(twin.Network, OnnxNoise.Evaluation), clean = OnnxModel.Of(twin.Network);
        AssertLogits.Agree(twin.Network, model, images);
        Assert.Throws<DisagreementException>(() => AssertLogits.Agree(twin.Network, clean, images));
    }

    [Theory]
    [InlineData(nameof(PcmLeNet))]
    [InlineData(nameof(MixedDevices))]
    public void AChipsWeightsAgree(string name)
    {
        using var twin = new Twin(name, batchSize: 16);
        twin.Network.Noise.SetEvaluationSigma(0f);
        twin.CopySettings();
        twin.Synchronize();
        (twin.Network.Chip, twin.Network.Age, twin.Network.StuckOn) = (5, TimeSpan.FromDays(30), 0.01f);
        float[] images =
            [.. twin.DrawImages(7, new NoiseKey(0, 0, Evaluation: true)).SelectMany(image => image).Select(value => (float)value)];
        using OnnxModel model = OnnxModel.Of(twin.Network, OnnxNoise.Evaluation), ideal = OnnxModel.Of(twin.Network);
        AssertLogits.Agree(twin.Network, model, images);
        Assert.Throws<DisagreementException>(() => AssertLogits.Agree(twin.Network, ideal, images));
    }

    [Theory]
    [InlineData(nameof(NormedConvolutions))]
    [InlineData(nameof(Everything))]
    [InlineData(nameof(Scaled))]
    [InlineData(nameof(CombinedNoises))]
    [InlineData(nameof(QuantizedNoise))]
    public void SamplesHaveTheSameEffect(string name)
    {
        const int Count = 2000, Runs = 5;
        using var twin = new Twin(name, batchSize: 500);
        twin.Synchronize();
        NeuralNetwork network = twin.Network;
        using OnnxModel model = OnnxModel.Of(network, OnnxNoise.Evaluation);
        float[] image = Image(network), images = [.. Enumerable.Repeat(image, Count).SelectMany(pixels => pixels)];
        var logits = new float[Count * network.Classes];
        AssertSameDistribution(
            network.Classes,
            Enumerable.Range(0, Runs).SelectMany(draw =>
            {
                network.Forward(images, logits, (uint)draw);
                return logits.ToArray();
            }),
            Enumerable.Range(0, Runs).SelectMany(_ => model.Run(images)));
    }

    [Theory]
    [InlineData(nameof(SingleDense), false)]
    [InlineData(nameof(OddChannels), true)]
    [InlineData(nameof(PerChannelMlp), true)]
    public void WeightsAreDisturbedOnceInEveryRun(string name, bool isRelative)
    {
        const int Runs = 3000;
        using var twin = new Twin(name, batchSize: 1);
        twin.Synchronize();
        NeuralNetwork network = twin.Network;
        network.Noise.SetEvaluationSigma(0f);
        foreach (Stage stage in network.Stages) (stage.WeightNoise.EvaluationSigma, stage.WeightNoise.IsRelative) = (0.1f, isRelative);
        using OnnxModel model = OnnxModel.Of(network, OnnxNoise.Evaluation);
        float[] image = Image(network), logits = new float[network.Classes];
        AssertSameDistribution(
            network.Classes,
            Enumerable.Range(0, Runs).SelectMany(draw =>
            {
                network.Forward(image, logits, (uint)draw);
                return logits.ToArray();
            }),
            Enumerable.Range(0, Runs).SelectMany(_ => model.Run(image)));

        float[] twice = model.Run([.. image, .. image]);
        Assert.Equal(twice[..network.Classes], twice[network.Classes..], (a, b) => Math.Abs(a - b) < 1e-4f);
    }

    [Fact]
    public void CustomKindsAreRefused()
    {
        AssertRefused(new Shifted(seed: 1), "Hidden.Linear", "Shift");
        AssertRefused(new Namesake(seed: 1), "Hidden.Activation", "Additive");

        static void AssertRefused(NeuralNetwork network, string site, string kind)
        {
            using NeuralNetwork _ = network;
            network.Noise[site].EvaluationSigma = 0.5f;
            Assert.Contains($"Noise site {site} has noise of the kind {kind}", Assert.Throws<NotSupportedException>(
                () => OnnxModel.Of(network, OnnxNoise.Evaluation)).Message, StringComparison.Ordinal);
            OnnxModel.Of(network).Dispose();
            network.Noise[site].EvaluationSigma = 0f;
            OnnxModel.Of(network, OnnxNoise.Evaluation).Dispose();
        }
    }

    private static float[] Image(NeuralNetwork network)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, network.Description.Input.Count).Select(_ => (float)random.Gaussian())];
    }

    // Mean and variance of every logit.
    private static void AssertSameDistribution(int classes, IEnumerable<float> expected, IEnumerable<float> actual)
    {
        float[][] network = [.. expected.Chunk(classes)], model = [.. actual.Chunk(classes)];
        for (int c = 0; c < classes; c++)
        {
            Moments a = Moments.Of(network, c), b = Moments.Of(model, c);
            Assert.True(a.Variance > 1e-6, $"The network's logit {c} has no noise.");
            Assert.InRange(b.Mean - a.Mean, -Sure * double.Hypot(a.MeanError, b.MeanError), Sure * double.Hypot(a.MeanError, b.MeanError));
            Assert.InRange(b.Variance - a.Variance, -Sure * double.Hypot(a.VarianceError, b.VarianceError),
                Sure * double.Hypot(a.VarianceError, b.VarianceError));
        }
    }

    // With the standard errors of both.
    private readonly record struct Moments(double Mean, double MeanError, double Variance, double VarianceError)
    {
        public static Moments Of(float[][] samples, int column)
        {
            double mean = samples.Average(row => row[column]);
            double variance = samples.Average(row => Math.Pow(row[column] - mean, 2)),
                fourth = samples.Average(row => Math.Pow(row[column] - mean, 4));
            return new(mean, Math.Sqrt(variance / samples.Length), variance, Math.Sqrt((fourth - variance * variance) / samples.Length));
        }
    }
}
