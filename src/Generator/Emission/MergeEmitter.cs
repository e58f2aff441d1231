using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints what follows the segments: statistics and gradients of all blocks, a share of which each thread sums.</summary>
internal static class MergeEmitter
{
    public static void Emit(SourceWriter writer, NetworkPlan plan)
    {
        if (plan.Schedule.LossSegment > 0)
        {
            MergeNorms(writer);
            writer.Space();
        }

        MergeGradients(writer, plan);
        if (!Gradients(plan).Any(HasPhases)) return;
        writer.Space();
        GradientPhases(writer, plan);
        writer.Space();
        GradientPhase(writer, plan);
    }

    private static void MergeNorms(SourceWriter writer)
    {
        using (writer.Block("public override void MergeNorms(int segment, NetworkState state, int blocks, int part, int parts)"))
        {
            // Each norm ends a segment, in order.
            writer.Write("state.Norm(segment).Merge(blocks, part, parts);");
        }
    }

    private static void MergeGradients(SourceWriter writer, NetworkPlan plan)
    {
        using (writer.Block("public override void MergeGradients(int segment, NetworkState state, in BlockMemory memory, int blocks, int part, int parts)"))
        {
            int norms = plan.Schedule.LossSegment;
            if (norms > 0) writer.Write($"if (segment < {norms}) state.Norm({norms - 1} - segment).MergeGradients(blocks, part, parts);");
            Segments(writer, plan, static stage => !HasPhases(stage), stages =>
            {
                foreach (StagePlan stage in stages) WeightGradient(writer, stage);
            });
        }
    }

    private static void GradientPhases(SourceWriter writer, NetworkPlan plan)
    {
        var arms = from segment in BySegment(plan, HasPhases)
                   group segment.Key by string.Join(" + ", segment.Select(PhasesOf)) into alike
                   select $"    {string.Join(" or ", alike)} => {alike.Key},\n";
        writer.Write($"public override int GradientPhases(int segment, int blocks) => segment switch\n{{\n{string.Concat(arms)}    _ => 0,\n}};");
    }

    private static void GradientPhase(SourceWriter writer, NetworkPlan plan)
    {
        using (writer.Block("public override void MergeGradientPhase(int segment, int phase, NetworkState state, in BlockMemory memory, int blocks, int part, int parts)"))
        {
            Segments(writer, plan, HasPhases, stages => InPhases(writer, [.. stages]));
        }
    }

    // One stage after the other: they share a workspace.
    private static void InPhases(SourceWriter writer, StagePlan[] stages)
    {
        if (stages.Length == 1)
        {
            WeightGradient(writer, stages[0]);
            return;
        }

        for (int i = 0; i < stages.Length; i++)
        {
            if (i > 0) writer.Write($"phase -= {PhasesOf(stages[i - 1])};");
            using (writer.Block($"if (phase >= 0 && phase < {PhasesOf(stages[i])})")) WeightGradient(writer, stages[i]);
        }
    }

    // A choice between the segments that have such stages; where there is one segment, there is none.
    private static void Segments(SourceWriter writer, NetworkPlan plan, Func<StagePlan, bool> isOfThem, Action<IEnumerable<StagePlan>> write)
    {
        IGrouping<int, StagePlan>[] segments = [.. BySegment(plan, isOfThem)];
        if (segments.Length == 0) return;
        if (plan.Schedule.LastSegment == plan.Schedule.LossSegment)
        {
            write(segments[0]);
            return;
        }

        using (writer.Block("switch (segment)"))
        {
            foreach (IGrouping<int, StagePlan> segment in segments) CodeEmitter.Case(writer, segment.Key, () => write(segment));
        }
    }

    // The stages whose weights have gradients.
    private static IEnumerable<StagePlan> Gradients(NetworkPlan plan) => plan.Stages.Where(stage => stage is { Backward: not null, Linear: not null });

    private static IEnumerable<IGrouping<int, StagePlan>> BySegment(NetworkPlan plan, Func<StagePlan, bool> isOfThem) =>
        Gradients(plan).Where(isOfThem).GroupBy(stage => Segment(plan, stage)).OrderBy(segment => segment.Key);

    // Number of the backward segment that a stage's weights' gradients follow.
    private static int Segment(NetworkPlan plan, StagePlan stage) => plan.Schedule.WeightGradient(stage.Index).Segment - plan.Schedule.LossSegment - 1;

    private static bool HasPhases(StagePlan stage) => stage.Linear!.Kernels.SquareGradient is not null;

    private static string PhasesOf(StagePlan stage) => $"{stage.Linear!.Kernels.Name}.{SquareGradientEmitter.Phases}(blocks)";

    private static void WeightGradient(SourceWriter writer, StagePlan stage)
    {
        LinearPlan linear = stage.Linear!;
        if (linear.BlockGradient is { } gradient)
        {
            writer.Write(
                $"state.Layer({linear.Layer}).Gradients.SumBlocks(ref Unsafe.Add(ref memory.Block, {gradient.Offset}), "
                + $"ref Unsafe.Add(ref memory.Block, {gradient.Offset + linear.Kernels.BiasGradient}), blocks, state.BlockStride, part, parts);");
            return;
        }

        bool hasPhases = linear.Kernels.SquareGradient is not null;
        string scratch = hasPhases ? "ref state.Workspace, " : linear.GradientScratch is { } slot ? $"ref Unsafe.Add(ref memory.Scratch, {slot.Offset}), " : "";
        writer.Write(
            $"{linear.Kernels.Name}.WeightGradient("
            + $"state.Layer({linear.Layer}), ref Unsafe.Add(ref memory.Block, {stage.Backward!.RowGradient.Offset}), ref Unsafe.Add(ref memory.Block, {linear.TransposedInput!.Offset}), "
            + $"{scratch}blocks, state.BlockStride, {(hasPhases ? "phase, " : "")}part, parts);");
    }
}
