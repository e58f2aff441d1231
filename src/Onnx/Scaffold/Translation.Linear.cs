using NoiseGen.Onnx.Format;

namespace NoiseGen.Onnx.Scaffold;

/// <content>Convolutions, dense layers and norms, and constants that are folded into them.</content>
internal sealed partial class Translation
{
    private void Convolution(OnnxNode node)
    {
        Flow flow = Maps(node);
        OnnxTensor tensor = Tensor(node, 1, "weights");
        if (tensor.Dimensions is not [var outputs, var inputs, var height, var width])
            throw new NoWordException($"its weights have {tensor.Dimensions.Length} dimensions; a convolution over rows and columns has 4");
        long groups = node.Integer("group", 1);
        if (inputs * groups != flow.Shape.Channels)
            throw new NoWordException($"its weights expect {inputs * groups} channels, but the input has {flow.Shape.Channels}");
        Window window = WindowOf(node, [height, width], flow.Shape);
        if (window.PaddingHeight >= window.Height || window.PaddingWidth >= window.Width)
            throw new NoWordException(
                $"its padding is {AttributeText.Padding(window)}; less than the kernel's {height} × {width} is allowed");
        string attribute =
            $"Conv2d({outputs}, {AttributeText.Size(window)}{AttributeText.Steps(window, 1, 1)}{(groups == 1
            ? "" : $", Groups = {groups}")}";
        AddLinear(node, flow, new LinearDraft(attribute, tensor.Dimensions, Constant(node, 1, "weights")),
            Slide(flow.Shape, window) with { Channels = (int)outputs });
    }

    private void Gemm(OnnxNode node)
    {
        if (node.Integer("transA", 0) != 0) throw new NoWordException("it transposes its input");
        if (node.Float("alpha", 1f) != 1f || node.HasInput(2) && node.Float("beta", 1f) != 1f)
            throw new NoWordException("only 1 is supported for alpha and beta");
        Dense(node, isTransposed: node.Integer("transB", 0) == 0);
    }

    private void MatMul(OnnxNode node) => Dense(node, isTransposed: true);

    private void Dense(OnnxNode node, bool isTransposed)
    {
        Flow flow = Read(node);
        if (!flow.IsVector) throw new NoWordException("its input is maps; a vector per image is expected");
        OnnxTensor tensor = Tensor(node, 1, "weights");
        if (tensor.Dimensions is not [var rows, var columns])
            throw new NoWordException($"its weights have {tensor.Dimensions.Length} dimensions; 2 are expected");
        float[] weights = Constant(node, 1, "weights");
        if (isTransposed) (weights, rows, columns) = (Transposed(weights, (int)rows, (int)columns), columns, rows);
        if (columns != flow.Shape.Count)
            throw new NoWordException($"its weights expect {columns} features, but the input has {flow.Shape.Count}");
        AddLinear(node, flow, new LinearDraft($"Dense({rows}", [rows, columns], weights), new Shape((int)rows));
    }

    private void AddLinear(OnnxNode node, Flow flow, LinearDraft linear, Shape shape)
    {
        if (node.HasInput(2)) linear.Shift(PerChannel(node, 2, linear.Outputs, flow.IsVector));
        StageDraft stage = Stage(node, flow, Slot.Linear);
        stage.Linear = linear;
        Give(node, stage, shape, flow.IsVector);
    }

    private void BatchNorm(OnnxNode node)
    {
        Flow flow = Read(node);
        if (flow is { IsVector: true, Shape.IsFlat: false })
            throw new NoWordException("it follows a flattened map; the language's norm is over channels");
        if (node.Integer("training_mode", 0) != 0) throw new NoWordException("it is in training mode; export the model in evaluation mode");
        string[] names = ["scales", "shifts", "means", "variances"];
        float[][] values = [.. names.Index().Select(name => Constant(node, name.Index + 1, name.Item))];
        if (Array.Find(values, one => one.Length != flow.Shape.Channels) is { } wrong)
            throw new NoWordException($"it has {wrong.Length} channels, but the input has {flow.Shape.Channels}");
        // ONNX's momentum is the weight of the running value. Computed in decimal, since 1 - 0.9f would not be 0.1f.
        float momentum = (float)(1m - (decimal)node.Float("momentum", 0.9f));
        StageDraft stage = Stage(node, flow, Slot.Norm);
        stage.Norm =
            new NormDraft(node.Float("epsilon", 1e-5f), momentum is > 0f and <= 1f ? momentum
            : 0.1f, values[0], values[1], values[2], values[3]);
        Give(node, stage, flow.Shape, flow.IsVector);
    }

    // A number per channel, or one for all, is folded into the preceding weights and biases, or the preceding norm.
    private void FoldConstant(OnnxNode node, int place)
    {
        if (place == 0 && node.Operation is "Sub" or "Div")
            throw new NoWordException("a constant comes first; the language has no such operation");
        Flow flow = Read(node, 1 - place);
        if (flow.Stage < 0 || flow.IsShared || _stages[flow.Stage] is not { Last: Slot.Linear or Slot.Norm } stage)
            throw new NoWordException(
                "its constant does not directly follow a convolution, dense layer or norm, into which it could be folded");
        float[] values = PerChannel(node, place, flow.Shape.Channels, flow.IsVector);
        float[] operand = node.Operation switch
        {
            "Sub" => Array.ConvertAll(values, value => -value),
            "Div" => Array.ConvertAll(values, value => 1f / value),
            _ => values,
        };
        bool scales = node.Operation is "Mul" or "Div";
        if (stage.Last == Slot.Norm) (scales ? (Action<float[]>)stage.Norm!.Scale : stage.Norm!.Shift)(operand);
        else (scales ? (Action<float[]>)stage.Linear!.Scale : stage.Linear!.Shift)(operand);
        Give(node, flow);
    }

    // ONNX broadcasts from the last dimension: for maps, [C, 1, 1] is per channel and [C] is per column.
    // A convolution's biases are [C].
    private float[] PerChannel(OnnxNode node, int place, int channels, bool isVector)
    {
        OnnxTensor tensor = Tensor(node, place, "constant");
        float[] values = Constant(node, place, "constant");
        if (values.Length == 1) return [.. Enumerable.Repeat(values[0], channels)];
        long[] expected = isVector || node.Operation == "Conv" ? [channels] : [channels, 1, 1];
        int front = tensor.Dimensions.Length - expected.Length;
        bool fits = front >= 0 && tensor.Dimensions.Take(front).All(size => size == 1)
            && tensor.Dimensions.Skip(front).SequenceEqual(expected);
        return fits ? values : throw new NoWordException(
            $"its constant '{tensor.Name}' is [{string.Join(", ", tensor.Dimensions)}]; a number, or [{string.Join(", ",
                expected)}], is expected");
    }

    private Flow Maps(OnnxNode node)
    {
        Flow flow = Read(node);
        return flow.IsVector ? throw new NoWordException("its input is a vector; maps are expected") : flow;
    }

    private static float[] Transposed(float[] matrix, int rows, int columns) =>
        [.. Enumerable.Range(0, matrix.Length).Select(i => matrix[i % rows * columns + i / rows])];
}
