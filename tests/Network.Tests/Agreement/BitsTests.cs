using NoiseGen.CompilerServices;
using NoiseGen.Tests.Declared;
using NoiseGen.Tests.Properties;
using NoiseGen.Tests.Reference;

namespace NoiseGen.Tests.Agreement;

/// <summary>
/// Quantizer bits that are set at run time, compared with the oracle, with declarations of those bits, and with networks without
/// quantizers.
/// </summary>
public class BitsTests
{
    // Weights, activations. With more levels, the remainder of a value's rounding, from which a scale learns, is a smaller part of the
    // value, and float has fewer digits of it.
    private static readonly (int Weights, int Activations)[] s_bits = [(0, 0), (0, 5), (5, 0), (2, 2), (12, 7), (16, 6)];

    public static TheoryData<string, int, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int, int>();
            string[] names =
            [
                nameof(FourBits), nameof(FewestBits), nameof(QuantizedInput), nameof(Exceptions), nameof(Everything),
                nameof(SignedQuantizers), nameof(QuantizedNoise),
                nameof(LearnedLeNet), nameof(LearnedSigned), nameof(LearnedNormed), nameof(LearnedUnpooled), nameof(PerChannelMlp),
            ];
            foreach (string name in names)
            {
                foreach ((int weights, int activations) in s_bits) cases.Add(name, weights, activations);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void BothPassesAgree(string name, int weightBits, int activationBits)
    {
        using var twin = new Twin(name, batchSize: 20, setBits: network => SetBits(network, weightBits, activationBits));
        AssertBothPassesAgree(twin);
    }

    [Theory]
    [InlineData(nameof(LearnedLeNet))]
    [InlineData(nameof(LearnedSigned))]
    [InlineData(nameof(LearnedNormed))]
    [InlineData(nameof(LearnedUnpooled))]
    public void BothPassesAgreeWithHeldScales(string name)
    {
        using var twin = new Twin(name, batchSize: 20, setBits: network =>
        {
            foreach (Stage stage in network.Stages.Where(stage => stage.Description.ActivationQuantizer is not null))
            {
                stage.Quantizer.IsLearned = false;
                stage.Quantizer.Scale = 0.0625f;
            }
        });
        AssertBothPassesAgree(twin);
    }

    private static void AssertBothPassesAgree(Twin twin)
    {
        twin.Synchronize();
        Batch batch = twin.DrawBatch(20, twin.NextStep);
        ReferenceStep expected = twin.Reference.ComputeGradients(batch.Images, batch.Labels, twin.NextStep);

        StepResult actual = twin.Network.ComputeGradients(batch.Pixels, batch.Labels);

        AssertAgreement.Loss(expected.Loss, actual.Loss);
        double[][] gradients = twin.Gradients();
        for (int p = 0; p < gradients.Length; p++)
            AssertAgreement.Gradient($"gradient of {twin.Network.Parameters[p].Name}", expected.Gradients, gradients, p);

        var noise = new NoiseKey(twin.Network.Seed, 0, Evaluation: true);
        Batch evaluated = twin.DrawBatch(20, noise);
        double[] logits = [.. evaluated.Images.SelectMany((image, i) => twin.Reference.Logits(image, new(noise, i)))];
        var found = new float[logits.Length];
        twin.Network.Forward(evaluated.Pixels, found);
        AssertAgreement.Tensor("logits", logits, Twin.Widen(found));
    }

    /// <summary>The declared bits are only the initial value.</summary>
    [Fact]
    public void BitsThatAreSetComputeWhatDeclaredOnesDo()
    {
        using var declared = new Workload(nameof(FourBits), images: 40);
        using var set = new Workload(nameof(FourBits), images: 40);
        SetBits(set.Network, 7, 3);
        declared.Train(steps: 1);
        set.Train(steps: 1);
        Assert.NotEqual(declared.Parameters(), set.Parameters());

        using var back = new Workload(nameof(FourBits), images: 40);
        SetBits(back.Network, 7, 3);
        SetBits(back.Network, 4, 4);
        back.Train(steps: 1);
        Assert.Equal(declared.Parameters(), back.Parameters());
    }

    /// <summary>Without bits, a quantized network equals the network without quantizers bit for bit: one declaration serves both.</summary>
    [Fact]
    public void NoBitsComputeWhatNoQuantizerDoes()
    {
        using var ideal = new Workload(nameof(LeNet5Both), images: 40);
        using var clean = new Workload(nameof(LeNet5Noisy), images: 40);
        SetBits(ideal.Network, 0, 0);
        Assert.Equal(
            clean.Network.Parameters.Select(parameter => parameter.Name), ideal.Network.Parameters.Select(parameter => parameter.Name));

        ideal.Train(steps: 3);
        clean.Train(steps: 3);

        Assert.Equal(clean.Parameters(), ideal.Parameters());
        Assert.Equal(clean.Logits(draw: 1), ideal.Logits(draw: 1));
    }

    /// <summary>A learned scale without bits is neither collected nor learned, and later continues from where it was.</summary>
    [Fact]
    public void ALearnedScaleWithoutBitsWaits()
    {
        using var workload = new Workload(nameof(LearnedLeNet), images: 20);
        Statistic steps =
            workload.Network.Statistics.First(statistic => statistic.Name.EndsWith(".quantizer.steps", StringComparison.Ordinal));
        Parameter maximum =
            workload.Network.Parameters.First(parameter => parameter.Name.EndsWith(".quantizer.maximum", StringComparison.Ordinal));
        SetBits(workload.Network, 4, 0);
        workload.Train(steps: 2);
        Assert.Equal((0f, 1f), (steps.Values[0], maximum.Values[0]));

        SetBits(workload.Network, 4, 4);
        workload.Train(steps: 2);
        Assert.Equal(2f, steps.Values[0]);
        Assert.NotEqual(1f, maximum.Values[0]);
    }

    /// <summary>A learned scale that is held computes the same as a constant one, bit for bit, and its parameter stays unchanged.</summary>
    [Fact]
    public void AHeldScaleIsAConstantOne()
    {
        using var held = new Workload(nameof(LearnedNormed), images: 24);
        foreach (Stage stage in held.Network.Stages.Where(stage => stage.Description.ActivationQuantizer is not null))
        {
            stage.Quantizer.IsLearned = false;
            stage.Quantizer.Scale = 0.0625f;
            Assert.Equal(0.0625f * 64 / 63, stage.Quantizer.Step);
        }

        float[][] before = Maxima(held.Network);
        var optimizer = new AdamW(1e-2f) { WeightDecay = 0.5f };
        for (int step = 0; step < 3; step++) held.Network.TrainStep(held.Images, held.Labels, optimizer);
        Assert.Equal(before, Maxima(held.Network));
        Assert.Contains("6-bit activations", held.Network.Summary(), StringComparison.Ordinal);
        Assert.DoesNotContain("learned", held.Network.Summary(), StringComparison.Ordinal);

        string file = Path.GetTempFileName();
        held.Network.Save(file);
        using var loaded = new Workload(nameof(LearnedNormed), images: 24);
        loaded.Network.Load(file);
        Assert.Equal(held.Logits(draw: 1), loaded.Logits(draw: 1));
        foreach (Stage stage in held.Network.Stages.Where(stage => stage.Description.ActivationQuantizer is not null))
            stage.Quantizer.IsLearned = true;
        held.Network.Save(file);
        loaded.Network.Load(file);
        File.Delete(file);
        Assert.All(loaded.Network.Stages.Where(stage => stage.Description.ActivationQuantizer is not null),
            stage => Assert.True(stage.Quantizer.IsLearned));
        Assert.Equal(held.Logits(draw: 1), loaded.Logits(draw: 1));
    }

    [Fact]
    public void OnlyALearnedScaleCanBeLearned()
    {
        using NeuralNetwork four = DeclaredNetworks.Create(nameof(FourBits));
        four.Stages[0].Quantizer.IsLearned = false;
        Assert.Contains(
            $"The scale of stage {four.Stages[0].Name}'s quantizer was declared constant",
            Assert.Throws<InvalidOperationException>(() => four.Stages[0].Quantizer.IsLearned = true).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherBitsAreRefused()
    {
        using NeuralNetwork network = DeclaredNetworks.Create(nameof(SignedQuantizers));
        Stage signed = network.Stages.First(stage => stage.Description.ActivationQuantizer is { Signed: true });
        using NeuralNetwork four = DeclaredNetworks.Create(nameof(FourBits));
        Stage unsigned = four.Stages[0];
        Assert.Contains(
            $"The activations of stage {signed.Name} have 2 … 16 bits, or 0 for an ideal quantizer.",
            Assert.Throws<ArgumentOutOfRangeException>(() => signed.Quantizer.Bits = 1).Message, StringComparison.Ordinal);
        Assert.Contains(
            $"The activations of stage {unsigned.Name} have 1 … 16 bits",
            Assert.Throws<ArgumentOutOfRangeException>(() => unsigned.Quantizer.Bits = 17).Message, StringComparison.Ordinal);
        Assert.Contains(
            $"The weights of stage {unsigned.Name} have 2 … 16 bits, or 0 to stay as they are.",
            Assert.Throws<ArgumentOutOfRangeException>(() => unsigned.WeightQuantizer.Bits = 1).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => unsigned.WeightQuantizer.Bits = -1);
        Assert.Equal((4, 4), (unsigned.Quantizer.Bits, unsigned.WeightQuantizer.Bits));

        unsigned.Quantizer.Scale = 1e37f;
        Assert.Contains("would not be finite", Assert.Throws<ArgumentOutOfRangeException>(() => unsigned.Quantizer.Bits = 8).Message,
            StringComparison.Ordinal);
        unsigned.Quantizer.Bits = 0;
        Assert.Equal((0f, float.PositiveInfinity, 0), (unsigned.Quantizer.Step, unsigned.Quantizer.Maximum, unsigned.Quantizer.Levels));
        Assert.Contains("needs [Quantize]", Assert.Throws<InvalidOperationException>(() => four.Stages[^1].Quantizer).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void TheSummarySaysTheBitsInUse()
    {
        using NeuralNetwork network = DeclaredNetworks.Create(nameof(FourBits));
        Assert.Contains("4-bit weights, 4-bit activations", network.Summary(), StringComparison.Ordinal);
        SetBits(network, 6, 0);
        Assert.Contains("6-bit weights, unrounded activations", network.Summary(), StringComparison.Ordinal);
        Assert.Contains("4-bit weights, 4-bit activations", network.Description.ToString(), StringComparison.Ordinal);
    }

    private static float[][] Maxima(NeuralNetwork network) =>
        [.. network.Parameters.Where(parameter => parameter.Name.EndsWith(".quantizer.maximum", StringComparison.Ordinal))
            .Select(parameter => parameter.Values.ToArray())];

    private static void SetBits(NeuralNetwork network, int weights, int activations)
    {
        foreach (Stage stage in network.Stages)
        {
            if (stage.Description.WeightQuantizer is not null) stage.WeightQuantizer.Bits = weights;
            if (stage.Description.ActivationQuantizer is not null) stage.Quantizer.Bits = activations;
        }
    }
}
