using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Model;
using static NoiseGen.Generator.Model.LaneLayout;

namespace NoiseGen.Generator.Planning;

/// <summary>Plans memory, tiles and schedule of a checked network.</summary>
internal sealed class Planner
{
    // Elementwise loops handle four elements at a time and may read three past the end.
    private const int Slack = 3 * Lanes;

    /// <summary>Constants of one noise site: the runtime's NoiseLanes.Workspace.</summary>
    public const int NoiseWorkspace = 400;

    /// <summary>The most noise sites that a stage can have.</summary>
    public const int MostSites = 5;

    private readonly NetworkGraph _graph;
    private readonly Thresholds _thresholds;
    private readonly Schedule _schedule;
    private readonly MemoryPlan _memory = new();
    private readonly Slot _input;
    private readonly Slot _noise;
    private readonly Slot[] _outputs;
    private readonly Slot?[] _gradients;
    private readonly GradientFlow _flow;
    private readonly Recomputation _recomputation;

    private Planner(NetworkGraph graph, Thresholds thresholds)
    {
        (_graph, _thresholds, _schedule, _flow) = (graph, thresholds, new Schedule(graph.Stages), new GradientFlow(graph));
        _recomputation = new Recomputation(graph, _schedule, _flow, thresholds);
        _input = Buffer("Input", (long)graph.Input.Count * Lanes + Slack, _schedule.Start);
        _noise = _memory.Buffer("Noise", (MostSites + 1) * WorkspaceOf(graph)); // and a dropout
        _outputs =
        [
            .. graph.Stages.Select((stage, i) => Buffer(Name(i, "Output"), (long)stage.Output.Count * Lanes + Slack, _schedule.Finish(i))),
        ];
        _gradients = [
            .. graph.Stages.Select(
                (stage, i) => _flow.Reaches(i)
                    ? Buffer(Name(i, "OutputGradient"), (long)stage.Output.Count * Lanes, _schedule.FinishGradient(i))
                    : null)];
    }

    // Combined noise draws two samples per value and needs twice as much.
    private static int WorkspaceOf(NetworkGraph graph) =>
        graph.NoiseSites.Any(site => site.Kind.Struct.Form == NoiseForm.Combined) ? 2 * NoiseWorkspace : NoiseWorkspace;

    public static NetworkPlan Plan(NetworkGraph graph) => Plan(graph, Thresholds.Default);

    public static NetworkPlan Plan(NetworkGraph graph, Thresholds thresholds) => new Planner(graph, thresholds).Plan();

    private NetworkPlan Plan()
    {
        int last = _graph.Stages.Count - 1;
        StagePlan[] stages = new StagePlan[_graph.Stages.Count];
        int layers = 0, norms = 0;
        for (int i = 0; i <= last; i++)
        {
            LinearPlan? linear = _graph.Stages[i].Linear is null ? null : PlanLinear(i, layers++);
            NormPlan? norm = _graph.Stages[i].Norm is null ? null : PlanNorm(i, norms++);
            stages[i] = PlanStage(i, linear, norm);
        }

        PlanNoise();

        Slot logitGradients = _gradients[last] ?? _memory.Buffer("LogitGradients", (long)_graph.Stages[last].Output.Count * Lanes);
        logitGradients.Use(_schedule.Loss);
        _outputs[last].Use(_schedule.Loss);
        _outputs[last].Use(_schedule.End);
        _memory.Assign();
        return new NetworkPlan(_graph, _schedule, stages, _memory, _input, _noise, WorkspaceOf(_graph), logitGradients);
    }

    // Each thread has its noise workspace at all times.
    private void PlanNoise()
    {
        if (_graph.NoiseSites.Count == 0 && _graph.Stages.All(stage => stage.DropoutRate == 0f)) return;
        _noise.Use(_schedule.Start);
        _noise.Use(_schedule.Finish(_graph.Stages.Count - 1) with { Segment = 0 });
        if (_graph.NoiseSites.Any(site => site.Kind.Struct.Scales)) _noise.Use(_schedule.LinearGradient(0) with { Segment = 0 });
    }

    // These names are unique: no stage's name ends with an underscore and one of the words in this class.
    private string Name(int stage, string what) => $"{_graph.Stages[stage].CodeName}_{what}";

    private Slot Buffer(string name, long floats, Moment moment)
    {
        Slot slot = _memory.Buffer(name, floats);
        slot.Use(moment);
        return slot;
    }

    private Slot Source(int stage) => stage < 0 ? _input : _outputs[stage];

    private StagePlan PlanStage(int i, LinearPlan? linear, NormPlan? norm)
    {
        StageNode node = _graph.Stages[i];
        ImageShape map = node.MergeOutput;
        Moment finish = _schedule.Finish(i), finishGradient = _schedule.FinishGradient(i);
        Slot input = Source(node.Source);
        // Without a norm, rows of the output are written while later rows of the input are still to be read.
        input.Use(norm is null ? finish : _schedule.Linear(i));
        if (_recomputation.HasInput(i))
        {
            input.UseAgain(_schedule.Recomputation(i));
            input.UseAgain(_schedule.LinearGradient(i));
        }
        else if (linear is not null && _flow.Reaches(i))
        {
            input.Use(_schedule.LinearGradient(i));
        }

        Slot? other = node.Merge is null ? null : Source(node.Merge.Other);
        other?.Use(finish);
        RowKernel? before = RowKernel.BeforeConcatenation(_graph, node), row = RowKernel.Of(_graph, node);
        Slot? values = PlanValues(i, linear, norm);
        Slot? Kept(string what, bool isNeeded, long floats)
        {
            if (!isNeeded) return null;
            Slot slot = Buffer(Name(i, what), floats, finish);
            if (_flow.Reaches(i)) slot.Use(finishGradient);
            return slot;
        }

        return new StagePlan(
            i,
            node,
            linear,
            norm,
            input,
            values,
            other,
            before,
            node.Merge is { IsSum: false } && (before is not null || (norm is null && linear is not null))
                ? Buffer(Name(i, "Row"), (long)RowFloats(node.LinearOutput) + Slack, finish)
                : null,
            row,
            node.Pool is null ? _outputs[i] : Buffer(Name(i, "Rows"), (long)node.Pool.Window.Height * RowFloats(map) + Slack, finish),
            node.Pool?.Window.Height ?? map.Height,
            _outputs[i],
            Kept("Masks", row is { HasMasks: true }, map.Count + Slack / Lanes),
            Kept("Slopes", row is { HasSlopes: true }, (long)map.Count * Lanes + Slack),
            Kept("Errors", row is { HasErrors: true }, (long)map.Count * Lanes + Slack) is { } errors
                ? new LearnedScalePlan(_memory.Parameter(1), _memory.Statistic(1), errors)
                : null,
            Kept("Winners", node.Pool is { Max: true },
                node.Pool is null ? 0 : Sizes.Product(node.Output.Count, node.Pool.Window.Height, node.Pool.Window.Width)),
            Kept("Dropped", node.DropoutRate > 0, node.Output.Count + Slack / Lanes),
            _flow.Reaches(i) ? PlanBackward(i, linear, norm) : null);
    }

    // The norm's input: the linear operation's output, or the stage's input.
    private Slot? PlanValues(int i, LinearPlan? linear, NormPlan? norm)
    {
        if (norm is null) return null;
        StageNode node = _graph.Stages[i];
        Slot values = linear is null
            ? Source(node.Source)
            : Buffer(Name(i, "NormInput"), (long)node.LinearOutput.Count * Lanes + Slack, _schedule.Linear(i));
        values.Use(_schedule.Linear(i));
        values.Use(_schedule.Finish(i));
        values.Use(_schedule.FinishGradient(i));
        values.Use(_schedule.LinearGradient(i));
        return values;
    }

    private BackwardPlan PlanBackward(int i, LinearPlan? linear, NormPlan? norm)
    {
        StageNode node = _graph.Stages[i];
        Moment finish = _schedule.FinishGradient(i), end = _schedule.LinearGradient(i);
        Slot outputGradient = _gradients[i]!;
        outputGradient.Use(finish);
        Slot? Target(int stage, Moment moment)
        {
            Slot? slot = stage >= 0 ? _gradients[stage] : null;
            slot?.Use(moment);
            return slot;
        }

        Slot? secondGradient = node.Merge is null ? null : Target(node.Merge.Other, finish);
        Slot? inputGradient = Target(node.Source, end);
        bool isConcatenation = node.Merge is { IsSum: false };
        int strip = node.LinearOutput.Height;
        Slot rowGradient = outputGradient;
        if (node.Pool is not null || isConcatenation)
        {
            bool fitsStrip = inputGradient is null && secondGradient is null && norm is null && linear?.Accumulators is not null;
            if (fitsStrip) strip = Math.Max(1, Math.Min(strip, _thresholds.SharedStrip / RowFloats(node.LinearOutput)));
            rowGradient = Buffer(Name(i, "Gradient"), (long)strip * RowFloats(node.LinearOutput), finish);
        }

        // The gradient after a norm passes through the cache strip by strip, on its way to the weight gradient.
        int pass = norm is null ? strip : Math.Max(1, Math.Min(strip, _thresholds.SharedStrip / RowFloats(node.LinearOutput)));
        rowGradient.Use(end);
        if (linear?.TransposedInput is not null) rowGradient.Use(_schedule.WeightGradient(i));
        Slot? mergedRow = isConcatenation && node.Pool is not null
            ? Buffer(Name(i, "MergedGradient"), (long)RowFloats(node.MergeOutput), finish)
            : null;
        return new BackwardPlan(
            outputGradient, rowGradient, strip, pass, mergedRow, _recomputation.HasInput(i), inputGradient, _flow.InputIsLater(i),
            secondGradient, _flow.SecondIsLater(i));
    }

    private static int RowFloats(ImageShape map) => map.Width * map.Channels * Lanes;

    private NormPlan PlanNorm(int i, int number)
    {
        int channels = _graph.Stages[i].LinearOutput.Channels;
        Slot sums = Buffer(Name(i, "Sums"), 3L * channels * Lanes, _schedule.Linear(i)),
            gradientSums = _memory.Buffer(Name(i, "GradientSums"), 2L * channels * Lanes);
        if (_flow.Reaches(i)) gradientSums.Use(_schedule.FinishGradient(i));
        return new NormPlan(
            number, _memory.Parameter(channels), _memory.Parameter(channels), _memory.Statistic(channels), _memory.Statistic(channels),
            sums, gradientSums);
    }

    private LinearPlan PlanLinear(int i, int layer)
    {
        StageNode node = _graph.Stages[i];
        bool hasInputGradient = _flow.Reaches(i) && node.Source >= 0 && _flow.Reaches(node.Source);
        LinearKernels kernels = new LinearPlanner(_thresholds).Plan(node, hasInputGradient, _graph.AllowsWinograd);
        int weights = _memory.Parameter((long)kernels.Shape.Outputs * kernels.Shape.Inputs);
        int biases = kernels.HasBiases ? _memory.Parameter(kernels.Shape.Outputs) : 0;
        int packedForward = _memory.Forward.Add(_schedule.Linear(i).Segment, kernels.PackedForward);
        Moment gradient = _schedule.LinearGradient(i), sum = _schedule.WeightGradient(i);
        int packedBackward = hasInputGradient ? _memory.Backward.Add(gradient.Segment, kernels.PackedBackward) : 0;
        Slot? Kept(string what, bool isNeeded, long floats)
        {
            if (!isNeeded || !_flow.Reaches(i)) return null;
            Slot slot = Buffer(Name(i, what), floats, gradient);
            slot.Use(sum);
            return slot;
        }

        bool isOuter = kernels.OuterGradient is not null;
        Slot? accumulators = isOuter || !_flow.Reaches(i) ? null : Buffer(Name(i, "Accumulators"), kernels.Accumulators, gradient);
        accumulators?.Use(_schedule.FinishGradient(i) with { Segment = gradient.Segment });
        Slot? scratch = kernels.GradientScratch > 0 && _flow.Reaches(i)
            ? Buffer(Name(i, "WeightGradientTile"), kernels.GradientScratch, sum with { IsShared = false })
            : null;
        if (_flow.Reaches(i)) _memory.Share(kernels.GradientWorkspace);
        Slot? winograd = kernels.Winograd is { } forward
            ? Buffer(Name(i, "Winograd"), forward.Scratch, node.Norm is null ? _schedule.Finish(i) : _schedule.Linear(i))
            : null;
        Slot? winogradGradient = kernels.InputGradient?.Winograd is { } rotated
            ? Buffer(Name(i, "WinogradGradient"), rotated.Scratch, gradient)
            : null;
        return new LinearPlan(
            layer, node.CodeName, kernels, weights, biases, packedForward, packedBackward, accumulators,
            Kept("WeightGradient", !isOuter, kernels.BlockGradient),
            Kept("TransposedInput", isOuter, kernels.TransposedInput), scratch, winograd, winogradGradient);
    }
}
