using NoiseGen.Generator.Loops;
using NoiseGen.Generator.Loops.Kernels;
using NoiseGen.Generator.Planning;
using static NoiseGen.Generator.Emission.Expressions;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints what follows the segments: statistics and gradients of all blocks, a share of which each thread sums.</summary>
internal static class MergeEmitter
{
    public static void Emit(SourceWriter writer, NetworkPlan plan, IReadOnlyList<GradientSums> sums)
    {
        int norms = plan.Schedule.LossSegment;
        if (norms > 0)
        {
            MergeNorms(writer);
            writer.Space();
        }

        MergeGradients(writer, norms, sums);
        if (sums.All(segment => segment.InPhases.Count == 0)) return;
        writer.Space();
        GradientPhases(writer, sums);
        writer.Space();
        GradientPhase(writer, sums);
    }

    private static void MergeNorms(SourceWriter writer)
    {
        using (writer.Block("public override void MergeNorms(int segment, NetworkState state, int blocks, int part, int parts)"))
        {
            // Each norm ends a segment, in order.
            writer.Write("state.Norm(segment).Merge(blocks, part, parts);");
        }
    }

    private static void MergeGradients(SourceWriter writer, int norms, IReadOnlyList<GradientSums> sums)
    {
        using (writer.Block(
            "public override void MergeGradients(int segment, NetworkState state, in BlockMemory memory, int blocks, int part, int parts)"))
        {
            if (norms > 0) writer.Write($"if (segment < {norms}) state.Norm({norms - 1} - segment).MergeGradients(blocks, part, parts);");
            Segments(writer, [.. sums.Select(segment => segment.AtOnce)], (stages, condition) =>
            {
                foreach (StagePlan stage in stages) WeightGradient(writer, stage, condition);
            });
        }
    }

    private static void GradientPhases(SourceWriter writer, IReadOnlyList<GradientSums> sums)
    {
        var arms = from segment in Enumerable.Range(0, sums.Count)
                   where sums[segment].InPhases.Count > 0
                   group segment by string.Join(" + ", sums[segment].InPhases.Select(PhasesOf)) into alike
                   select $"    {string.Join(" or ", alike)} => {alike.Key},\n";
        writer.Write(
            $"public override int GradientPhases(int segment, int blocks) => segment switch\n{{\n{string.Concat(arms)}    _ => 0,\n}};");
    }

    private static void GradientPhase(SourceWriter writer, IReadOnlyList<GradientSums> sums)
    {
        using (writer.Block(
            "public override void MergeGradientPhase(int segment, int phase, NetworkState state, in BlockMemory memory, int blocks, int part, int parts)"))
        {
            Segments(writer, [.. sums.Select(segment => segment.InPhases)], (stages, condition) => InPhases(writer, stages, condition));
        }
    }

    // One stage after the other: they share a workspace.
    private static void InPhases(SourceWriter writer, IReadOnlyList<StagePlan> stages, string condition)
    {
        if (stages.Count == 1)
        {
            WeightGradient(writer, stages[0], condition);
            return;
        }

        for (int i = 0; i < stages.Count; i++)
        {
            if (i > 0) writer.Write($"phase -= {PhasesOf(stages[i - 1])};");
            using (writer.Block($"if (phase >= 0 && phase < {PhasesOf(stages[i])})")) WeightGradient(writer, stages[i], "");
        }
    }

    // A condition for each segment that has such stages: before its only statement, or around several.
    private static void Segments(
        SourceWriter writer, IReadOnlyList<IReadOnlyList<StagePlan>> segments, Action<IReadOnlyList<StagePlan>, string> write)
    {
        for (int segment = 0; segment < segments.Count; segment++)
        {
            string condition = segments.Count == 1 ? "" : $"if (segment == {segment})";
            if (segments[segment].Count == 1) write(segments[segment], condition.Length == 0 ? "" : condition + " ");
            else if (segments[segment].Count > 1) Several(writer, condition, () => write(segments[segment], ""));
        }
    }

    private static void Several(SourceWriter writer, string condition, Action write)
    {
        using SourceWriter.Closing? block = condition.Length == 0 ? null : writer.Block(condition);
        write();
    }

    private static string PhasesOf(StagePlan stage) => $"{stage.Linear!.Kernels.Name}.{KernelMethod.GradientPhases}(blocks)";

    private static void WeightGradient(SourceWriter writer, StagePlan stage, string condition)
    {
        LinearPlan linear = stage.Linear!;
        if (linear.BlockGradient is { } gradient)
        {
            writer.Write(
                $"{condition}state.Layer({linear.Layer}).Gradients.SumBlocks({Place(gradient)}, "
                + $"{Place(gradient, linear.Kernels.BiasGradient)}, blocks, state.BlockStride, part, parts);");
            return;
        }

        bool hasPhases = linear.Kernels.WinogradGradient is not null;
        string scratch = hasPhases ? "ref state.Workspace, " : linear.GradientScratch is { } slot ? $"{Place(slot)}, " : "";
        writer.Write(
            $"{condition}{linear.Kernels.Name}.WeightGradient("
            + $"state.Layer({linear.Layer}), {Place(stage.Backward!.RowGradient)}, {Place(linear.TransposedInput!)}, "
            + $"{scratch}blocks, state.BlockStride, {(hasPhases ? "phase, " : "")}part, parts);");
    }
}
