using NoiseGen.Generator.Graph;

namespace NoiseGen.Generator.Planning;

/// <summary>Decides memory, tiles and schedule of a checked network. Pure functions.</summary>
internal static class Planner
{
    private const int Lanes = 32;

    // 32 vector registers: 28 accumulators leave room for two inputs and a weight.
    public const int MostAccumulators = 28;

    // A strip of rows that two passes share stays in the first-level cache.
    private const int StripFloats = 32 * 1024 / sizeof(float);

    // Elementwise loops handle four elements at a time and may touch three past the end.
    private const int Slack = 3 * Lanes;

    // Constants of three noise sites; the runtime's NoiseLanes.Workspace each.
    public const int NoiseWorkspace = 256;

    public static NetworkPlan Plan(NetworkGraph graph)
    {
        var memory = new MemoryPlan();
        Slot noise = memory.Buffer(Area.Scratch, 3 * NoiseWorkspace);
        Slot input = memory.Buffer(Area.Scratch, (long)graph.Input.Count * Lanes + Slack);
        var stages = new List<StagePlan>();
        Slot source = input;
        Slot? sourceGradient = null;
        foreach (StageNode node in graph.Stages)
        {
            // Logits and their gradient outlive the block's turn.
            Area area = stages.Count == graph.Stages.Count - 1 ? Area.Block : Area.Scratch;
            int layer = stages.Count(stage => stage.Linear is not null);
            StagePlan stage = PlanStage(node, memory, layer, area, source, sourceGradient);
            stages.Add(stage);
            (source, sourceGradient) = (stage.Output, stage.Backward?.OutputGradient);
        }

        Slot logitGradients = sourceGradient ?? memory.Buffer(Area.Block, (long)graph.Stages[graph.Stages.Count - 1].Output.Count * Lanes);
        return new NetworkPlan(graph, stages, memory, input, noise, logitGradients);
    }

    private static StagePlan PlanStage(StageNode node, MemoryPlan memory, int layer, Area area, Slot input, Slot? inputGradient)
    {
        ImageShape map = node.LinearOutput;
        Slot output = memory.Buffer(area, (long)node.Output.Count * Lanes + Slack);
        Slot rows = node.Pool is null ? output : memory.Buffer(Area.Scratch, (long)node.Pool.Window.Height * RowFloats(map) + Slack);
        return new StagePlan(
            node,
            node.Linear is null ? null : PlanLinear(node, memory, layer, inputGradient),
            input,
            rows,
            node.Pool?.Window.Height ?? map.Height,
            output,
            node.Activation is not null ? memory.Buffer(Area.Scratch, map.Count + Slack / Lanes) : null,
            node.Pool is { Max: true } pool ? memory.Buffer(Area.Scratch, Sizes.Product(node.Output.Count, pool.Window.Height, pool.Window.Width)) : null,
            node.Linear is null && inputGradient is null ? null : PlanBackward(node, memory, area, inputGradient));
    }

    private static BackwardPlan PlanBackward(StageNode node, MemoryPlan memory, Area area, Slot? inputGradient)
    {
        // The weight gradients of dense layers wait for all blocks.
        ImageShape map = node.LinearOutput;
        bool isDense = node.Linear is LinearNode.Dense;
        Slot outputGradient = memory.Buffer(isDense ? Area.Block : area, (long)node.Output.Count * Lanes);

        // Without a pool the activation's gradient is taken in place. With one, only the input gradient needs more than a strip at a time.
        if (node.Pool is null) return new BackwardPlan(outputGradient, outputGradient, map.Height, inputGradient);
        int strip = inputGradient is not null ? map.Height : Math.Max(1, Math.Min(map.Height, StripFloats / RowFloats(map)));
        Slot rowGradient = memory.Buffer(isDense ? Area.Block : Area.Scratch, (long)strip * RowFloats(map));
        return new BackwardPlan(outputGradient, rowGradient, strip, inputGradient);
    }

    private static int RowFloats(ImageShape map) => map.Width * map.Channels * Lanes;

    private static LinearPlan PlanLinear(StageNode node, MemoryPlan memory, int layer, Slot? inputGradient)
    {
        ConvolutionShape shape = ConvolutionShape.Of(node);
        int weights = memory.Parameter(shape.Outputs * shape.Inputs);
        int biases = memory.Parameter(shape.Outputs);
        TilePass forward = PlanForward(shape, memory.Packed(shape.Outputs * shape.Inputs));
        InputGradientPlan? gradient = inputGradient is null ? null : InputGradientPlanner.Plan(shape, memory.Packed(shape.Outputs * shape.Inputs));
        if (node.Linear is LinearNode.Dense)
        {
            var outer = new OuterGradientPlan(shape.Outputs, shape.Inputs, Division.Width(shape.Outputs, 8), TileVectors: 3); // 24 accumulators
            Slot transposed = memory.Buffer(Area.Block, (long)Lanes * outer.PaddedInputs);
            return new LinearPlan(layer, weights, biases, shape.Inputs, forward, gradient, null, outer, null, null, 0, transposed);
        }

        LaneGradientPlan lane = PlanLaneGradient(shape);
        int biasGradient = (int)MemoryPlan.Rounded(shape.Outputs * shape.Inputs);
        Slot accumulators = memory.Buffer(Area.Scratch, lane.Accumulators + 16L * shape.Outputs);
        Slot blockGradient = memory.Buffer(Area.Block, biasGradient + shape.Outputs);
        return new LinearPlan(layer, weights, biases, shape.Inputs, forward, gradient, lane, null, accumulators, blockGradient, biasGradient, null);
    }

    private static TilePass PlanForward(ConvolutionShape shape, int weights)
    {
        int channels = Division.Width(shape.Outputs, MostAccumulators / 2);
        return new TilePass(
            "Row", true, shape.Source, shape.Kernel, shape.Kernel, shape.Stride, shape.Padding, shape.Padding, shape.Outputs, shape.Target.Height,
            shape.Target.Width, 1, 0, 0, weights, channels, PixelsOf(channels, shape.Target.Width));
    }

    /// <summary>Neighbouring pixels that a tile takes: as many as fit beside its channels, so that a weight is loaded once for all of them.</summary>
    public static int PixelsOf(int channels, int columns) => Math.Max(1, Math.Min(Math.Min(MostAccumulators / (2 * channels), 4), columns));

    private static LaneGradientPlan PlanLaneGradient(ConvolutionShape shape)
    {
        int groups = shape.Padding == 0 ? 1 : shape.Kernel;
        int groupInputs = shape.Kernel / groups * shape.Source.Channels;
        int outputs = Division.Width(shape.Outputs, 8);
        int inputs = Division.Width(groupInputs, 24 / outputs); // 24 accumulators leave room for the inputs
        return new LaneGradientPlan(shape.Outputs, shape.Kernel, groups, groupInputs, outputs, inputs);
    }
}
