namespace NoiseGen.Tests.Scaffold;

/// <summary>
/// An exported and scaffolded network has the same logits as before; a model of another tool has those of ONNX Runtime.
/// </summary>
public sealed class RoundTripTests(ScaffoldedNetworks networks) : IClassFixture<ScaffoldedNetworks>
{
    public static TheoryData<string> Own => [.. ScaffoldedNetworks.Own];

    public static TheoryData<string> Foreign => [.. ScaffoldedNetworks.Foreign];

    [Theory]
    [MemberData(nameof(Own))]
    public void LogitsStayTheSame(string name)
    {
        using NeuralNetwork before = ScaffoldedNetworks.DrawnNetwork(name), after = networks.Create(name);
        float[] images = Images(before, 19), expected = new float[19 * before.Classes], actual = new float[expected.Length];
        before.Forward(images, expected);
        after.Forward(images, actual);
        Agreement.AssertAgreement.Tensor($"logits of {name}", Agreement.Twin.Widen(expected), Agreement.Twin.Widen(actual));
    }

    [Theory]
    [MemberData(nameof(Foreign))]
    public void LogitsAreOnnxRuntimes(string name)
    {
        using NeuralNetwork network = networks.Create(name);
        // Softmax is left out; ONNX Runtime's logits are those before it.
        bool hasSoftmax = networks.Scaffold(name).Notes.Count > 0;
        using OnnxModel model = OnnxModel.At(networks.Model(name), network.Description.Input);
        float[] images = Images(network, 7), logits = new float[7 * network.Classes];
        network.Forward(images, logits);
        float[] actual = hasSoftmax ? [.. logits.Chunk(network.Classes).SelectMany(Softmax)] : logits, expected = model.Run(images);
        double most = 1e-4 * expected.Max(MathF.Abs);
        for (int i = 0; i < expected.Length; i++) Assert.InRange(actual[i], expected[i] - most, expected[i] + most);
        Assert.Equal(name is "helper" or "external", hasSoftmax);
    }

    [Fact]
    public void TheDeclarationIsReadable()
    {
        const string Expected = """
            using NoiseGen;

            namespace Scaffolded;

            // Scaffolded from torch-branches.onnx, which pytorch 1.13.0 wrote. net.Load loads the weights from the file next to it.
            [Network(3, 8, 8)]
            public sealed partial class torch_branches
            {
                [Conv2d(4, 3, 5, PaddingHeight = 1, PaddingWidth = 2), LeakyRelu(0.2f)] public partial Stage Left { get; }
                [From, Conv2d(6, 1, Groups = 3), Sigmoid] public partial Stage Right { get; }
                [From(nameof(Left)), Concat] public partial Stage Concat1 { get; }
                [From(nameof(Right)), Concat(nameof(Concat1))] public partial Stage Concat2 { get; }
                [Conv2d(5, 3, StrideHeight = 2, Bias = false), Tanh, AvgPool(3, Stride = 2, Padding = 1, CountPadding = false)]
                public partial Stage Join { get; }
                [Dense(9), Relu] public partial Stage Hidden { get; }
                [Dense(4)] public partial Stage Head { get; }
            }

            """;
        Assert.Equal(Expected, networks.Scaffold("torch-branches").Code);
    }

    private static float[] Images(NeuralNetwork network, int count)
    {
        var random = new Random(4);
        return [.. Enumerable.Range(0, count * network.Description.Input.Count).Select(_ => (float)(2 * random.NextDouble() - 1))];
    }

    private static IEnumerable<float> Softmax(float[] logits)
    {
        double most = logits.Max(), sum = logits.Sum(logit => Math.Exp(logit - most));
        return logits.Select(logit => (float)(Math.Exp(logit - most) / sum));
    }
}
