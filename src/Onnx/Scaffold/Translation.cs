using NoiseGen.Onnx.Format;
using NoiseGen.Storage;

namespace NoiseGen.Onnx.Scaffold;

/// <summary>
/// Puts the nodes of a graph into stages, one after the other. A node joins the stage that it reads if no other node reads that stage
/// and the position in the stage's order is free. Otherwise it starts a new stage.
/// </summary>
internal sealed partial class Translation
{
    private readonly OnnxModel _model;
    private readonly Dictionary<string, Flow> _flows = [];
    private readonly Dictionary<string, long[]> _sizes = []; // values computed from shapes; 0 for the number of images
    private readonly Dictionary<string, int> _uses;
    private readonly List<StageDraft> _stages = [];
    private readonly List<string> _problems = [], _notes = [];
    private readonly OnnxNode[] _needed;
    private long _batch; // for models with a fixed number of images; 0 for any

    private Translation(OnnxModel model)
    {
        _model = model;
        _needed = [.. Needed()];
        // Reading only the shape does not count.
        _uses = _needed.Where(node => node.Operation != "Shape").SelectMany(node => node.Inputs)
            .Concat(model.Outputs).CountBy(name => name).ToDictionary();
    }

    /// <summary>The network's input.</summary>
    public Shape Input { get; private set; }

    public IReadOnlyList<StageDraft> Stages => _stages;

    /// <summary>What was left out.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Translates a model.</summary>
    /// <exception cref="OnnxScaffoldException">The language cannot express some of its nodes.</exception>
    public static Translation Of(OnnxModel model, string path)
    {
        var translation = new Translation(model);
        translation.Begin();
        foreach (OnnxNode node in translation._needed) translation.Add(node);
        translation.End();
        if (translation._problems.Count > 0) throw new OnnxScaffoldException(path, translation._problems);
        return translation;
    }

    // The nodes that the first output depends on.
    private IEnumerable<OnnxNode> Needed()
    {
        HashSet<string> read = [.. _model.Outputs.Take(1)];
        List<OnnxNode> needed = [];
        foreach (OnnxNode node in _model.Nodes.Reverse().Where(node => node.Outputs.Any(read.Contains)))
        {
            needed.Add(node);
            read.UnionWith(node.Inputs);
        }

        return needed.AsEnumerable().Reverse();
    }

    private void Begin()
    {
        if (_model.Outputs.Count != 1) _problems.Add($"it has {_model.Outputs.Count} outputs; a network has one");
        if (_model.Inputs is not [var input])
        {
            _problems.Add($"it has {_model.Inputs.Count} inputs ({string.Join(", ",
                _model.Inputs.Select(one => one.Name))}); a network has one");
            return;
        }

        string dimensions = string.Join(" × ", input.Dimensions.Select(size => size?.ToString() ?? "?"));
        if (input.Dimensions is not ([_, > 0] or [_, > 0, > 0, > 0]) || input.Dimensions.Any(size => size > int.MaxValue))
        {
            const string Expected = "images × channels × height × width or images × features is expected, fixed except for the first";
            _problems.Add($"its input '{input.Name}' is {dimensions}; {Expected}");
            return;
        }

        int[] sizes = [.. input.Dimensions.Skip(1).Select(size => (int)size!)];
        _batch = input.Dimensions[0] ?? 0;
        Input = sizes is [var channels, var height, var width] ? new(channels, height, width) : new(sizes[0]);
        _flows[input.Name] = new(-1, Input, IsVector: sizes.Length == 1, IsShared: true);
    }

    // A node that reads the output of an unsupported node is not reported.
    private void Add(OnnxNode node)
    {
        if (node.Inputs.Any(name => name.Length > 0 && !_flows.ContainsKey(name) && !_sizes.ContainsKey(name)
            && !_model.Constants.ContainsKey(name))) return;
        try
        {
            if (!TryFold(node)) Translate(node);
        }
        catch (NoWordException problem)
        {
            _problems.Add($"node '{node.Name}' ({node.Operation}): {problem.Message}");
        }
    }

    private void Translate(OnnxNode node)
    {
        switch (node.Operation)
        {
            case "Conv": Convolution(node); break;
            case "Gemm": Gemm(node); break;
            case "MatMul": MatMul(node); break;
            case "BatchNormalization": BatchNorm(node); break;
            case "LeakyRelu": Activation(node, $"LeakyRelu({AttributeText.Number(node.Float("alpha", 0.01f))})"); break;
            case { } name when Enum.IsDefined(typeof(NoiseGen.Activation), name): Activation(node, name); break; // the same name in both
            case "MaxPool": Pool(node, "MaxPool"); break;
            case "AveragePool": Pool(node, "AvgPool"); break;
            case "GlobalAveragePool" or "GlobalMaxPool": GlobalPool(node); break;
            case "ReduceMean": ReduceMean(node); break;
            case "Add" or "Sum" or "Sub" or "Mul" or "Div": Arithmetic(node); break;
            case "Concat": Concat(node); break;
            case "Dropout": Dropout(node); break;
            case "Pad": Pad(node); break;
            case "Flatten" or "Reshape" or "Squeeze" or "Unsqueeze" or "Identity": Reshape(node); break;
            case "Softmax" or "LogSoftmax": Softmax(node); break;
            case "QuantizeLinear" or "DequantizeLinear":
                throw new NoWordException("quantizers are not supported; export the model without them, and declare [Quantize]");
            default: throw new NoWordException("the language has no such operation");
        }
    }

    private void End()
    {
        if (_problems.Count > 0) return;
        if (_stages.Count == 0) _problems.Add("it has no operations");
        else if (!_flows.TryGetValue(_model.Outputs[0],
            out Flow output)) _problems.Add($"no node computes its output '{_model.Outputs[0]}'");
        else if (output is { IsVector: false, Shape: { IsFlat: false } shape })
            _problems.Add($"its output '{_model.Outputs[0]}' is {shape} per image; a network outputs a vector");
    }

    // The stage that a node joins.
    private StageDraft Stage(OnnxNode node, Flow flow, Slot slot)
    {
        bool goesOn = flow is { Stage: >= 0, IsShared: false } && _stages[flow.Stage].Last < slot;
        StageDraft stage = goesOn ? _stages[flow.Stage] : new StageDraft(flow.Stage) { Hint = StageNames.HintOf(node) };
        if (!goesOn) _stages.Add(stage);
        stage.Last = slot;
        return stage;
    }

    private Flow Read(OnnxNode node, int place = 0)
    {
        if (!node.HasInput(place)) throw new NoWordException($"it has no input {place}");
        return _flows.TryGetValue(node.Inputs[place], out Flow flow) ? flow
            : throw new NoWordException($"its input '{node.Inputs[place]}' is not a result of the network's stages");
    }

    private void Give(OnnxNode node, StageDraft stage, Shape shape, bool isVector) =>
        Give(node, new Flow(_stages.IndexOf(stage), shape, isVector, IsShared: false));

    private void Give(OnnxNode node, Flow flow)
    {
        string name = node.Outputs[0];
        _flows[name] = flow with { IsShared = flow.IsShared || _uses.GetValueOrDefault(name) > 1 };
    }

    private float[] Constant(OnnxNode node, int place, string what)
    {
        OnnxTensor tensor = Tensor(node, place, what);
        return TensorConversion.IsKnown(tensor.Type)
            ? TensorConversion.ToFloats(tensor.Type, tensor.Bytes)
            : throw new NoWordException($"its {what} '{tensor.Name}' are of {tensor.Type}, which is not converted");
    }

    private OnnxTensor Tensor(OnnxNode node, int place, string what)
    {
        if (!node.HasInput(place)) throw new NoWordException($"it has no {what}");
        return _model.Constants.TryGetValue(node.Inputs[place], out OnnxTensor? tensor)
            ? tensor
            : throw new NoWordException($"its {what} '{node.Inputs[place]}' are computed; constants are expected");
    }
}
