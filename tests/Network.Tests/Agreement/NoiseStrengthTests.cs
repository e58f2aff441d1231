using NoiseGen.Tests.Declared;

namespace NoiseGen.Tests.Agreement;

/// <summary>
/// What lies between a sigma and the noise: repetitions, the site's size, the share of combined noise, and sigmas per image.
/// </summary>
public class NoiseStrengthTests
{
    public static TheoryData<string> Networks => [nameof(LeNet5Both), nameof(Scaled), nameof(CombinedNoises), nameof(QuantizedNoise)];

    [Theory]
    [MemberData(nameof(Networks))]
    public void OptionsOfSitesAgree(string name)
    {
        using var twin = new Twin(name, batchSize: 20);
        foreach (NoiseSite site in twin.Network.Noise)
        {
            site.Repetitions = 1 + site.Index % 4;
            site.NormalizesToInputSize = site.Index % 3 == 0;
            if (site.Description.Form == NoiseForm.Combined) site.AdditiveShare = 0.1f + 0.1f * (site.Index % 8);
        }

        twin.CopySettings();
        AssertGradientsAgree(twin);
        twin.Network.Noise[0].Repetitions += 1;
        Assert.Throws<DisagreementException>(() => AssertGradientsAgree(twin));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void SigmasOfImagesAgree(string name)
    {
        using var twin = new Twin(name, batchSize: 20);
        foreach ((ImageSigma sigma, Func<double, double, double> definition) in new (ImageSigma, Func<double, double, double>)[]
        {
            (ImageSigma.HalfNormal(0.75f, 0.5f), (g, sigma) => 0.75 * sigma + 0.5 * Math.Abs(g)),
            (ImageSigma.Normal(1.25f, 0.25f), (g, sigma) => Math.Max(0, 1.25 * sigma + 0.25 * g)),
        })
        {
            twin.Network.Noise.PerImage = sigma;
            foreach (Reference.NoiseOperation site in twin.Reference.Noise) site.OfImage = definition;
            AssertGradientsAgree(twin);
        }

        twin.Network.Noise.PerImage = null;
        Assert.Throws<DisagreementException>(() => AssertGradientsAgree(twin));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void PatternsOfDevicesAgree(string name)
    {
        using var twin = new Twin(name, batchSize: 20);
        foreach (NoiseSite site in twin.Network.Noise) site.Device = site.Index % 3 == 0 ? null : (uint)site.Index % 2;
        twin.CopySettings();
        AssertGradientsAgree(twin);

        // A pattern before a norm would have no effect: the norm removes a shift that all images share.
        twin.Network.Noise[3].Device = 7;
        Assert.Throws<DisagreementException>(() => AssertGradientsAgree(twin));
    }

    // Not QuantizedNoise: the noise of its maps is added before a norm, which removes all of it.
    [Theory]
    [InlineData(nameof(LeNet5Both))]
    [InlineData(nameof(Scaled))]
    [InlineData(nameof(CombinedNoises))]
    public void PatternsOfChannelsAgree(string name)
    {
        using var twin = new Twin(name, batchSize: 20);
        foreach (NoiseSite site in twin.Network.Noise) site.Device = (uint)site.Index % 3;
        twin.CopySettings();
        foreach (NoiseSite site in twin.Network.Noise)
            site.PatternScope = site.Index % 2 == 1 ? PatternScope.Channel : PatternScope.Element;
        Assert.Throws<DisagreementException>(() => AssertGradientsAgree(twin));
        twin.CopySettings();
        AssertGradientsAgree(twin);
    }

    [Fact]
    public void ADeviceIsTheSameForAllImagesAndDraws()
    {
        using NeuralNetwork network = DeclaredNetworks.Create(nameof(LeNet5Noisy), batchSize: 64);
        foreach (NoiseSite site in network.Noise) (site.EvaluationSigma, site.Device) = (0.5f, 3);
        var images = new float[40 * network.Description.Input.Count];
        float[] Logits(uint draw)
        {
            var logits = new float[40 * network.Classes];
            network.Forward(images, logits, draw);
            return logits;
        }

        float[] first = Logits(0);
        Assert.Equal(first[..network.Classes], first[(39 * network.Classes)..]);
        Assert.Equal(first, Logits(9));
        network.Noise[0].Device = 4;
        Assert.NotEqual(first, Logits(0));
        first = Logits(0);
        network.Noise[0].PatternScope = PatternScope.Channel;
        Assert.NotEqual(first, Logits(0));
        network.Noise[0].Device = null;
        Assert.NotEqual(Logits(0), Logits(1));
    }

    [Theory]
    [InlineData(nameof(LeNet5Both), false)]
    [InlineData(nameof(LeNet5Clean), true)]
    [InlineData(nameof(Squares), true)]
    [InlineData(nameof(NarrowResNet), false)]
    public void NoiseOfWeightsAgrees(string name, bool isRelative)
    {
        using var twin = new Twin(name, batchSize: 20);
        Stage[] stages = [.. twin.Network.Stages.Where(stage => stage.Description.Linear is not null)];
        foreach ((Reference.LinearOperation layer, Stage stage) in twin.Reference.Layers.Zip(stages))
        {
            int index = twin.Network.Stages.Index().First(one => one.Item == stage).Index;
            (stage.WeightNoise.TrainSigma, stage.WeightNoise.EvaluationSigma, stage.WeightNoise.IsRelative) =
                (0.02f + 0.01f * (index % 3), 0.5f, isRelative);
            double Largest() => isRelative ? (layer.Quantizer?.Forward(layer.Weights) ?? layer.Weights).Max(Math.Abs) : 1;
            layer.Noise = (key, i) => stage.WeightNoise.TrainSigma * Largest() * WeightNoise.Sample(key, index, i);
        }

        AssertGradientsAgree(twin);
        stages[0].WeightNoise.TrainSigma += 0.01f;
        AssertGradientsAgree(twin);
        foreach (Stage stage in stages) stage.WeightNoise.TrainSigma = 0f;
        foreach (Reference.LinearOperation layer in twin.Reference.Layers) layer.Noise = null;
        AssertGradientsAgree(twin);
        Assert.Throws<ArgumentOutOfRangeException>(() => stages[0].WeightNoise.EvaluationSigma = -1f);
    }

    /// <summary>The gradient is computed with the noisy weights; the update is applied to the clean ones.</summary>
    [Fact]
    public void AnUpdateAppliesToTheCleanWeights()
    {
        const float Rate = 0.5f;
        using NeuralNetwork network = DeclaredNetworks.Create(nameof(LeNet5Clean), batchSize: 8);
        var random = new Random(2);
        float[] images = [.. Enumerable.Range(0, 8 * network.Description.Input.Count).Select(_ => (float)random.Gaussian())];
        int[] labels = random.Labels(8, network.Classes);
        foreach (Stage stage in network.Stages) stage.WeightNoise.TrainSigma = 0.1f;
        float[][] before = [.. network.Parameters.Select(parameter => parameter.Values.ToArray())];
        network.ComputeGradients(images, labels);
        float[][] gradients = [.. network.Parameters.Select(parameter => parameter.Gradients.ToArray())];

        network.TrainStep(images, labels, new Sgd(Rate));

        foreach ((int p, Parameter parameter) in network.Parameters.Index())
            Assert.Equal(before[p].Zip(gradients[p], (value, gradient) => value - Rate * gradient), parameter.Values.ToArray(),
                (a, b) => Math.Abs(a - b) < 1e-6f);
    }

    [Fact]
    public void OnlyCombinedNoiseHasTwoParts()
    {
        using NeuralNetwork combined = DeclaredNetworks.Create(nameof(CombinedNoises)), scaled = DeclaredNetworks.Create(nameof(Scaled));
        combined.Noise[1].SetCombined(multiplicative: 0.1f, additive: 0.3f);
        Assert.Equal((0.4f, 0.75f), (combined.Noise[1].TrainSigma, combined.Noise[1].AdditiveShare),
            (a, b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) < 1e-6f);

        Assert.Contains("Multiplicative noise",
            Assert.Throws<InvalidOperationException>(() => scaled.Noise[1].AdditiveShare = 0.5f).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => combined.Noise[1].AdditiveShare = 1.5f);
        Assert.Throws<ArgumentOutOfRangeException>(() => scaled.Noise[1].Repetitions = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageSigma.Normal(-1f, 0f));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageSigma.HalfNormal(1f, float.NaN));
    }

    private static void AssertGradientsAgree(Twin twin)
    {
        twin.Synchronize();
        Batch batch = twin.DrawBatch(20, twin.NextStep);
        Reference.ReferenceStep expected = twin.Reference.ComputeGradients(batch.Images, batch.Labels, twin.NextStep);
        StepResult actual = twin.Network.ComputeGradients(batch.Pixels, batch.Labels);
        double[][] gradients = twin.Gradients();
        for (int p = 0; p < gradients.Length; p++)
            AssertAgreement.Gradient(twin.Network.Parameters[p].Name, expected.Gradients, gradients, p);
        AssertAgreement.Loss(expected.Loss, actual.Loss);
    }
}
