using Harden;
using NoiseGen.CompilerServices;
using NoiseGen.Onnx.Format;
using NoiseGen.Tests.Reference;
using Xunit.Abstractions;

namespace NoiseGen.Tests;

/// <summary>The papers' networks at full size.</summary>
public class FullSizeTests(ITestOutputHelper output)
{
    private const int Images = 2;

    public static TheoryData<string> Clean => [nameof(LeNet5Color), nameof(Vgg11), nameof(ResNet18)];

    public static TheoryData<string> Quantized => [nameof(LeNet5ColorQuantized), nameof(Vgg11Quantized), nameof(ResNet18Quantized)];

    [Theory]
    [MemberData(nameof(Clean))]
    public void LogitsAgree(string name)
    {
        using NeuralNetwork network = Draw(name);
        using OnnxModel model = OnnxModel.Of(network);
        AssertLogits.Agree(network, model, DrawImages(network));
    }

    [Theory]
    [MemberData(nameof(Quantized))]
    public void X(string name)
    {
        using NeuralNetwork network = Draw(name);
        string[] observed = [.. network.Stages.Where(stage => stage.Description.ActivationQuantizer is not null).Select(stage => $"{stage.Name}.quantizer/DequantizeLinear")];
        var append = new MemoryStream();
        using (var stream = new Google.Protobuf.CodedOutputStream(append, true))
            new ProtoMessage { { 7, new ProtoMessage { { 12, observed.Select(one => new ProtoMessage { { 1, one } }) } } } }.WriteTo(stream);
        byte[] file = [.. OnnxModel.Export(network), .. append.ToArray()];
        using var model = new OnnxModel(file, network.Description.Input);
        float[] images = DrawImages(network);
        float[][] values = model.Run(images, [.. observed, "output"]);
        float[] logits = new float[Images * network.Classes];
        network.Forward(images, logits);
        output.WriteLine($"{logits.Zip(values[^1], (a, b) => Math.Abs(a - b)).Max() / logits.Max(Math.Abs):E2}");
        output.WriteLine(string.Join(" ", observed.Zip(values, (name, v) => $"{v.Length} {v.Max():G4} {v.Count(x => x == 0) * 1.0 / v.Length:G3}\n")));
    }

    private static NeuralNetwork Draw(string name)
    {
        NeuralNetwork network = name switch
        {
            nameof(LeNet5Color) => new LeNet5Color(1, Images, 2),
            nameof(LeNet5ColorQuantized) => new LeNet5ColorQuantized(1, Images, 2),
            nameof(Vgg11) => new Vgg11(1, Images, 2),
            nameof(Vgg11Quantized) => new Vgg11Quantized(1, Images, 2),
            nameof(ResNet18) => new ResNet18(1, Images, 2),
            _ => new ResNet18Quantized(1, Images, 2),
        };
        var random = new Random(7);
        foreach (Parameter parameter in network.Parameters)
        {
            double[] values = random.Parameter(parameter.Description);
            for (int i = 0; i < values.Length; i++) parameter.Values[i] = (float)values[i];
        }

        foreach (Statistic statistic in network.Statistics)
        {
            foreach (ref float value in statistic.Values) value = statistic.Name.EndsWith("running_var", StringComparison.Ordinal) ? 0.5f + random.NextSingle() : random.NextSingle() - 0.5f;
        }

        foreach (Stage stage in network.Stages.Where(stage => stage.Description.ActivationQuantizer is not null)) stage.Quantizer.Scale = 0.03f;
        return network;
    }

    private static float[] DrawImages(NeuralNetwork network)
    {
        var random = new Random(8);
        return [.. Enumerable.Range(0, Images * network.Description.Input.Count).Select(_ => (float)random.Gaussian())];
    }
}
