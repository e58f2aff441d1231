using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Planning;
using static NoiseGen.Generator.Planning.LaneLayout;

namespace NoiseGen.Generator.Emission;

/// <summary>
/// Prints one stage's backward pass. With a norm it has two parts, between which the batch's gradient sums are taken: back to the norm's output, and the rest.
/// </summary>
internal static class GradientEmitter
{
    public static void Emit(SourceWriter writer, NetworkPlan plan, StagePlan stage)
    {
        if (stage.Norm is null)
        {
            Backward(writer, plan, stage, stage.Backward!);
            return;
        }

        ToNormGradient(writer, plan, stage, stage.Backward!);
        writer.Space();
        FromNorm(writer, plan, stage, stage.Backward!);
    }

    private static void Backward(SourceWriter writer, NetworkPlan plan, StagePlan stage, BackwardPlan backward)
    {
        NoiseGradient noise = NoiseGradient.OfBackward(plan, stage);
        using (writer.Block($"public static void Backward(in BlockMemory memory{noise.Parameter}{LayerParameter(stage)}{StageEmitter.LearnedScale(stage)}{StageEmitter.Rate(stage)})"))
        {
            FinishReferences(writer, plan, stage, backward, noise);
            LinearReferences(writer, stage);
            writer.Space();
            Strips(writer, stage, backward, noise, HasGradientRows(plan, stage));
            Inputs(writer, stage, backward);
        }
    }

    private static void ToNormGradient(SourceWriter writer, NetworkPlan plan, StagePlan stage, BackwardPlan backward)
    {
        writer.Write("// Back to the norm's output, whose gradient is summed on the way.");
        NoiseGradient rest = NoiseGradient.OfRest(plan, stage);
        using (writer.Block($"public static void ToNormGradient(in BlockMemory memory{rest.Parameter}, BatchNormLayer norm{StageEmitter.LearnedScale(stage)}{StageEmitter.Rate(stage)})"))
        {
            FinishReferences(writer, plan, stage, backward, rest);
            writer.Write(StageEmitter.Reference("values", stage.Values!));
            writer.Write(StageEmitter.Reference("sums", stage.Norm!.GradientSums));
            writer.Space();
            using (writer.Block($"for (int row = 0; row < {stage.Node.LinearOutput.Height}; row++)"))
            {
                GradientRow(writer, stage, backward, rest, "row", "row");
                writer.Write($"norm.AddGradientRow(ref own, {At("values", "row", stage.OwnElements)}, ref sums, {stage.Node.LinearOutput.Width}, row);");
            }

            writer.Write("norm.EndGradientBlock(ref sums, memory.Index);");
        }
    }

    private static void FromNorm(SourceWriter writer, NetworkPlan plan, StagePlan stage, BackwardPlan backward)
    {
        writer.Write("// Back through the norm, and on.");
        NoiseGradient first = NoiseGradient.OfBackward(plan, stage);
        using (writer.Block($"public static void Backward(in BlockMemory memory{first.Parameter}{LayerParameter(stage)}, BatchNormLayer norm)"))
        {
            if (stage.Linear is null && backward.InputGradient is null)
            {
                writer.Write("// No stage before this one has parameters.");
                return;
            }

            writer.Write($"{StageEmitter.Reference("gradient", backward.RowGradient)} // {stage.Node.LinearOutput}");
            writer.Write(StageEmitter.Reference("values", stage.Values!));
            LinearReferences(writer, stage);
            first.Declare(writer);
            writer.Space();
            NormStrips(writer, stage, backward, first);
            Inputs(writer, stage, backward);
        }
    }

    private static string LayerParameter(StagePlan stage) => stage.Linear is null ? "" : ", LinearLayer layer";

    private static bool IsLaneReduced(StagePlan stage) => stage.Linear?.Accumulators is not null;

    private static string At(string name, string row, int elements) => StageEmitter.At(name, row, elements * Lanes);

    private static void FinishReferences(SourceWriter writer, NetworkPlan plan, StagePlan stage, BackwardPlan backward, NoiseGradient noise)
    {
        StageNode node = stage.Node;
        writer.Write($"{StageEmitter.Reference("outputGradient", backward.OutputGradient)} // {node.Output}");
        if (stage.Norm is null || backward.RowGradient != backward.OutputGradient) writer.Write(backward.RowGradient == backward.OutputGradient
            ? "ref float gradient = ref outputGradient;"
            : $"{StageEmitter.Reference("gradient", backward.RowGradient)} // {backward.StripRows} rows of {node.LinearOutput}");
        if (backward.MergedRow is { } merged) writer.Write($"{StageEmitter.Reference("merged", merged)} // one row of {node.MergeOutput}");
        if (backward.OtherGradient is { } other) writer.Write($"{StageEmitter.Reference("otherGradient", other)} // of {plan.Graph.Stages[node.Merge!.Other].Path}");
        if (stage.Dead is { } dead) writer.Write(StageEmitter.Marks("dead", dead));
        if (stage.Slopes is { } slopes) writer.Write(StageEmitter.Reference("slopes", slopes));
        if (stage.LearnedScale is { } scale) writer.Write(StageEmitter.Reference("errors", scale.Errors));
        if (stage.Winners is { } winners) writer.Write(StageEmitter.Marks("winners", winners));
        noise.Declare(writer);
        if (stage.Dropped is { } dropped)
        {
            writer.Write(StageEmitter.Marks("dropped", dropped));
            writer.Write($"if (rate > 0f) DropoutRow.Gradient(ref outputGradient, ref dropped, {node.Output.Count * 2}, rate);");
        }

        noise.ScaleOutput(writer, stage);
    }

    private static void LinearReferences(SourceWriter writer, StagePlan stage)
    {
        if (stage.Linear is not { } linear) return;
        writer.Write($"{StageEmitter.Reference("input", stage.Input)} // {stage.Node.Input}");
        if (linear.Accumulators is not { } accumulators) return;
        writer.Write(StageEmitter.Reference("accumulators", accumulators));
        writer.Write($"Unsafe.InitBlock(ref Unsafe.As<float, byte>(ref accumulators), 0, {linear.Kernels.Accumulators * sizeof(float)});");
    }

    // From the gradient of the output to that of the linear operation's, strip by strip; a weight gradient with lanes as the reduction takes each strip at once.
    private static void Strips(SourceWriter writer, StagePlan stage, BackwardPlan backward, NoiseGradient noise, bool hasGradientRows)
    {
        int height = stage.Node.LinearOutput.Height;
        bool hasRows = hasGradientRows || (IsLaneReduced(stage) && stage.Linear!.Kernels.HasBiases);
        if (!hasRows)
        {
            WeightGradient(writer, stage, "0", $"{height}", "gradient");
            return;
        }

        if (height == 1)
        {
            GradientRow(writer, stage, backward, noise, "0", "0");
            Biases(writer, stage);
            WeightGradient(writer, stage, "0", "1", "gradient");
            return;
        }

        if (backward.StripRows >= height)
        {
            using (writer.Block($"for (int row = 0; row < {height}; row++)"))
            {
                GradientRow(writer, stage, backward, noise, "row", "row");
                Biases(writer, stage);
            }

            WeightGradient(writer, stage, "0", $"{height}", "gradient");
            return;
        }

        using (writer.Block($"for (int start = 0; start < {height}; start += {backward.StripRows})"))
        {
            writer.Write($"int end = Math.Min({height}, start + {backward.StripRows});");
            using (writer.Block("for (int row = start; row < end; row++)"))
            {
                GradientRow(writer, stage, backward, noise, "row", "(row - start)");
                Biases(writer, stage);
            }

            WeightGradient(writer, stage, "start", "end", "gradient");
        }
    }

    private static bool HasGradientRows(NetworkPlan plan, StagePlan stage) => stage.Node.Pool is not null || NoiseGradient.ConcernsRows(plan, stage) || stage.Row is { HasMarks: true } or { HasSlopes: true }
        || stage.Backward!.OtherGradient is not null || stage.IsConcatenation;

    // One row of the gradient, called `own`: back through pool, activation, and sum or concatenation. `place` is its row in the strip.
    private static void GradientRow(SourceWriter writer, StagePlan stage, BackwardPlan backward, NoiseGradient noise, string row, string place)
    {
        StageNode node = stage.Node;
        string current = stage.IsConcatenation ? "current" : "own";
        string memory = backward.MergedRow is not null ? "ref merged"
            : node.Pool is not null ? At("gradient", place, stage.OwnElements)
            : At("outputGradient", row, stage.RowElements);
        writer.Write($"ref float {current} = {memory};");
        bool isMasked = node.Pool is { Max: false } && stage.Dead is not null && stage.LearnedScale is null;
        string marks = StageEmitter.At("dead", row, stage.RowElements * 2);
        if (node.Pool is { Max: true }) writer.Write($"MaxPool.GradientRow(ref outputGradient, ref winners, ref {current}, Window, {row});");
        else if (isMasked) writer.Write($"AveragePool.GradientRow(ref outputGradient, ref {current}, {marks}, Window, {row});");
        else if (node.Pool is not null) writer.Write($"AveragePool.GradientRow(ref outputGradient, ref {current}, Window, {row});");

        if (stage.LearnedScale is not null) Scale(writer, stage, noise, current, row);
        // A percentile is never marked by a ReLU; other marks are those of the last levels alone, and it may lie beyond them.
        string receive = stage.LearnedScale is null ? "" : $"scale.Receive(ref {current}, {stage.RowElements}, {row}, memory);";
        if (receive.Length > 0 && stage.Slopes is null) writer.Write(receive);
        if (stage.Dead is not null && !isMasked) writer.Write($"LaneMask.Clear(ref {current}, {marks}, {stage.RowElements * 2});");
        if (receive.Length > 0 && stage.Slopes is not null) writer.Write(receive);
        if (stage.Slopes is not null) writer.Write($"LaneSlope.Apply(ref {current}, {At("slopes", row, stage.RowElements)}, {stage.RowElements * 2});");
        noise.ScaleMerged(writer, $"ref {current}", row, stage.RowElements);
        if (stage.IsConcatenation) Split(writer, stage, backward, row, place);
        else if (backward.OtherGradient is not null) AddOrCopy(writer, "own", At("otherGradient", row, stage.RowElements), stage.RowElements, backward.AddsToOther);
        noise.ScaleOwn(writer, "ref own", row, stage.OwnElements);
    }

    // What the scale's gradient is made of is the gradient of the quantizer's own output: noise behind it comes first.
    private static void Scale(SourceWriter writer, StagePlan stage, NoiseGradient noise, string current, string row)
    {
        noise.ScaleQuantized(writer, $"ref {current}", row, stage.RowElements);
        writer.Write($"scale.AddGradient(ref {current}, {At("errors", row, stage.RowElements)}, {stage.RowElements * 2}, memory.Index);");
    }

    private static void AddOrCopy(SourceWriter writer, string source, string target, int elements, bool adds) => writer.Write(adds
        ? $"LaneAdd.Add({target}, ref {source}, {elements * 2});"
        : StageEmitter.Copy(target.Substring("ref ".Length), "ref " + source, elements));

    private static void Split(SourceWriter writer, StagePlan stage, BackwardPlan backward, string row, string place)
    {
        ImageShape merged = stage.Node.MergeOutput, own = stage.Node.LinearOutput;
        int others = merged.Channels - own.Channels;
        if (backward.OtherGradient is not null)
        {
            string take = backward.AddsToOther ? "AddChannels" : "TakeChannels";
            writer.Write($"LaneCopy.{take}(ref current, {merged.Channels}, 0, {At("otherGradient", row, others * merged.Width)}, {others}, {merged.Width});");
        }

        writer.Write($$"""
            ref float own = {{At("gradient", place, stage.OwnElements)}};
            LaneCopy.TakeChannels(ref current, {{merged.Channels}}, {{others}}, ref own, {{own.Channels}}, {{merged.Width}});
            """);
    }

    private static void Biases(SourceWriter writer, StagePlan stage)
    {
        if (!IsLaneReduced(stage) || !stage.Linear!.Kernels.HasBiases) return;
        string biases = $"ref Unsafe.Add(ref accumulators, {stage.Linear.Kernels.BiasAccumulators})";
        writer.Write($"layer.Gradients.AddBiasRow(ref own, {biases}, {stage.Node.LinearOutput.Width});");
    }

    private static void WeightGradient(SourceWriter writer, StagePlan stage, string start, string end, string gradient)
    {
        if (IsLaneReduced(stage))
            writer.Write($"{stage.Linear!.Kernels.Name}.WeightGradient(ref {gradient}, ref input, ref accumulators, {start}, {end});");
    }

    // Back through the norm, strip by strip where the weight gradient takes strips.
    private static void NormStrips(SourceWriter writer, StagePlan stage, BackwardPlan backward, NoiseGradient noise)
    {
        ImageShape map = stage.Node.LinearOutput;
        string own = At("gradient", "row", stage.OwnElements), values = At("values", "row", stage.OwnElements);
        if (stage.Linear is null)
        {
            writer.Write(StageEmitter.Reference("inputGradient", backward.InputGradient!));
            string method = backward.AddsToInput ? "AddInputGradientRow" : "InputGradientRow";
            writer.Write($$"""
                for (int row = 0; row < {{map.Height}}; row++)
                    norm.{{method}}({{own}}, {{values}}, {{At("inputGradient", "row", stage.OwnElements)}}, {{map.Width}}, memory.Images);
                """);
            return;
        }

        void Row()
        {
            writer.Write($"ref float own = {own};");
            writer.Write($"norm.InputGradientRow(ref own, {values}, ref own, {map.Width}, memory.Images);");
            noise.ScaleOwn(writer, "ref own", "row", stage.OwnElements);
            Biases(writer, stage);
        }

        if (!IsLaneReduced(stage) || backward.PassRows >= map.Height)
        {
            using (writer.Block($"for (int row = 0; row < {map.Height}; row++)")) Row();
            WeightGradient(writer, stage, "0", $"{map.Height}", "gradient");
            return;
        }

        using (writer.Block($"for (int start = 0; start < {map.Height}; start += {backward.PassRows})"))
        {
            writer.Write($"int end = Math.Min({map.Height}, start + {backward.PassRows});");
            using (writer.Block("for (int row = start; row < end; row++)")) Row();
            writer.Write($"ref float strip = {At("gradient", "start", stage.OwnElements)};");
            WeightGradient(writer, stage, "start", "end", "strip");
        }
    }

    // What the weights' gradient needs of this block, and the gradient with respect to the input.
    private static void Inputs(SourceWriter writer, StagePlan stage, BackwardPlan backward)
    {
        if (stage.Linear is { TransposedInput: { } transposed } dense)
        {
            writer.Write(
                $"layer.Gradients.TransposeInputs(ref input, ref Unsafe.Add(ref memory.{transposed.Area}, {transposed.Offset}), {dense.Kernels.OuterGradient!.SourcePixels});");
        }
        else if (stage.Linear is { BlockGradient: { } block } linear)
        {
            writer.Space();
            writer.Write($$"""
                {{StageEmitter.Reference("blockGradient", block)}}
                {{linear.Kernels.Name}}.SumWeightGradient(layer, ref accumulators, ref blockGradient);
                """);
            if (linear.Kernels.HasBiases)
            {
                writer.Write($"layer.Gradients.SumBiases(ref Unsafe.Add(ref accumulators, {linear.Kernels.BiasAccumulators}), "
                    + $"ref Unsafe.Add(ref blockGradient, {linear.Kernels.BiasGradient}));");
            }
        }

        if (backward.InputGradient is not { } target || (stage.Norm is not null && stage.Linear is null)) return;
        writer.Space();
        writer.Write($"{StageEmitter.Reference("inputGradient", target)} // {stage.Node.Input}");
        if (stage.Linear is null)
        {
            AddOrCopy(writer, "gradient", "ref inputGradient", stage.Node.Input.Count, backward.AddsToInput);
            return;
        }

        string method = backward.AddsToInput ? "AddInputGradient" : "InputGradient";
        string scratch = stage.Linear.GradientSquares is { } squares ? $"ref Unsafe.Add(ref memory.{squares.Area}, {squares.Offset}), " : "";
        string weights = stage.Linear.Kernels.IsPacked ? $"Unsafe.Add(ref memory.PackedBackward, {stage.Linear.PackedBackward})" : "layer.Weights";
        writer.Write($"{stage.Linear.Kernels.Name}.{method}(ref gradient, ref {weights}, ref memory.Zeros, {scratch}ref inputGradient);");
    }
}
