using NoiseGen.Onnx.Format;

namespace NoiseGen.Onnx.Scaffold;

/// <content>Windows, pools, activations and dropout.</content>
internal sealed partial class Translation
{
    private void Activation(OnnxNode node, string attribute)
    {
        Flow flow = Read(node);
        StageDraft stage = Stage(node, flow, Slot.Activation);
        stage.Activation = attribute;
        Give(node, stage, flow.Shape, flow.IsVector);
    }

    private void Pool(OnnxNode node, string word)
    {
        Flow flow = Maps(node);
        Window window = WindowOf(node, node.Integers("kernel_shape") ?? [], flow.Shape);
        if (2 * window.PaddingHeight > window.Height || 2 * window.PaddingWidth > window.Width)
        {
            string size = $"{window.Height} × {window.Width}";
            throw new NoWordException($"its padding is {AttributeText.Padding(window)}; half of the window's {size} is allowed");
        }

        if (window == new Window(1, 1, 1, 1, 0, 0))
        {
            Give(node, flow); // what exporters write for an adaptive pool without effect
            return;
        }

        bool leavesPadding = word == "AvgPool" && window.PaddingHeight + window.PaddingWidth > 0
            && node.Integer("count_include_pad", 0) == 0;
        string steps = AttributeText.Steps(window, window.Height, window.Width);
        AddPool(node, flow, $"{word}({AttributeText.Size(window)}{steps}{(leavesPadding ? ", CountPadding = false" : "")})",
            Slide(flow.Shape, window));
    }

    private void GlobalPool(OnnxNode node)
    {
        Flow flow = Maps(node);
        (int height, int width) = (flow.Shape.Height, flow.Shape.Width);
        string size = height == width ? $"{height}" : $"{height}, {width}";
        AddPool(node, flow, node.Operation == "GlobalMaxPool" ? $"MaxPool({size})" : "GlobalAvgPool", new Shape(flow.Shape.Channels));
    }

    // A mean over rows and columns is a global pool.
    private void ReduceMean(OnnxNode node)
    {
        Flow flow = Maps(node);
        long[] axes = node.Integers("axes") ?? (node.HasInput(1) ? SizesOf(node, 1) : []);
        if (!axes.Select(axis => axis < 0 ? axis + 4 : axis).Order().SequenceEqual([2, 3]))
            throw new NoWordException(
                $"it is over the axes [{string.Join(", ", axes)}]; only the mean over rows and columns, [2, 3], is supported");
        AddPool(node, flow with { IsVector = node.Integer("keepdims", 1) == 0 }, "GlobalAvgPool", new Shape(flow.Shape.Channels));
    }

    private void AddPool(OnnxNode node, Flow flow, string attribute, Shape shape)
    {
        StageDraft stage = Stage(node, flow, Slot.Pool);
        stage.Pool = attribute;
        Give(node, stage, shape, flow.IsVector);
    }

    // In a model exported in evaluation it is left over from training.
    private void Dropout(OnnxNode node)
    {
        Flow flow = Read(node);
        float rate = node.HasInput(1) ? Constant(node, 1, "ratio")[0] : node.Float("ratio", 0.5f);
        if (rate == 0f)
        {
            Give(node, flow);
            return;
        }

        if (rate is not (> 0f and < 1f)) throw new NoWordException($"its ratio is {AttributeText.Number(rate)}; below 1 is allowed");
        StageDraft stage = Stage(node, flow, Slot.Dropout);
        stage.Dropout = rate;
        Give(node, stage, flow.Shape, flow.IsVector);
    }

    // Padding by zero pixels, which PyTorch's exporter writes before pools.
    private void Pad(OnnxNode node)
    {
        if ((node.Integers("pads") ?? SizesOf(node, 1)).Any(size => size != 0))
            throw new NoWordException("it pads in a separate node; only convolutions and pools have padding");
        Give(node, Read(node));
    }

    private static Window WindowOf(OnnxNode node, long[] kernel, Shape input)
    {
        if (kernel is not [> 0 and <= int.MaxValue, > 0 and <= int.MaxValue])
            throw new NoWordException("its window is not over rows and columns");
        if (node.Integers("dilations") is { } dilations && dilations.Any(step => step != 1))
            throw new NoWordException("its window is dilated; the language has no dilation");
        long[] strides = node.Integers("strides") ?? [1, 1];
        if (strides is not [> 0 and <= int.MaxValue, > 0 and <= int.MaxValue])
            throw new NoWordException("its strides are not two numbers above 0");
        long[] pads = Padding(node, kernel, strides, input);
        if (pads is not [>= 0, >= 0, >= 0, >= 0] || pads.Max() > int.MaxValue / 2)
            throw new NoWordException("its pads are not four numbers of at least 0");
        if (pads[0] != pads[2] || pads[1] != pads[3])
        {
            string found = $"{pads[0]}, {pads[1]} before and {pads[2]}, {pads[3]} after";
            throw new NoWordException($"its padding is {found}; in the language it is the same on both sides");
        }

        var window = new Window((int)kernel[0], (int)kernel[1], (int)strides[0], (int)strides[1], (int)pads[0], (int)pads[1]);
        Shape output = Slide(input, window);
        if (output.Height < 1 || output.Width < 1) throw new NoWordException($"its window does not fit into {input}");
        if (node.Integer("ceil_mode", 0) != 0 && Slide(input, window, rounding: 1) != output)
            throw new NoWordException("it rounds sizes up (ceil_mode), so that a window extends beyond the map; the language rounds down");
        return window;
    }

    private static long[] Padding(OnnxNode node, long[] kernel, long[] strides, Shape input)
    {
        long Total(int size, int axis) =>
            Math.Max(0, ((size + strides[axis] - 1) / strides[axis] - 1) * strides[axis] + kernel[axis] - size);
        long rows = Total(input.Height, 0), columns = Total(input.Width, 1);
        return node.Text("auto_pad", "NOTSET") switch
        {
            "NOTSET" or "" => node.Integers("pads") ?? [0, 0, 0, 0],
            "VALID" => [0, 0, 0, 0],
            "SAME_UPPER" => [rows / 2, columns / 2, rows - rows / 2, columns - columns / 2],
            "SAME_LOWER" => [rows - rows / 2, columns - columns / 2, rows / 2, columns / 2],
            var other => throw new NoWordException($"its auto_pad is '{other}', which is not supported"),
        };
    }

    private static Shape Slide(Shape input, Window window, int rounding = 0)
    {
        int rows = input.Height + 2 * window.PaddingHeight - window.Height, columns = input.Width + 2 * window.PaddingWidth - window.Width;
        if (rows < 0 || columns < 0) return input with { Height = 0, Width = 0 };
        return input with { Height = Steps(rows, window.StrideHeight) + 1, Width = Steps(columns, window.StrideWidth) + 1 };

        int Steps(int way, int stride) => rounding == 0 ? way / stride : (way + stride - 1) / stride;
    }
}
