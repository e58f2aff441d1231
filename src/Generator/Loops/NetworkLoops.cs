using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Loops;

/// <summary>A call of a stage's method.</summary>
/// <param name="EndsStage">Whether the stage's output is complete after it.</param>
/// <param name="IsAgain">Whether it computes an output once more that was not kept.</param>
internal sealed record StageCall(StagePlan Stage, Method Method, bool EndsStage = false, bool IsAgain = false);

/// <summary>What follows a backward segment: the gradients of its stages' weights, summed over all blocks.</summary>
/// <param name="AtOnce">Stages whose sums each thread takes a share of at once.</param>
/// <param name="InPhases">Stages whose sums take several phases, with barriers between;
/// one stage after the other, since they share a workspace.</param>
internal sealed record GradientSums(IReadOnlyList<StagePlan> AtOnce, IReadOnlyList<StagePlan> InPhases);

/// <summary>A network's passes: what each segment calls, in order.</summary>
/// <param name="Stages">The methods of each stage.</param>
/// <param name="Forward">The calls of each forward segment.</param>
/// <param name="Backward">The calls of each backward segment; the first one follows the loss.</param>
/// <param name="Sums">What follows each backward segment.</param>
internal sealed record NetworkLoops(
    IReadOnlyList<StageLoops> Stages, IReadOnlyList<IReadOnlyList<StageCall>> Forward, IReadOnlyList<IReadOnlyList<StageCall>> Backward,
    IReadOnlyList<GradientSums> Sums)
{
    public static NetworkLoops Of(NetworkPlan plan)
    {
        StageLoops[] stages = [.. plan.Stages.Select(stage => StageLoops.Of(plan, stage))];
        (int loss, int last) = (plan.Schedule.LossSegment, plan.Schedule.LastSegment);
        return new(
            stages,
            [.. Enumerable.Range(0, loss + 1).Select(segment => ForwardCalls(plan, stages, segment).ToArray())],
            [.. Enumerable.Range(loss, last - loss + 1).Select(segment => BackwardCalls(plan, stages, segment).ToArray())],
            [.. Enumerable.Range(loss, last - loss + 1).Select(segment => SumsAfter(plan, segment))]);
    }

    private static IEnumerable<StageCall> ForwardCalls(NetworkPlan plan, StageLoops[] loops, int segment)
    {
        foreach (StagePlan stage in plan.Stages)
        {
            if (loops[stage.Index].ToNorm is { } toNorm && plan.Schedule.Linear(stage.Index).Segment == segment)
                yield return new(stage, toNorm);
            if (plan.Schedule.Finish(stage.Index).Segment == segment) yield return new(stage, loops[stage.Index].Forward, EndsStage: true);
        }
    }

    private static IEnumerable<StageCall> BackwardCalls(NetworkPlan plan, StageLoops[] loops, int segment)
    {
        foreach (StagePlan stage in plan.Stages.Reverse())
        {
            if (loops[stage.Index].Backward is not { } backward) continue;
            if (loops[stage.Index].ToNormGradient is { } toNorm && plan.Schedule.FinishGradient(stage.Index).Segment == segment)
                yield return new(stage, toNorm);
            if (plan.Schedule.LinearGradient(stage.Index).Segment != segment) continue;
            if (stage.Backward!.RecomputesInput)
                yield return new(plan.Stages[stage.Node.Source], loops[stage.Node.Source].Forward, IsAgain: true);
            yield return new(stage, backward);
        }
    }

    private static GradientSums SumsAfter(NetworkPlan plan, int segment)
    {
        ILookup<bool, StagePlan> sums = plan.Stages.Where(
            stage => stage is { Backward: not null, Linear: not null } && plan.Schedule.WeightGradient(stage.Index).Segment == segment + 1)
            .ToLookup(stage => stage.Linear!.Kernels.WinogradGradient is not null);
        return new([.. sums[false]], [.. sums[true]]);
    }
}
