using NoiseGen.Onnx.Format;

namespace NoiseGen.Onnx.Scaffold;

/// <content>Operations with two inputs.</content>
internal sealed partial class Translation
{
    private void Arithmetic(OnnxNode node)
    {
        if (node.Inputs.Count != 2) throw new NoWordException($"it has {node.Inputs.Count} inputs; two are supported");
        if (_model.Constants.ContainsKey(node.Inputs[0])) FoldConstant(node, 0);
        else if (_model.Constants.ContainsKey(node.Inputs[1])) FoldConstant(node, 1);
        else if (node.Operation is "Add" or "Sum") Sum(node);
        else throw new NoWordException("the language merges two stages only as a sum or a concatenation");
    }

    // The later of the two stages continues with the merge: the stage that it names must be earlier.
    private void Sum(OnnxNode node)
    {
        Flow left = Read(node, 0), right = Read(node, 1);
        if (left.Shape != right.Shape || left.IsVector != right.IsVector)
            throw new NoWordException($"it adds {left.Shape} and {right.Shape}; equal shapes are expected");
        (Flow own, Flow other) = left.Stage > right.Stage ? (left, right) : (right, left);
        Give(node, Merge(node, own, other, MergeKind.Sum), left.Shape, left.IsVector);
    }

    private void Concat(OnnxNode node)
    {
        Flow first = Read(node);
        long axis = node.Integer("axis", 1), dimensions = first.IsVector ? 2 : 4;
        if (axis != 1 && axis != 1 - dimensions)
            throw new NoWordException($"it is along axis {axis}; only channels, axis 1, are supported");
        Flow joined = first;
        for (int place = 1; place < node.Inputs.Count; place++)
        {
            Flow next = Read(node, place);
            if (next is { IsVector: true, Shape.IsFlat: false } || joined is { IsVector: true, Shape.IsFlat: false })
                throw new NoWordException("it concatenates flattened maps; the language concatenates channels");
            if (next.IsVector != joined.IsVector || (next.Shape.Height, next.Shape.Width) != (joined.Shape.Height, joined.Shape.Width))
                throw new NoWordException($"it concatenates {joined.Shape} and {next.Shape}; equal heights and widths are expected");
            // A stage appends its channels to those of the stage that it names:
            // it reads the second input, and continues that input's stage if it can.
            StageDraft stage = Merge(node, next.Stage > joined.Stage ? next : next with { IsShared = true }, joined, MergeKind.Concat);
            joined =
                new(_stages.IndexOf(stage), joined.Shape with { Channels = joined.Shape.Channels + next.Shape.Channels },
                joined.IsVector, IsShared: false);
        }

        Give(node, joined);
    }

    private StageDraft Merge(OnnxNode node, Flow own, Flow other, MergeKind kind)
    {
        StageDraft stage = Stage(node, own, Slot.Merge);
        stage.Merge = new MergeDescription(kind, other.Stage);
        return stage;
    }
}
