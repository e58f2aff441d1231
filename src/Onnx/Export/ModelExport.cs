using System.Globalization;
using NoiseGen.Onnx.Format;
using NoiseGen.Onnx.Graph;

namespace NoiseGen.Onnx.Export;

/// <summary>A network's evaluation as an ONNX model.</summary>
internal sealed class ModelExport
{
    private readonly NeuralNetwork _network;
    private readonly OnnxOptions _options;
    private readonly GraphBuilder _graph;
    private readonly NoiseExport _noise;
    private readonly GraphValue[] _outputs;
    private readonly GraphValue _input;

    public ModelExport(NeuralNetwork network, OnnxOptions options)
    {
        (_network, _options) = (network, options);
        _graph = new GraphBuilder(network.Description.Name, network.Description.Input);
        _noise = new NoiseExport(_graph, network, options.Noise);
        _outputs = new GraphValue[network.Stages.Count];
        _input = _noise.Disturb(-1, Sites.Input, _graph.Input);
    }

    public ProtoMessage Model()
    {
        for (int i = 0; i < _outputs.Length; i++)
        {
            _outputs[i] = AddStage(i);
            if (_outputs[i] != Output(_network.Stages[i].Description.Source)) _graph.Declare(_outputs[i]);
        }

        string version = typeof(ModelExport).Assembly.GetName().Version!.ToString(3);
        return OnnxFormat.Model(
            _graph.Build(_outputs[^1]), version,
            _options.Documentation ?? $"{_network.Description.Name}, a network of NoiseGen {version}, in evaluation.",
            new Dictionary<string, string>
            {
                ["network"] = _network.Description.Name,
                ["step"] = _network.Step.ToString(CultureInfo.InvariantCulture),
                ["noise"] = _options.Noise.ToString(),
            });
    }

    private GraphValue Output(int stage) => stage < 0 ? _input : _outputs[stage];

    // Linear op → batch norm → sum or concatenation → activation → quantizer → pool, with noise in between.
    // Dropout does nothing in evaluation.
    private GraphValue AddStage(int index)
    {
        Stage stage = _network.Stages[index];
        StageDescription description = stage.Description;
        GraphValue value = LinearExport.Add(_graph, stage, Output(description.Source), _noise);
        value = _noise.Disturb(index, Sites.Linear, value);
        value = BatchNorm(stage, value);
        value = _noise.Disturb(index, Sites.Norm, value);
        value = Merge(description, value);
        value = _noise.Disturb(index, Sites.Sum, value);
        value = Activation(description, value);
        value = Quantized(index, stage, value);
        value = PoolExport.Add(_graph, description, value);
        return _noise.Disturb(index, Sites.Pool, value);
    }

    private GraphValue BatchNorm(Stage stage, GraphValue value)
    {
        if (stage.Description.Norm is not { } norm) return value;
        string[] inputs =
        [
            value.Name, _graph.Constant(stage.NormWeights), _graph.Constant(stage.NormBiases), _graph.Constant(stage.RunningMean),
            _graph.Constant(stage.RunningVariance),
        ];
        return value with { Name = _graph.Node(stage.Name, "BatchNormalization", inputs, OnnxFormat.Attribute("epsilon", norm.Epsilon)) };
    }

    private GraphValue Merge(StageDescription stage, GraphValue value) => stage.Merge switch
    {
        { Kind: MergeKind.Sum, Other: var other } =>
            new(_graph.Node(stage.Name, "Add", [value.Name, Output(other).Name]), stage.MergeOutput),
        { Kind: MergeKind.Concat, Other: var other } => new(
            _graph.Node(stage.Name, "Concat", [Output(other).Name, value.Name], OnnxFormat.Attribute("axis", 1)), stage.MergeOutput),
        _ => value,
    };

    private GraphValue Activation(StageDescription stage, GraphValue value) => stage.Activation switch
    {
        { Kind: NoiseGen.Activation.LeakyRelu, Slope: var slope } =>
            _graph.Node(stage.Name, "LeakyRelu", value, OnnxFormat.Attribute("alpha", slope)),
        { Kind: var kind } => _graph.Node(stage.Name, kind.ToString(), value),
        null => value,
    };

    private GraphValue Quantized(int index, Stage stage, GraphValue value) => _noise.IsBeforeQuantizer(index)
        ? QuantizerExport.Add(_graph, stage, _noise.Disturb(index, Sites.Activation, value))
        : _noise.Disturb(index, Sites.Activation, QuantizerExport.Add(_graph, stage, value));
}
