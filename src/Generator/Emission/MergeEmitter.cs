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
            Segments(writer, [.. sums.Select(segment => segment.AtOnce)], stages =>
            {
                foreach (StagePlan stage in stages) WeightGradient(writer, stage);
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
            Segments(writer, [.. sums.Select(segment => segment.InPhases)], stages => InPhases(writer, stages));
        }
    }

    // One stage after the other: they share a workspace.
    private static void InPhases(SourceWriter writer, IReadOnlyList<StagePlan> stages)
    {
        if (stages.Count == 1)
        {
            WeightGradient(writer, stages[0]);
            return;
        }

        for (int i = 0; i < stages.Count; i++)
        {
            if (i > 0) writer.Write($"phase -= {PhasesOf(stages[i - 1])};");
            using (writer.Block($"if (phase >= 0 && phase < {PhasesOf(stages[i])})")) WeightGradient(writer, stages[i]);
        }
    }

    // A choice between the segments that have such stages; where there is one segment, there is none.
    private static void Segments(
        SourceWriter writer, IReadOnlyList<IReadOnlyList<StagePlan>> segments, Action<IReadOnlyList<StagePlan>> write)
    {
        if (segments.All(stages => stages.Count == 0)) return;
        if (segments.Count == 1)
        {
            write(segments[0]);
            return;
        }

        using (writer.Block("switch (segment)"))
        {
            for (int segment = 0; segment < segments.Count; segment++)
            {
                if (segments[segment].Count > 0) CodeEmitter.Case(writer, segment, () => write(segments[segment]));
            }
        }
    }

    private static string PhasesOf(StagePlan stage) => $"{stage.Linear!.Kernels.Name}.{KernelMethod.GradientPhases}(blocks)";

    private static void WeightGradient(SourceWriter writer, StagePlan stage)
    {
        LinearPlan linear = stage.Linear!;
        if (linear.BlockGradient is { } gradient)
        {
            writer.Write(
                $"state.Layer({linear.Layer}).Gradients.SumBlocks({Place(gradient)}, "
                + $"{Place(gradient, linear.Kernels.BiasGradient)}, blocks, state.BlockStride, part, parts);");
            return;
        }

        bool hasPhases = linear.Kernels.WinogradGradient is not null;
        string scratch = hasPhases ? "ref state.Workspace, " : linear.GradientScratch is { } slot ? $"{Place(slot)}, " : "";
        writer.Write(
            $"{linear.Kernels.Name}.WeightGradient("
            + $"state.Layer({linear.Layer}), {Place(stage.Backward!.RowGradient)}, {Place(linear.TransposedInput!)}, "
            + $"{scratch}blocks, state.BlockStride, {(hasPhases ? "phase, " : "")}part, parts);");
    }
}
