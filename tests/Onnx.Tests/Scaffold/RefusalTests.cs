using Google.Protobuf;
using NoiseGen.Onnx;
using NoiseGen.Onnx.Format;
using NoiseGen.Tests.Declared;

namespace NoiseGen.Tests.Scaffold;

/// <summary>What the language cannot express is reported with node, type and reason; invalid models are refused.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("model.onnx");

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string, string> Words => new()
    {
        { "ConvTranspose", "", "the language has no such operation" },
        { "Mul", "", "the language merges two stages only as a sum or a concatenation" },
        { "Conv", "dilations", "its window is dilated; the language has no dilation" },
        { "Conv", "pads", "its padding is 0, 0 before and 1, 1 after; in the language it is the same on both sides" },
        { "Conv", "group", "its weights expect 4 channels, but the input has 2" },
        { "MaxPool", "ceil_mode", "it rounds sizes up (ceil_mode), so that a window extends beyond the map; the language rounds down" },
        { "Concat", "axis", "it is along axis 2; only channels, axis 1, are supported" },
        { "Flatten", "axis", "its axis is 2; only axis 1, all dimensions after the first, is supported" },
        { "Softmax", "", "the language has no such operation; at the end it would be left out, since the loss function includes it" },
        { "Pad", "pads", "it pads in a separate node; only convolutions and pools have padding" },
        { "Dropout", "ratio", "its ratio is 1f; below 1 is allowed" },
    };

    [Theory]
    [MemberData(nameof(Words))]
    public void ANodeIsReportedWithNameTypeAndReason(string operation, string attribute, string reason)
    {
        ProtoMessage[] attributes = attribute switch
        {
            "" => [],
            "dilations" => [OnnxFormat.Attribute("dilations", 2L, 2L)],
            "pads" => [OnnxFormat.Attribute("pads", 0L, 0L, 1L, 1L)],
            "ratio" => [OnnxFormat.Attribute("ratio", 1f)],
            "ceil_mode" => [OnnxFormat.Attribute("ceil_mode", 1L), OnnxFormat.Attribute("strides", 2L, 2L)],
            _ => [OnnxFormat.Attribute(attribute, 2L)],
        };
        if (operation == "MaxPool") attributes = [.. attributes, OnnxFormat.Attribute("kernel_shape", 2L, 2L)];
        string[] inputs = operation switch
        {
            "Conv" => ["input", "kernel"],
            "Mul" or "Concat" => ["input", "input"],
            _ => ["input"],
        };
        Write([OnnxFormat.Node(operation, "the node", inputs, "x", attributes), OnnxFormat.Node("Flatten", "", ["x"], "output", [])]);
        Assert.Equal([$"node 'the node' ({operation}): {reason}"], Refuse());
    }

    [Fact]
    public void AllNodesAreReportedButNotTheirReaders()
    {
        Write(
        [
            OnnxFormat.Node("Erf", "first", ["input"], "a", []),
            OnnxFormat.Node("Relu", "innocent", ["a"], "b", []),
            OnnxFormat.Node("Selu", "second", ["input"], "c", []),
            OnnxFormat.Node("Add", "innocent too", ["b", "c"], "output", []),
        ]);
        Assert.Equal(["node 'first' (Erf): the language has no such operation", "node 'second' (Selu): the language has no such operation"],
            Refuse());
        Assert.Equal(2, Assert.Throws<OnnxScaffoldException>(() => OnnxScaffold.Read(File)).Message.Split(File).Length - 1);
    }

    [Fact]
    public void QuantizersAreReported()
    {
        using NeuralNetwork network = DeclaredNetworks.Create(nameof(LeNet5Quantized));
        network.ExportOnnx(File);
        const string Reason = "quantizers are not supported; export the model without them, and declare [Quantize]";
        Assert.Equal($"node 'Conv1.weight/DequantizeLinear' (DequantizeLinear): {Reason}", Refuse()[0]);
    }

    [Fact]
    public void UnsuitableInputsAndOutputsAreReported()
    {
        Write([OnnxFormat.Node("Relu", "", ["input"], "output", [])]);
        Assert.Equal(["its output 'output' is 2×5×5 per image; a network outputs a vector"], Refuse());
        Write([OnnxFormat.Node("Flatten", "", ["input"], "output", [])]);
        Assert.Equal(["it has no operations"], Refuse());
        Write([OnnxFormat.Node("Relu", "", ["input"], "output", [])], OnnxFormat.Value("input", [2, 5]));
        Assert.StartsWith(
            "its input 'input' is ? × 2 × 5; images × channels × height × width or", Assert.Single(Refuse()), StringComparison.Ordinal);
    }

    [Fact]
    public void InvalidModelsAreRefused()
    {
        System.IO.File.WriteAllText(File, "This is no model.");
        Assert.Contains("it is not an ONNX model", Assert.Single(Refuse()), StringComparison.Ordinal);
        System.IO.File.WriteAllBytes(File, []);
        Assert.Equal(["it is not an ONNX model: it has no graph"], Refuse());
        Assert.Throws<OnnxScaffoldException>(() => OnnxScaffold.Read(Path.GetTempPath()));
        Assert.Throws<FileNotFoundException>(() => OnnxScaffold.Read(_folder.File("nothing.onnx")));
    }

    /// <summary>A model names the files of its tensors; they must be next to it.</summary>
    [Theory]
    [InlineData("/etc/hostname")]
    [InlineData("../hostname")]
    [InlineData("")]
    public void TensorsElsewhereAreNotRead(string location)
    {
        var tensor = new ProtoMessage
        {
            { 1, 1L }, { 2, 1L }, { 8, "w" }, { 13, new ProtoMessage { { 1, "location" }, { 2, location } } }, { 14, 1L },
        };
        Write([OnnxFormat.Node("Relu", "", ["input"], "output", [])], initializers: [tensor]);
        Assert.Equal([$"tensor 'w' is in '{location}'; a file next to the model is expected"], Refuse());
    }

    /// <summary>2,000 files with a flipped, repeated or missing piece: each is a model or refused.</summary>
    [Fact]
    public void DamagedFilesNeverCrash()
    {
        byte[] whole = System.IO.File.ReadAllBytes(ScaffoldedNetworks.ForeignModel("torch-branches"));
        var random = new Random(3);
        int refused = 0;
        for (int i = 0; i < 2000; i++)
        {
            int place = random.Next(whole.Length), end = Math.Min(whole.Length, place + random.Next(1, 20));
            byte[] flipped = [.. whole];
            flipped[place] ^= (byte)(1 << random.Next(8));
            System.IO.File.Delete(File);
            System.IO.File.WriteAllBytes(File, random.Next(3) switch
            {
                0 => flipped,
                1 => [.. whole[..place], .. whole[end..]],
                _ => [.. whole[..end], .. whole[place..]],
            });
            try
            {
                Assert.NotEmpty(OnnxScaffold.Read(File).Code);
            }
            catch (OnnxScaffoldException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1000, 2000);
    }

    private IReadOnlyList<string> Refuse() => Assert.Throws<OnnxScaffoldException>(() => OnnxScaffold.Read(File)).Problems;

    private void Write(ProtoMessage[] nodes, ProtoMessage? input = null, ProtoMessage[]? initializers = null)
    {
        ProtoMessage[] constants = initializers ?? [OnnxFormat.Tensor<float>("kernel", [2, 2, 1, 1], [1f, 2f, 3f, 4f])];
        ProtoMessage graph =
            OnnxFormat.Graph("graph", nodes, constants, input ?? OnnxFormat.Value("input", [2, 5, 5]), OnnxFormat.Value("output", [3]), []);
        using FileStream stream = System.IO.File.Create(File);
        using var output = new CodedOutputStream(stream, leaveOpen: true);
        OnnxFormat.Model(graph, "1", "", new Dictionary<string, string>()).WriteTo(output);
    }
}
