using System.Text.Json;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using NoiseGen.Onnx;
using NoiseGen.Onnx.Format;
using NoiseGen.Tests.Declared;

namespace NoiseGen.Tests;

/// <summary>The file's contents, and what happens to it on errors.</summary>
public class FileTests
{
    // Field numbers of GraphProto, TensorProto and NodeProto.
    private const int Graph = 7, Nodes = 1, Initializers = 5, TensorName = 8, NodeName = 3, NodeOperation = 4;

    [Theory]
    [InlineData(nameof(NarrowResNet))]
    [InlineData(nameof(NarrowDenseNet))]
    [InlineData(nameof(GroupedConvolutions))]
    public void InitializersHaveTheNamesOfSafetensors(string name)
    {
        using NeuralNetwork network = DeclaredNetworks.Create(name);
        using var folder = new TemporaryFolder();
        network.Save(folder.File("network.safetensors"));
        byte[] saved = File.ReadAllBytes(folder.File("network.safetensors"));
        using JsonDocument header = JsonDocument.Parse(saved.AsMemory(8, (int)BitConverter.ToInt64(saved)));
        IEnumerable<string> tensors = header.RootElement.EnumerateObject().Select(tensor => tensor.Name)
            .Where(tensor => tensor != "__metadata__" && !tensor.EndsWith("num_batches_tracked", StringComparison.Ordinal));

        Assert.Equal(tensors.Order(), Names(OnnxModel.Export(network), Initializers, TensorName)
            .Where(one => !one.EndsWith(".shape", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public void NodesBeginWithTheirStagesPaths()
    {
        using NeuralNetwork network = DeclaredNetworks.Create(nameof(NarrowNoisyResNet));
        network.Noise.SetEvaluationSigma(0.1f);
        string[] nodes = Names(OnnxModel.Export(network, new() { Noise = OnnxNoise.Evaluation }), Nodes, NodeName);
        Assert.Equal(nodes.Distinct(), nodes);
        string[] paths = [.. network.Stages.Select(stage => stage.Name), "Input", "output"];
        Assert.All(nodes, node => Assert.Contains(paths, path => node.StartsWith(path, StringComparison.Ordinal)));
        Assert.All(network.Stages, stage => Assert.Contains(nodes, node => node.StartsWith($"{stage.Name}/", StringComparison.Ordinal)));
        Assert.All(network.Noise, site => Assert.Contains($"{site.Name}/RandomNormalLike", nodes));
    }

    [Fact]
    public void QuantizersUseTheNarrowestIntegers()
    {
        // 4 bits, 8-bit weights, and 16 bits.
        AssertOperations(nameof(FourBits), clips: 2, quantizers: 2, weights: 3, typeOfWeights: TensorElement.Int8);
        AssertOperations(nameof(LeNet5Quantized), clips: 0, quantizers: 4, weights: 5, typeOfWeights: TensorElement.Int8);
        AssertOperations(nameof(SixteenBits), clips: 0, quantizers: 2, weights: 3, typeOfWeights: TensorElement.Int16);

        static void AssertOperations(string name, int clips, int quantizers, int weights, TensorElement typeOfWeights)
        {
            using NeuralNetwork network = DeclaredNetworks.Create(name);
            byte[] file = OnnxModel.Export(network);
            string[] operations = Names(file, Nodes, NodeOperation);
            int Count(string operation) => operations.Count(one => one == operation);
            Assert.Equal((clips, quantizers, quantizers + weights), (Count("Clip"), Count("QuantizeLinear"), Count("DequantizeLinear")));
            using var model = new OnnxModel(ModelFile.WithOutputs(file, ["Logits.weight"]), network.Description.Input);
            Assert.Equal((int)typeOfWeights, (int)model.Session.OutputMetadata["Logits.weight"].ElementDataType);
        }
    }

    [Fact]
    public void MetadataDescribesTheModel()
    {
        using NeuralNetwork network = DeclaredNetworks.Create(nameof(LeNet5Both));
        using var model = new OnnxModel(
            OnnxModel.Export(network, new() { Documentation = "Trained on a rainy day.", Noise = OnnxNoise.Evaluation }),
            network.Description.Input);
        ModelMetadata about = model.Session.ModelMetadata;
        Assert.Equal(("NoiseGen", nameof(LeNet5Both), "Trained on a rainy day."), (about.ProducerName, about.GraphName, about.Description));
        Assert.Equal(
            new Dictionary<string, string> { ["network"] = nameof(LeNet5Both), ["step"] = "0", ["noise"] = "Evaluation" },
            about.CustomMetadataMap);

        NodeMetadata input = Assert.Single(model.Session.InputMetadata, one => one.Key == "input").Value;
        NodeMetadata output = Assert.Single(model.Session.OutputMetadata, one => one.Key == "output").Value;
        Assert.Equal([-1, 3, 32, 32], input.Dimensions);
        Assert.Equal([-1, 10], output.Dimensions);
        Assert.Equal(("N", "N"), (input.SymbolicDimensions[0], output.SymbolicDimensions[0]));

        using OnnxModel undocumented = OnnxModel.Of(network);
        Assert.StartsWith("LeNet5Both, a network of NoiseGen ", undocumented.Session.ModelMetadata.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void ADeclaredShapeThatIsWrongIsRefused()
    {
        using NeuralNetwork network = DeclaredNetworks.Create(nameof(LeNet5Clean));
        ProtoMessage wrong = new() { { Graph, new ProtoMessage { { 13, OnnxFormat.Value("Conv1/Relu", [6, 28, 27]) } } } }; // value_info
        using var stream = new MemoryStream();
        stream.Write(OnnxModel.Export(network));
        using (var output = new CodedOutputStream(stream, leaveOpen: true)) wrong.WriteTo(output);
        Assert.Throws<OnnxRuntimeException>(() => new OnnxModel(stream.ToArray(), network.Description.Input));
    }

    [Fact]
    public void AFailureLeavesTheOldFile()
    {
        using var network = new Shifted(seed: 1);
        using var folder = new TemporaryFolder();
        string path = folder.File("network.onnx");
        network.ExportOnnx(path);
        byte[] old = File.ReadAllBytes(path);
        network.Noise[0].EvaluationSigma = 1f;
        Assert.Throws<NotSupportedException>(() => network.ExportOnnx(path, new() { Noise = OnnxNoise.Evaluation }));
        Assert.Throws<IOException>(() => network.ExportOnnx(folder.File("nowhere/network.onnx")));
        Assert.Equal(old, File.ReadAllBytes(path));
        Assert.Equal(["network.onnx"], folder.Files);
    }

    [Fact]
    public void ADisposedOrBusyNetworkIsNotExported()
    {
        using var folder = new TemporaryFolder();
        NeuralNetwork network = DeclaredNetworks.Create(nameof(SingleDense));
        var batches = new InterruptingBatches(() => network.ExportOnnx(folder.File("network.onnx")));
        Assert.Contains(
            "in use", Assert.Throws<InvalidOperationException>(() => network.Evaluate(batches)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => network.ExportOnnx(""));
        network.Dispose();
        Assert.Throws<ObjectDisposedException>(() => network.ExportOnnx(folder.File("network.onnx")));
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void AModelBeyondTwoGibibytesIsRefused()
    {
        ByteString weights = ByteString.CopyFrom(new byte[1 << 26]);
        var large = new ProtoMessage();
        for (int i = 0; i < 31; i++) large.Add(9, weights);
        OnnxExport.CheckSize("Large", large);
        large.Add(9, weights);
        Assert.Contains(
            "2147483", Assert.Throws<NotSupportedException>(() => OnnxExport.CheckSize("Large", large)).Message, StringComparison.Ordinal);
    }

    private static string[] Names(byte[] file, int kind, int name) =>
        [.. ModelFile.Fields(ByteString.CopyFrom(file), Graph).SelectMany(graph => ModelFile.Fields(graph, kind))
            .SelectMany(one => ModelFile.Fields(one, name)).Select(text => text.ToStringUtf8())];

    // ONNX Runtime uses the same numbers.
    private enum TensorElement
    {
        Int8 = 3,
        Int16 = 5,
    }

    // Runs an action in the middle of a call on the network.
    private sealed class InterruptingBatches(Action interrupt) : BatchSource
    {
        public override Shape Shape => new(7);

        public override int Classes => 3;

        public override int Count => 0;

        public override int First => 0;

        public override void Start(int epoch) => interrupt();

        public override bool MoveNext() => false;

        public override int Label(int image) => 0;

        public override void Load(int first, Span<float> lanes) { }
    }
}
