using NoiseGen.Tests.Declared;
using NoiseGen.Tests.Reference;

namespace NoiseGen.Tests.Agreement;

/// <summary>Loss and gradients of every declared network, compared with the oracle's.</summary>
public class GradientTests
{
    // Less than a vector, a vector, an uneven number in a network that takes more, and several whole blocks.
    public static TheoryData<string, int, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int, int>();
            foreach (string name in DeclaredNetworks.Names)
            {
                cases.Add(name, 1, 1);
                cases.Add(name, 16, 16);
                cases.Add(name, 37, 64);
                cases.Add(name, 128, 128);
            }

            return cases;
        }
    }

    public static TheoryData<string> Quantized =>
        [nameof(LeNet5Both), nameof(PerChannelMlp), nameof(FourBits), nameof(FewestBits), nameof(SixteenBits)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void LossAndGradientsAgree(string name, int count, int batchSize)
    {
        using var twin = new Twin(name, batchSize);
        twin.Synchronize();
        AssertStepAgrees(twin, twin.DrawBatch(count, twin.NextStep));
    }

    /// <summary>
    /// Weights that tie for the largest magnitude share the scale's gradient in a tensor; in a channel the first one receives all of it.
    /// </summary>
    [Theory]
    [MemberData(nameof(Quantized))]
    public void GradientsAgreeWhereWeightsTieForTheLargest(string name)
    {
        using var twin = new Twin(name, batchSize: 40);
        foreach (Parameter weights in twin.Network.Parameters.Where(parameter => parameter.Description.Dimensions.Length > 1))
        {
            for (int i = 0; i < weights.Values.Length; i += 3) weights.Values[i] = i % 2 == 0 ? 0.4f : -0.4f;
            for (int i = 0; i < weights.Values.Length; i++) weights.Values[i] = Math.Clamp(weights.Values[i], -0.4f, 0.4f);
        }

        twin.Synchronize();
        AssertStepAgrees(twin, twin.DrawBatch(40, twin.NextStep));
    }

    [Fact]
    public void GradientsFollowTheSettings()
    {
        using var twin = new Twin(nameof(Everything), batchSize: 33);
        foreach ((float sigma, float scale) in new[] { (0.5f, 0.05f), (0.1f, 0.3f) })
        {
            twin.Network.Noise.SetTrainSigma(sigma);
            foreach (Stage stage in twin.QuantizedStages) stage.Quantizer.Scale = scale;
            twin.CopySettings();
            twin.Synchronize();
            AssertStepAgrees(twin, twin.DrawBatch(33, twin.NextStep));
        }
    }

    [Theory]
    [InlineData(nameof(LeNet5Clean), 0.1f)]
    [InlineData(nameof(Everything), 0.9f)]
    public void LabelSmoothingAgrees(string name, float smoothing)
    {
        using var twin = new Twin(name, batchSize: 45);
        twin.Network.LabelSmoothing = smoothing;
        twin.Reference.LabelSmoothing = smoothing;
        twin.Synchronize();
        AssertStepAgrees(twin, twin.DrawBatch(45, twin.NextStep));

        // The loss of an evaluation does not change.
        Batch batch = twin.DrawBatch(45, twin.NextStep);
        double smooth = twin.Network.Evaluate(batch.Pixels, batch.Labels).Loss;
        twin.Network.LabelSmoothing = 0f;
        Assert.Equal(smooth, twin.Network.Evaluate(batch.Pixels, batch.Labels).Loss);
        Assert.Throws<DisagreementException>(() => AssertStepAgrees(twin, batch));
        Assert.Throws<ArgumentOutOfRangeException>(() => twin.Network.LabelSmoothing = 1f);
        Assert.Throws<ArgumentOutOfRangeException>(() => twin.Network.LabelSmoothing = float.NaN);
    }

    [Fact]
    public void ComputingGradientsChangesNothingElse()
    {
        using var twin = new Twin(nameof(Everything), batchSize: 20);
        twin.Synchronize();
        Batch batch = twin.DrawBatch(20, twin.NextStep);
        double[][] before = twin.Parameters();

        StepResult first = twin.Network.ComputeGradients(batch.Pixels, batch.Labels);
        double[][] gradients = twin.Gradients();
        StepResult second = twin.Network.ComputeGradients(batch.Pixels, batch.Labels);

        Assert.Equal(first, second);
        Assert.Equal(gradients, twin.Gradients());
        Assert.Equal(before, twin.Parameters());
        Assert.Equal(0u, twin.Network.Step);
    }

    /// <summary>Loss and gradients of the next step.</summary>
    internal static void AssertStepAgrees(Twin twin, Batch batch)
    {
        ReferenceStep expected = twin.Reference.ComputeGradients(batch.Images, batch.Labels, twin.NextStep);

        StepResult actual = twin.Network.ComputeGradients(batch.Pixels, batch.Labels);

        Assert.Equal(batch.Count, actual.Count);
        Assert.Equal(expected.Correct, actual.Correct);
        double[][] gradients = twin.Gradients();
        for (int p = 0; p < gradients.Length; p++)
            AssertAgreement.Gradient($"gradient of {twin.Network.Parameters[p].Name}", expected.Gradients, gradients, p);
        AssertAgreement.Loss(expected.Loss, actual.Loss);
    }
}
