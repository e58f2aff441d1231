using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints the network's passes: which stage's code runs on which memory, in which order.</summary>
internal static class CodeEmitter
{
    public static void Emit(SourceWriter writer, NetworkPlan plan)
    {
        Memory(writer, plan);
        writer.Space();
        Pack(writer, plan);
        writer.Space();
        Forward(writer, plan);
        writer.Space();
        Watch(writer, plan);
        InputNoise(writer, plan);
        writer.Space();
        Backward(writer, plan);
        writer.Space();
        MergeEmitter.Emit(writer, plan);
    }

    private static void Memory(SourceWriter writer, NetworkPlan plan)
    {
        StagePlan last = plan.Stages[plan.Stages.Count - 1];
        int segments = plan.Schedule.LossSegment + 1;
        string starts = string.Join(", ", Enumerable.Range(0, segments).Select(plan.Memory.Forward.Start));
        writer.Write($$"""
            public override int ForwardSegments => {{segments}};

            public override ReadOnlySpan<int> PackedStarts => [{{starts}}];

            public override int BackwardSegments => {{plan.Schedule.LastSegment - plan.Schedule.LossSegment + 1}};

            public override Span<float> Input(in BlockMemory memory) =>
                global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref Unsafe.Add(ref memory.{{plan.Input.Area}}, {{plan.Input.Offset}}), {{plan.Graph.Input.Count * LaneLayout.Lanes}});

            public override ref float Logits(in BlockMemory memory) => ref Unsafe.Add(ref memory.{{last.Output.Area}}, {{last.Output.Offset}});

            public override ref float LogitGradients(in BlockMemory memory) => ref Unsafe.Add(ref memory.{{plan.LogitGradients.Area}}, {{plan.LogitGradients.Offset}});
            """);
    }

    private static void Pack(SourceWriter writer, NetworkPlan plan)
    {
        Schedule schedule = plan.Schedule;
        StagePlan[] packed = [.. plan.Stages.Where(stage => stage.Linear is { Kernels.IsPacked: true })];
        using (writer.Block("public override void PackForward(int segment, NetworkState state, ref float packed, int part, int parts)"))
        {
            foreach (StagePlan stage in packed) writer.Write(In(schedule.Linear(stage.Index).Segment, 0, schedule.LossSegment) + PackForward(stage.Linear!));
        }

        writer.Space();
        using (writer.Block("public override void PackBackward(int segment, NetworkState state, ref float packed, int part, int parts)"))
        {
            foreach (StagePlan stage in packed.Where(stage => stage.Linear!.Kernels.InputGradient is not null))
                writer.Write(In(schedule.LinearGradient(stage.Index).Segment, schedule.LossSegment, schedule.LastSegment) + PackBackward(stage.Linear!));
        }
    }

    // One segment needs no condition.
    private static string In(int segment, int first, int last) => first == last ? "" : $"if (segment == {segment - first}) ";

    private static string PackForward(LinearPlan linear)
    {
        (string pack, int tile) = linear.Kernels.Squares is { } squares
            ? ($"Packing.ForwardWinograd<{squares.Transforms.Class}>", squares.TileChannels)
            : ("Packing.Forward", linear.Kernels.Forward.TileChannels);
        return $"state.Layer({linear.Layer}).{pack}(ref Unsafe.Add(ref packed, {linear.PackedForward}), {tile}, part, parts);";
    }

    private static string PackBackward(LinearPlan linear)
    {
        InputGradientPlan gradient = linear.Kernels.InputGradient!;
        WindowNode window = linear.Kernels.Shape.Window;
        (string pack, string tile) = gradient.Squares is { } squares
            ? ($"Packing.BackwardWinograd<{squares.Transforms.Class}>", $"{squares.TileChannels}")
            : ("Packing.Backward", $"{gradient.TileChannels}, {window.StrideHeight}, {window.StrideWidth}");
        return $"state.Layer({linear.Layer}).{pack}(ref Unsafe.Add(ref packed, {linear.PackedBackward}), {tile}, part, parts);";
    }

    private static void Forward(SourceWriter writer, NetworkPlan plan)
    {
        using (writer.Block("public override void Forward(int segment, NetworkState state, in BlockMemory memory, in NoisePass pass, int image)"))
        {
            ForwardSegments(writer, plan, static (_, _, _) => { });
        }
    }

    // What diagnosis runs in the place of Forward.
    private static void Watch(SourceWriter writer, NetworkPlan plan)
    {
        using (writer.Block("public override void Watch(int segment, NetworkState state, in BlockMemory memory, in NoisePass pass, int image, StageWatch watch)"))
        {
            ForwardSegments(writer, plan, (stage, values, shape) => writer.Write(
                $"watch.See({SourceWriter.Literal(stage)}, memory, ref Unsafe.Add(ref memory.{values.Area}, {values.Offset}), {shape.Count});"));
        }
    }

    // Says where each stage's output is, and the disturbed input, which counts as stage −1.
    private static void ForwardSegments(SourceWriter writer, NetworkPlan plan, Action<int, Slot, ImageShape> finished) => Segments(writer, 0, plan.Schedule.LossSegment, segment =>
    {
        if (segment == 0 && plan.Graph.InputNoise >= 0)
        {
            writer.Write("DisturbInput(memory, pass, image);");
            finished(-1, plan.Input, plan.Graph.Input);
        }

        foreach (StagePlan stage in plan.Stages)
        {
            if (stage.Norm is not null && plan.Schedule.Linear(stage.Index).Segment == segment) writer.Write(ToNorm(stage));
            if (plan.Schedule.Finish(stage.Index).Segment != segment) continue;
            writer.Write(Finish(stage));
            finished(stage.Index, stage.Output, stage.Node.Output);
        }
    });

    private static void Backward(SourceWriter writer, NetworkPlan plan)
    {
        using (writer.Block("public override void Backward(int segment, NetworkState state, in BlockMemory memory, in NoisePass pass, int image)"))
        {
            Segments(writer, plan.Schedule.LossSegment, plan.Schedule.LastSegment, segment =>
            {
                foreach (StagePlan stage in plan.Stages.Where(stage => stage.Backward is not null).Reverse())
                {
                    string layer = stage.Linear is { } linear ? $", state.Layer({linear.Layer})" : "";
                    if (stage.Norm is { } norm && plan.Schedule.FinishGradient(stage.Index).Segment == segment)
                        writer.Write($"{NetworkEmitter.KernelsOf(stage.Node)}.ToNormGradient(memory{NoiseGradient.OfRest(plan, stage).Argument}, state.Norm({norm.Number}){LearnedScale(stage)}{Rate(stage)});");
                    if (plan.Schedule.LinearGradient(stage.Index).Segment != segment) continue;
                    if (stage.Backward!.RecomputesInput) writer.Write(Finish(plan.Stages[stage.Node.Source]) + " // once more: it was not kept");
                    writer.Write($"{NetworkEmitter.KernelsOf(stage.Node)}.Backward(memory{NoiseGradient.OfBackward(plan, stage).Argument}{layer}{(stage.Norm is null ? LearnedScale(stage) + Rate(stage) : Norm(stage))});");
                }
            });
        }
    }

    // One segment needs no choice.
    private static void Segments(SourceWriter writer, int first, int last, Action<int> write)
    {
        if (first == last)
        {
            write(first);
            return;
        }

        using (writer.Block("switch (segment)"))
        {
            for (int segment = first; segment <= last; segment++) Case(writer, segment - first, () => write(segment));
        }
    }

    /// <summary>Prints an arm of a choice between segments.</summary>
    public static void Case(SourceWriter writer, int segment, Action write)
    {
        writer.Write($"case {SourceWriter.Literal(segment)}:");
        using (writer.Indent())
        {
            write();
            writer.Write("break;");
        }
    }

    private static string Norm(StagePlan stage) => stage.Norm is { } norm ? $", state.Norm({norm.Number})" : "";

    private static string LearnedScale(StagePlan stage) => stage.LearnedScale is null ? "" : $", state.LearnedScale({stage.Index})";

    private static string Rate(StagePlan stage) => stage.Dropped is null ? "" : $", state.DropoutRate({stage.Index})";

    private static string ToNorm(StagePlan stage) => $"{NetworkEmitter.KernelsOf(stage.Node)}.ToNorm(memory, pass, image{Layer(stage)}{Norm(stage)});";

    private static string Layer(StagePlan stage) => stage.Linear is { Kernels.IsPacked: false } linear ? $", state.Layer({linear.Layer})" : "";

    private static string Finish(StagePlan stage)
    {
        string step = stage.Node.ActivationQuantizer is null || stage.LearnedScale is not null ? LearnedScale(stage) : $", state.QuantizerLevels({stage.Index})";
        return $"{NetworkEmitter.KernelsOf(stage.Node)}.Forward(memory, pass, image{(stage.Norm is null ? Layer(stage) : Norm(stage))}{step}{Rate(stage)});";
    }

    private static void InputNoise(SourceWriter writer, NetworkPlan plan)
    {
        if (plan.Graph.InputNoise < 0) return;
        ImageShape input = plan.Graph.Input;
        int elements = input.Width * input.Channels;
        NoiseStruct noise = plan.Graph.NoiseSites[plan.Graph.InputNoise].Kind.Struct;
        string row = $"ref Unsafe.Add(ref memory.{plan.Input.Area}, {plan.Input.Offset} + row * {elements * LaneLayout.Lanes})";
        writer.Space();
        using (writer.Block("private static void DisturbInput(in BlockMemory memory, in NoisePass pass, int image)"))
        {
            writer.Write($$"""
                var noise = new {{noise.Lanes}}(pass, {{plan.Graph.InputNoise}}, image, ref Unsafe.Add(ref memory.{{plan.NoiseWork.Area}}, {{plan.NoiseWork.Offset}}));
                for (int row = 0; row < {{input.Height}}; row++)
                    NoiseRow.Apply<{{noise.Code}}>({{row}}, {{elements}}, row * {{(elements + 3) / 4}}, noise);
                """);
        }
    }
}
