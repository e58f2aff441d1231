using Harden;
using NoiseGen.CompilerServices;
using NoiseGen.Tests.Agreement;
using NoiseGen.Tests.Reference;

namespace NoiseGen.Tests;

/// <summary>The papers' networks at full size, compared with themselves and, after quantizers, with the oracle.</summary>
public class FullSizeTests
{
    private const int Bits = 8;

    public static TheoryData<string> Names => [nameof(LeNet5Color), nameof(Vgg11), nameof(ResNet18)];

    [Theory]
    [MemberData(nameof(Names))]
    public void LogitsAgree(string name)
    {
        const int Count = 2;
        using NeuralNetwork network = PaperNetworks.Create(name, bits: 0, Count);
        using OnnxModel model = OnnxModel.Of(network);
        AssertLogits.Agree(network, model, PaperNetworks.Images(network, Count));
    }

    // An image has some 100,000 quantized values. Now and then one is practically on a boundary,
    // so that float's last bit leads to different levels, and a step changes the logits by
    // a thousandth or a hundredth. Images where this does not happen agree; with a wrong operation none would.
    [Theory]
    [MemberData(nameof(Names))]
    public void LogitsOfSomeImagesAgreeAfterQuantizers(string name)
    {
        const int Count = 8, Enough = 2;
        using NeuralNetwork network = PaperNetworks.Create(name, Bits, Count);
        using OnnxModel model = OnnxModel.Of(network);
        float[] images = PaperNetworks.Images(network, Count);
        var expected = new float[Count * network.Classes];
        network.Forward(images, expected);
        double allowed = AssertAgreement.Tolerance * expected.Max(Math.Abs);
        double[] errors =
            [.. expected.Zip(model.Run(images), (a, b) => (double)Math.Abs(a - b)).Chunk(network.Classes).Select(image => image.Max())];
        Assert.True(
            errors.Count(error => error <= allowed) >= Enough, $"Errors of the images: {string.Join(", ", errors)}; {allowed} is allowed.");
    }

    // Every level of every quantizer may differ only at ties; the steps are fine, so that all levels are in use.
    [Theory]
    [MemberData(nameof(Names))]
    public void LevelsAgreeBesidesTies(string name)
    {
        const int Count = 2;
        using NeuralNetwork network = PaperNetworks.Create(name, Bits, Count);
        Stage[] stages = [.. PaperNetworks.QuantizedStages(network)];
        foreach (Stage stage in stages) stage.Quantizer.Scale = 0.03f;
        float[] images = PaperNetworks.Images(network, Count);
        string[] observed = [.. stages.Select(stage => $"{stage.Name}.quantizer/DequantizeLinear")];
        using var model = new OnnxModel(ModelFile.WithOutputs(OnnxModel.Export(network), observed), network.Description.Input);
        float[][] seen = model.Run(images, [.. observed, "output"]);

        var quantizers = new Queue<ObservedQuantizer>();
        var oracle = new ReferenceNetwork(PaperNetworks.WithConstantScales(network));
        foreach (LinearOperation layer in oracle.Layers) layer.Quantizer = null;
        oracle.Load(PaperNetworks.EffectiveParameters(network));
        Statistic[] statistics = PaperNetworks.NormStatistics(network);
        for (int i = 0; i < oracle.Norms.Count; i++)
        {
            oracle.Norms[i].RunningMean = Twin.Widen(statistics[2 * i].Values);
            oracle.Norms[i].RunningVariance = Twin.Widen(statistics[2 * i + 1].Values);
        }

        oracle.Replace(operation =>
        {
            if (operation is not ActivationQuantizerOperation quantizer) return operation;
            int stage = quantizers.Count;
            quantizer.Step = stages[stage].Quantizer.Step;
            quantizers.Enqueue(new(stages[stage].Name, quantizer, [.. seen[stage].Chunk(seen[stage].Length / Count)]));
            return quantizers.Last();
        });
        double[] expected = [.. images.Chunk(network.Description.Input.Count)
            .SelectMany((image, i) => oracle.Logits(Twin.Widen(image), new(new NoiseKey(0, 0, Evaluation: true), i)))];

        Assert.Equal(stages.Length, quantizers.Count);
        AssertAgreement.Tensor($"logits of {name}", expected, Twin.Widen(seen[^1]));
        int differing = quantizers.Sum(quantizer => quantizer.Differing), count = quantizers.Sum(quantizer => quantizer.Count);
        Assert.True(differing <= 1 + count * 2e-5, $"{differing} of {count} values have another level.");
    }
}
