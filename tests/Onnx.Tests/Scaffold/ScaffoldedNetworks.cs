using NoiseGen.Onnx;
using NoiseGen.Tests.Declared;

namespace NoiseGen.Tests.Scaffold;

/// <summary>Networks that are exported and scaffolded again, and scaffolded models of other tools: compiled once for all tests.</summary>
public sealed class ScaffoldedNetworks : IDisposable
{
    // Every operation, wiring and shape that the scaffold supports, without quantizers.
    public static readonly string[] Own =
    [
        nameof(LeNet5Clean), nameof(NormedConvolutions), nameof(WideConvolutions), nameof(PreActivation),
            nameof(SmoothActivations), nameof(NarrowResNet),
        nameof(NarrowResNet50), nameof(InputAgain), nameof(NarrowDenseNet), nameof(NarrowCnnS),
            nameof(TallKernel), nameof(GroupedConvolutions), nameof(DeadEnd),
        nameof(PoolsAlone), nameof(DenseMaxima), nameof(SparsePools), nameof(OnePixel), nameof(Padded),
    ];

    public static readonly string[] Foreign = ["torch-folded", "torch-norms", "torch-branches", "helper", "external"];

    private readonly TemporaryFolder _folder = new();
    private readonly System.Reflection.Assembly _assembly;

    public ScaffoldedNetworks()
    {
        foreach (string name in Own)
        {
            using NeuralNetwork network = DrawnNetwork(name);
            network.ExportOnnx(_folder.File($"{name}.onnx"));
        }

        _assembly = ScaffoldCompiler.Compile(Own.Concat(Foreign).Select(name => Scaffold(name).Code));
    }

    /// <summary>A model's file.</summary>
    public string Model(string name) => Foreign.Contains(name) ? ForeignModel(name) : _folder.File($"{name}.onnx");

    public static string ForeignModel(string name) => Path.Combine(AppContext.BaseDirectory, "Models", $"{name}.onnx");

    /// <summary>A declared network with parameters and statistics that differ from the initial ones.</summary>
    public static NeuralNetwork DrawnNetwork(string name)
    {
        using var twin = new Agreement.Twin(name, batchSize: 16);
        twin.Synchronize();
        NeuralNetwork network = DeclaredNetworks.Create(name, batchSize: 16, threads: 1);
        foreach ((Parameter from, Parameter to) in twin.Network.Parameters.Zip(network.Parameters)) from.Values.CopyTo(to.Values);
        foreach ((Statistic from, Statistic to) in twin.Network.Statistics.Zip(network.Statistics)) from.Values.CopyTo(to.Values);
        return network;
    }

    internal OnnxScaffold Scaffold(string name) =>
        OnnxScaffold.Read(Model(name), new() { ClassName = ClassName(name), Namespace = "Scaffolded" });

    /// <summary>The compiled network, with its scaffolded weights.</summary>
    public NeuralNetwork Create(string name)
    {
        Type type = _assembly.GetType($"Scaffolded.{ClassName(name)}", throwOnError: true)!;
        var network = (NeuralNetwork)Activator.CreateInstance(type, 1ul, 16, 1)!;
        Scaffold(name).SaveWeights(_folder.File($"{name}.safetensors"));
        network.Load(_folder.File($"{name}.safetensors"));
        return network;
    }

    public void Dispose() => _folder.Dispose();

    private static string ClassName(string name) => name.Replace('-', '_');
}
