using NoiseGen.Generator.Loops;
using NoiseGen.Generator.Model;
using NoiseGen.Generator.Planning;
using static NoiseGen.Generator.Emission.Expressions;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints the steps of a stage's method: names, loops and copies here,
/// what is done to values in <see cref="ForwardStepEmitter"/> and <see cref="BackwardStepEmitter"/>.</summary>
internal sealed class StepEmitter
{
    private readonly SourceWriter _writer;
    private readonly ForwardStepEmitter _forward;
    private readonly BackwardStepEmitter _backward;

    public StepEmitter(SourceWriter writer) => (_writer, _forward, _backward) = (writer, new(writer), new(writer));

    public void Emit(IEnumerable<Step> steps)
    {
        foreach (Step step in steps) Emit(step);
    }

    private void Emit(Step step)
    {
        switch (step)
        {
            case Step.NameFloats floats: _writer.Write($"ref float {floats.Name} = {Place(floats.Slot)};{Comment(floats.Comment)}"); break;
            case Step.NameMasks masks:
                _writer.Write($"ref ushort {masks.Name} = ref Unsafe.As<float, ushort>({Place(masks.Slot)});");
                break;
            case Step.NameWeights weights: Weights(weights.Linear); break;
            case Step.NameRow row: _writer.Write($"ref float {row.Name} = {Row(row.Place)};"); break;
            case Step.TakeLevels: _writer.Write("QuantizerLevels levels = scale.Levels;"); break;
            case Step.Samples samples: Samples(samples); break;
            case Step.Clear clear: Clear(clear); break;
            case Step.EndUnlessTraining: _writer.Write("if (!pass.IsTraining) return;"); break;
            case Step.Nothing nothing: _writer.Write($"// {nothing.Reason}"); break;
            case Step.InTraining training: _writer.Write("if (pass.IsTraining)"); using (_writer.Indent()) Emit(training.Only); break;
            case Step.RowLoop loop: RowLoop(loop); break;
            case Step.PoolLoop loop: PoolLoop(loop); break;
            case Step.StripLoop loop: StripLoop(loop); break;
            case Step.Copy copy: Copy(copy); break;
            case Step.PutChannels put: PutChannels(put); break;
            case Step.TakeChannels take: TakeChannels(take); break;
            default:
                if (!_forward.TryEmit(step) && !_backward.TryEmit(step))
                    throw new NotSupportedException($"No method prints {step.GetType().Name}.");
                break;
        }
    }

    private static string Comment(string? text) => text is null ? "" : $" // {text}";

    // An operation without biases reads zeros.
    private void Weights(LinearPlan linear)
    {
        _writer.Write(
            $"ref float weights = ref {(linear.Kernels.IsPacked ? $"Unsafe.Add(ref memory.Packed, {PlaceEmitter.Packed(linear)})" : "layer.Weights")};");
        _writer.Write(
            $"ref float biases = ref {(linear.Kernels.HasBiases ? $"Unsafe.Add(ref memory.Parameters, {PlaceEmitter.Biases(linear)})" : "memory.Zeros")};");
    }

    private void Samples(Step.Samples samples) => _writer.Write(
        $"var {samples.Site.Name} = new {samples.Lanes}(pass, {samples.Site.Index}, image, {Place(samples.Work, samples.WorkOffset)});");

    private void Clear(Step.Clear clear)
    {
        string start = clear.Start == 0 ? clear.Buffer : $"Unsafe.Add(ref {clear.Buffer}, {clear.Start})";
        _writer.Write($"Unsafe.InitBlock(ref Unsafe.As<float, byte>(ref {start}), 0, {clear.Count * sizeof(float)});");
    }

    private void RowLoop(Step.RowLoop loop)
    {
        if (loop.Rows == 1)
        {
            Emit(loop.Body);
            return;
        }

        using (_writer.Block($"for (int row = 0; row < {loop.Rows}; row++)")) Emit(loop.Body);
    }

    private void PoolLoop(Step.PoolLoop loop)
    {
        using (_writer.Block($"for (int pooled = 0, row = 0; pooled < {loop.Pooled}; pooled++)"))
        {
            using (_writer.Block($"for (; row < {EndOfWindow(loop)}; row++)")) Emit(loop.Body);
            Emit(loop.PooledBody);
        }

        if (!loop.ComputesAll) return;
        using (_writer.Block($"for (int row = {loop.Covered}; row < {loop.Height}; row++)")) Emit(loop.Body);
    }

    private static string EndOfWindow(Step.PoolLoop loop)
    {
        int rows = loop.Window.Height - loop.Window.PaddingHeight;
        if (loop.Pooled == 1) return $"{Math.Min(loop.Height, rows)}";
        string end = $"pooled * {loop.Window.StrideHeight} + {rows}";
        return loop.Window.PaddingHeight > 0 ? $"Math.Min({loop.Height}, {end})" : end;
    }

    private void StripLoop(Step.StripLoop loop)
    {
        using (_writer.Block($"for (int start = 0; start < {loop.Rows}; start += {loop.StripRows})"))
        {
            _writer.Write($"int end = Math.Min({loop.Rows}, start + {loop.StripRows});");
            using (_writer.Block("for (int row = start; row < end; row++)")) Emit(loop.Body);
            Emit(loop.StripBody);
        }
    }

    private void Copy(Step.Copy copy)
    {
        if (copy.Adds) _writer.Write($"LaneAdd.Add({Row(copy.Target)}, {Row(copy.Source)}, {copy.Elements * 2});");
        else _writer.Write(
            $"Unsafe.CopyBlock(ref Unsafe.As<float, byte>({Row(copy.Target)}), ref Unsafe.As<float, byte>({Row(copy.Source)}), {copy.Elements * LaneLayout.Lanes * sizeof(float)});");
    }

    private void PutChannels(Step.PutChannels put) => _writer.Write(
        $"LaneCopy.Channels({Row(put.Source)}, {put.Channels}, {Row(put.Target)}, {put.TargetChannels}, {put.Start}, {put.Width});");

    private void TakeChannels(Step.TakeChannels take) => _writer.Write(
        $"LaneCopy.{(take.Adds ? "AddChannels" : "TakeChannels")}({Row(take.Source)}, {take.SourceChannels}, {take.Start}, {Row(take.Target)}, {take.Channels}, {take.Width});");
}
