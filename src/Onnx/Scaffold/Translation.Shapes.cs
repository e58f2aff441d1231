using System.Runtime.InteropServices;
using NoiseGen.Onnx.Format;

namespace NoiseGen.Onnx.Scaffold;

/// <content>Operations that change no values: shapes, and what exporters compute from shapes.</content>
internal sealed partial class Translation
{
    // Computed only from constants and shapes, so the result is a constant too.
    private bool TryFold(OnnxNode node)
    {
        string[] inputs = [.. node.Inputs.Where(name => name.Length > 0)];
        if (node.Operation == "Shape" && _flows.TryGetValue(node.Inputs[0], out Flow flow))
        {
            Shape shape = flow.Shape;
            _sizes[node.Outputs[0]] = flow.IsVector ? [0, shape.Count] : [0, shape.Channels, shape.Height, shape.Width];
            return true;
        }

        if (inputs is [var only] && _model.Constants.TryGetValue(only, out OnnxTensor? tensor)
            && node.Operation is "Identity" or "Transpose")
        {
            _model.Constants[node.Outputs[0]] = node.Operation == "Identity" ? tensor : Transposed(tensor);
            return true;
        }

        if (inputs.Length == 0 || !inputs.Any(_sizes.ContainsKey)
            || !Array.TrueForAll(inputs, name => _sizes.ContainsKey(name) || IsInteger(name))) return false;
        _sizes[node.Outputs[0]] = node.Operation switch
        {
            "Gather" => [.. SizesOf(node, 1).Select(index => At(SizesOf(node, 0), index))],
            "Concat" => [.. inputs.Index().SelectMany(input => SizesOf(node, input.Index))],
            "Unsqueeze" or "Squeeze" or "Cast" or "Identity" => SizesOf(node, 0),
            "Slice" => Slice(node),
            _ => throw new NoWordException("it computes sizes; constant sizes are expected"),
        };
        return true;
    }

    private long[] Slice(OnnxNode node)
    {
        long[] sizes = SizesOf(node, 0);
        long start = (node.Integers("starts") ?? SizesOf(node, 1))[0], end = (node.Integers("ends") ?? SizesOf(node, 2))[0];
        return [.. sizes.Take((int)Math.Clamp(end < 0 ? end + sizes.Length : end, 0, sizes.Length))
            .Skip((int)(start < 0 ? start + sizes.Length : start))];
    }

    private void Reshape(OnnxNode node)
    {
        Flow flow = Read(node);
        Shape shape = flow.Shape;
        long[] before = flow.IsVector ? [shape.Count] : [shape.Channels, shape.Height, shape.Width], vector = [shape.Count];
        long[] after = node.Operation switch
        {
            "Flatten" =>
                node.Integer("axis", 1) == 1 ? vector
                : throw new NoWordException(
                    $"its axis is {node.Integer("axis", 1)}; only axis 1, all dimensions after the first, is supported"),
            "Reshape" => Target(node, before),
            "Squeeze" => shape.IsFlat ? vector : throw new NoWordException($"{shape} has no dimension to remove"),
            "Unsqueeze" => shape.IsFlat ? [shape.Count, 1, 1] : throw new NoWordException("it adds more dimensions than maps have"),
            _ => before,
        };
        if (after.SequenceEqual(before)) Give(node, flow);
        else if (after.SequenceEqual(vector)) Give(node, flow with { IsVector = true });
        else if (after.SequenceEqual([shape.Count, 1, 1]) && shape.IsFlat) Give(node, flow with { IsVector = false });
        else if (flow.IsVector
            && after.SequenceEqual([shape.Channels, shape.Height, shape.Width])) Give(node, flow with { IsVector = false });
        else throw new NoWordException($"it makes [{string.Join(", ",
            after)}] of {shape}; maps can become vectors, and vectors maps of one pixel");
    }

    // The dimensions after that of the images.
    private long[] Target(OnnxNode node, long[] before)
    {
        long[] sizes = SizesOf(node, 1);
        if (sizes.Length < 2 || sizes[0] != 0 && sizes[0] != -1 && sizes[0] != _batch)
            throw new NoWordException($"its shape is [{string.Join(", ", sizes)}]; the first dimension must remain the number of images");
        long[] after = [.. sizes[1..].Index().Select(size => size.Item == 0 ? At(before, size.Index) : size.Item)];
        long known = after.Where(size => size != -1)
            .Aggregate(1L, (product, size) => product * size), count = before.Aggregate(1L, (product, size) => product * size);
        return [.. after.Select(size => size == -1 && known != 0 ? count / known : size)];
    }

    private void Softmax(OnnxNode node)
    {
        if (!_model.Outputs.Contains(node.Outputs[0]))
            throw new NoWordException(
                "the language has no such operation; at the end it would be left out, since the loss function includes it");
        _notes.Add(
            $"node '{node.Name}' ({node.Operation}) is left out: the network outputs logits, and the cross-entropy loss includes it");
        Give(node, Read(node));
    }

    private bool IsInteger(string name) => _model.Constants.TryGetValue(name, out OnnxTensor? tensor) && tensor.IsInteger;

    private long[] SizesOf(OnnxNode node, int place)
    {
        if (node.HasInput(place) && _sizes.TryGetValue(node.Inputs[place], out long[]? sizes)) return sizes;
        OnnxTensor tensor = Tensor(node, place, "sizes");
        return tensor.Type switch
        {
            "I64" => MemoryMarshal.Cast<byte, long>(tensor.Bytes).ToArray(),
            "I32" => [.. MemoryMarshal.Cast<byte, int>(tensor.Bytes).ToArray()],
            _ => throw new NoWordException($"its sizes '{tensor.Name}' are of {tensor.Type}; integers are expected"),
        };
    }

    private static long At(long[] sizes, long index)
    {
        long place = index < 0 ? index + sizes.Length : index;
        return place >= 0 && place < sizes.Length ? sizes[place] : throw new NoWordException($"it requests size {index} of {sizes.Length}");
    }

    private static OnnxTensor Transposed(OnnxTensor tensor)
    {
        if (tensor is not { Type: "F32", Dimensions: [var rows, var columns] })
            throw new NoWordException("it transposes a constant that is not an F32 matrix");
        float[] values = MemoryMarshal.Cast<byte, float>(tensor.Bytes).ToArray();
        return tensor with { Dimensions = [columns, rows],
            Bytes = MemoryMarshal.AsBytes(Transposed(values, (int)rows, (int)columns).AsSpan()).ToArray() };
    }
}
