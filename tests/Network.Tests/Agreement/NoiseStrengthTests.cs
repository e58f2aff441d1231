using NoiseGen.Tests.Declared;

namespace NoiseGen.Tests.Agreement;

/// <summary>What stands between a sigma and the noise: repetitions, the site's size, the share of combined noise, and images of their own.</summary>
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

    [Fact]
    public void OnlyCombinedNoiseHasTwoParts()
    {
        using NeuralNetwork combined = DeclaredNetworks.Create(nameof(CombinedNoises)), scaled = DeclaredNetworks.Create(nameof(Scaled));
        combined.Noise[1].SetCombined(multiplicative: 0.1f, additive: 0.3f);
        Assert.Equal((0.4f, 0.75f), (combined.Noise[1].TrainSigma, combined.Noise[1].AdditiveShare), (a, b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) < 1e-6f);

        Assert.Contains("Multiplicative noise", Assert.Throws<InvalidOperationException>(() => scaled.Noise[1].AdditiveShare = 0.5f).Message, StringComparison.Ordinal);
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
        for (int p = 0; p < gradients.Length; p++) AssertAgreement.Gradient(twin.Network.Parameters[p].Name, expected.Gradients, gradients, p);
        AssertAgreement.Loss(expected.Loss, actual.Loss);
    }
}
