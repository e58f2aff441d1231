using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Planning;

/// <summary>
/// Which outputs are discarded after the forward pass has used them, and computed a second time when the next convolution's weight gradient
/// reads them: large ones that need only one elementwise pass, over data that a norm's gradient reads at that time anyway.
/// </summary>
internal sealed class Recomputation(NetworkGraph graph, Schedule schedule, GradientFlow flow, Thresholds thresholds)
{
    /// <summary>Whether a stage's input is computed a second time.</summary>
    public bool HasInput(int stage)
    {
        StageNode node = graph.Stages[stage];
        return node.Linear is not null && flow.Reaches(stage) && node.Source >= 0 && IsOneStep(graph.Stages[node.Source])
            && graph.Stages[node.Source].Output.Count * (long)LaneLayout.Lanes >= thresholds.LeastRecomputed
            && schedule.Finish(node.Source).Segment != schedule.LinearGradient(stage).Segment
            && !Enumerable.Range(0, graph.Stages.Count)
                .Any(other => other != stage && graph.Stages[other].Source == node.Source && ReadsInputBackward(other));
    }

    private bool ReadsInputBackward(int stage) =>
        flow.Reaches(stage) && (graph.Stages[stage].Linear is not null || graph.Stages[stage].Norm is not null);

    // Norm, activation and quantizer only: no random numbers, no second input, and nothing that learns from its input.
    private static bool IsOneStep(StageNode stage) => stage is
        { Norm: not null, Merge: null, Pool: null, DropoutRate: 0f, NormNoise: < 0, SumNoise: < 0, ActivationNoise: < 0,
            ActivationQuantizer: null or { Learned: false } };
}
