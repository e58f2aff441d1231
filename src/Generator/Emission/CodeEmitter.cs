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
        Passes(writer, plan);
        writer.Space();
        SumGradients(writer, plan);
    }

    private static void Memory(SourceWriter writer, NetworkPlan plan)
    {
        StagePlan last = plan.Stages[plan.Stages.Count - 1];
        string gradients = $"ref Unsafe.Add(ref memory.{plan.LogitGradients.Area}, {plan.LogitGradients.Offset})";
        writer.Write($$"""
            public override Span<float> Input(in BlockMemory memory) =>
                MemoryMarshal.CreateSpan(ref Unsafe.Add(ref memory.{{plan.Input.Area}}, {{plan.Input.Offset}}), {{plan.Graph.Input.Count * 32}});

            public override ref float Logits(in BlockMemory memory) => ref Unsafe.Add(ref memory.{{last.Output.Area}}, {{last.Output.Offset}});

            public override ref float LogitGradients(in BlockMemory memory) => {{gradients}};
            """);
    }

    private static void Pack(SourceWriter writer, NetworkPlan plan)
    {
        using (writer.Block("public override void PackForward(NetworkState state, int part, int parts)"))
        {
            foreach (LinearPlan linear in Layers(plan))
            {
                writer.Write(
                    $"state.Layer({linear.Layer}).PackForward("
                    + $"ref state.Packed({linear.Forward.Weights}), {linear.Forward.TileChannels}, part, parts);");
            }
        }

        writer.Space();
        using (writer.Block("public override void PackBackward(NetworkState state, int part, int parts)"))
        {
            foreach (LinearPlan linear in Layers(plan))
            {
                if (linear.InputGradient is not { } gradient) continue;
                writer.Write(
                    $"state.Layer({linear.Layer}).PackBackward("
                    + $"ref state.Packed({gradient.Weights}), {gradient.TileChannels}, {gradient.Stride}, part, parts);");
            }
        }
    }

    private static IEnumerable<LinearPlan> Layers(NetworkPlan plan) => plan.Stages.Where(stage => stage.Linear is not null).Select(stage => stage.Linear!);

    private static void Passes(SourceWriter writer, NetworkPlan plan)
    {
        using (writer.Block($"public override void Forward(NetworkState state, in BlockMemory memory, in NoisePass pass, int image)"))
        {
            if (plan.Graph.InputNoise >= 0) InputNoise(writer, plan);
            for (int i = 0; i < plan.Stages.Count; i++)
            {
                StageNode node = plan.Stages[i].Node;
                string step = node.ActivationQuantizer is null ? "" : $", state.QuantizerStep({i})";
                writer.Write($"{NetworkEmitter.KernelsOf(node)}.Forward(memory, pass, image{step});");
            }
        }

        writer.Space();
        using (writer.Block($"public override void Backward(NetworkState state, in BlockMemory memory)"))
        {
            foreach (StagePlan stage in plan.Stages.Where(stage => stage.Backward is not null).Reverse())
            {
                string layer = stage.Linear is { } linear ? $", state.Layer({linear.Layer})" : "";
                writer.Write($"{NetworkEmitter.KernelsOf(stage.Node)}.Backward(memory{layer});");
            }
        }
    }

    private static void InputNoise(SourceWriter writer, NetworkPlan plan)
    {
        ImageShape input = plan.Graph.Input;
        int elements = input.Width * input.Channels;
        string kind = plan.Graph.NoiseSites[plan.Graph.InputNoise].Kind;
        string row = $"ref Unsafe.Add(ref memory.{plan.Input.Area}, {plan.Input.Offset} + row * {elements * 32})";
        writer.Write($$"""
            var noise = new NoiseLanes(pass, {{plan.Graph.InputNoise}}, image, ref Unsafe.Add(ref memory.Scratch, {{plan.NoiseWork.Offset}}));
            for (int row = 0; row < {{input.Height}}; row++)
                NoiseRow.Apply<{{kind}}>({{row}}, {{elements}}, row * {{(elements + 3) / 4}}, noise);
            """);
    }

    private static void SumGradients(SourceWriter writer, NetworkPlan plan)
    {
        using (writer.Block($"public override void SumGradients(NetworkState state, in BlockMemory memory, int blocks, int part, int parts)"))
        {
            foreach (StagePlan stage in plan.Stages)
            {
                if (stage.Linear is not { } linear) continue;
                if (linear.BlockGradient is { } gradient)
                {
                    writer.Write(
                        $"state.Layer({linear.Layer}).SumBlocks(ref Unsafe.Add(ref memory.Block, {gradient.Offset}), "
                        + $"ref Unsafe.Add(ref memory.Block, {gradient.Offset + linear.BiasGradient}), blocks, state.BlockStride, part, parts);");
                    continue;
                }

                string gradients = $"ref Unsafe.Add(ref memory.Block, {stage.Backward!.RowGradient.Offset})";
                string inputs = $"ref Unsafe.Add(ref memory.Block, {linear.TransposedInput!.Offset})";
                writer.Write(
                    $"{NetworkEmitter.KernelsOf(stage.Node)}.WeightGradient(state.Layer({linear.Layer}), {gradients}, {inputs}, "
                    + "ref memory.Scratch, blocks, state.BlockStride, part, parts);");
                writer.Write($"state.Layer({linear.Layer}).SumDenseBiases({gradients}, blocks, state.BlockStride, part, parts);");
            }
        }
    }
}
