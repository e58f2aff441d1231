using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Loops;
using NoiseGen.Generator.Model;
using NoiseGen.Generator.Planning;
using static NoiseGen.Generator.Emission.Expressions;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints the network's passes: which stage's code runs on which memory, in which order.</summary>
internal static class CodeEmitter
{
    public static void Emit(SourceWriter writer, NetworkPlan plan, NetworkLoops loops)
    {
        Memory(writer, plan);
        writer.Space();
        Pack(writer, plan);
        writer.Space();
        Forward(writer, plan, loops);
        InputNoise(writer, plan);
        writer.Space();
        Backward(writer, loops);
        writer.Space();
        MergeEmitter.Emit(writer, plan, loops.Sums);
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
                global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan({{Place(plan.Input)}}, {{plan.Graph.Input.Count * LaneLayout.Lanes}});

            public override ref float Logits(in BlockMemory memory) => {{Place(last.Output)}};

            public override ref float LogitGradients(in BlockMemory memory) => {{Place(plan.LogitGradients)}};
            """);
    }

    private static void Pack(SourceWriter writer, NetworkPlan plan)
    {
        Schedule schedule = plan.Schedule;
        StagePlan[] packed = [.. plan.Stages.Where(stage => stage.Linear is { Kernels.IsPacked: true })];
        using (writer.Block("public override void PackForward(int segment, NetworkState state, ref float packed, int part, int parts)"))
        {
            foreach (StagePlan stage in packed)
                writer.Write(In(schedule.Linear(stage.Index).Segment, 0, schedule.LossSegment) + PackForward(stage.Linear!));
        }

        writer.Space();
        using (writer.Block("public override void PackBackward(int segment, NetworkState state, ref float packed, int part, int parts)"))
        {
            foreach (StagePlan stage in packed.Where(stage => stage.Linear!.Kernels.InputGradient is not null))
                writer.Write(
                    In(schedule.LinearGradient(stage.Index).Segment, schedule.LossSegment, schedule.LastSegment)
                        + PackBackward(stage.Linear!));
        }
    }

    // One segment needs no condition.
    private static string In(int segment, int first, int last) => first == last ? "" : $"if (segment == {segment - first}) ";

    private static string PackForward(LinearPlan linear)
    {
        (string pack, int tile) = linear.Kernels.Winograd is { } winograd
            ? ($"Packing.ForwardWinograd<{winograd.Transforms.Class}>", winograd.TileChannels)
            : ("Packing.Forward", linear.Kernels.Forward.TileChannels);
        return $"state.Layer({linear.Layer}).{pack}(ref Unsafe.Add(ref packed, {PlaceEmitter.Packed(linear)}), {tile}, part, parts);";
    }

    private static string PackBackward(LinearPlan linear)
    {
        InputGradientPlan gradient = linear.Kernels.InputGradient!;
        WindowNode window = linear.Kernels.Shape.Window;
        (string pack, string tile) = gradient.Winograd is { } winograd
            ? ($"Packing.BackwardWinograd<{winograd.Transforms.Class}>", $"{winograd.TileChannels}")
            : ("Packing.Backward", $"{gradient.TileChannels}, {window.StrideHeight}, {window.StrideWidth}");
        return $"state.Layer({linear.Layer}).{pack}(ref Unsafe.Add(ref packed, {PlaceEmitter.PackedBackward(linear)}), {tile}, part, parts);";
    }

    // Diagnosis watches the outputs; the disturbed input counts as stage −1.
    private static void Forward(SourceWriter writer, NetworkPlan plan, NetworkLoops loops)
    {
        void See(int stage, Slot values, ImageShape shape) =>
            writer.Write($"watch?.See({SourceWriter.Literal(stage)}, memory, {Place(values)}, {shape.Count});");
        const string Parameters = "int segment, NetworkState state, in BlockMemory memory, in NoisePass pass, int image, StageWatch? watch";
        using (writer.Block($"public override void Forward({Parameters})"))
        {
            Segments(writer, loops.Forward, calls =>
            {
                if (calls == loops.Forward[0] && plan.Graph.InputNoise >= 0)
                {
                    writer.Write("DisturbInput(memory, pass, image);");
                    See(-1, plan.Input, plan.Graph.Input);
                }

                foreach (StageCall call in calls)
                {
                    writer.Write(StageEmitter.Call(call.Stage, call.Method));
                    if (call.EndsStage) See(call.Stage.Index, call.Stage.Output, call.Stage.Node.Output);
                }
            });
        }
    }

    private static void Backward(SourceWriter writer, NetworkLoops loops)
    {
        using (writer.Block(
            "public override void Backward(int segment, NetworkState state, in BlockMemory memory, in NoisePass pass, int image)"))
        {
            Segments(writer, loops.Backward, calls =>
            {
                foreach (StageCall call in calls)
                    writer.Write(StageEmitter.Call(call.Stage, call.Method) + (call.IsAgain ? " // once more: it was not kept" : ""));
            });
        }
    }

    // One segment needs no choice.
    private static void Segments<T>(SourceWriter writer, IReadOnlyList<T> segments, Action<T> write)
    {
        if (segments.Count == 1)
        {
            write(segments[0]);
            return;
        }

        using (writer.Block("switch (segment)"))
        {
            for (int segment = 0; segment < segments.Count; segment++) Case(writer, segment, () => write(segments[segment]));
        }
    }

    private static void Case(SourceWriter writer, int segment, Action write)
    {
        writer.Write($"case {SourceWriter.Literal(segment)}:");
        using (writer.Indent())
        {
            write();
            writer.Write("break;");
        }
    }

    private static void InputNoise(SourceWriter writer, NetworkPlan plan)
    {
        if (plan.Graph.InputNoise < 0) return;
        ImageShape input = plan.Graph.Input;
        int elements = input.Width * input.Channels;
        NoiseStruct noise = plan.Graph.NoiseSites[plan.Graph.InputNoise].Kind.Struct;
        writer.Space();
        using (writer.Block("private static void DisturbInput(in BlockMemory memory, in NoisePass pass, int image)"))
        {
            writer.Write($"ref float input = {Place(plan.Input)}; // {input}");
            writer.Write($"var noise = new {noise.Lanes}(pass, {plan.Graph.InputNoise}, image, {Place(plan.NoiseWork)});");
            writer.Loop("int", "row", 0, input.Height, 1, row => writer.Write(
                $"NoiseRow.Apply<{noise.Code}>(ref {Element("input", Times(row, elements * LaneLayout.Lanes))}, {elements}, {Times(row, (elements + 3) / 4)}, noise);"));
        }
    }
}
