using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints one stage's code: its forward pass by rows, and its backward pass beside it.</summary>
internal static class StageEmitter
{
    private const int Lanes = 32;

    public static void Emit(SourceWriter writer, NetworkPlan plan, StagePlan stage)
    {
        if (stage.Node.Pool is { } pool)
        {
            ImageShape map = stage.Node.LinearOutput;
            string counts = pool.CountPadding ? "true" : "false";
            writer.Write("private static readonly PoolWindow Window = new("
                + $"Channels: {map.Channels}, Height: {map.Height}, Width: {map.Width}, "
                + $"Size: {pool.Window.Height}, Stride: {pool.Window.StrideHeight}, Padding: {pool.Window.PaddingHeight}, CountPadding: {counts});");
            writer.Space();
        }

        Forward(writer, plan, stage);
        if (stage.Backward is { } backward)
        {
            writer.Space();
            Backward(writer, stage, backward);
        }

        if (stage.Linear is { } linear)
        {
            writer.Space();
            PassEmitter.Row(writer, linear.Forward);
            foreach (TilePass pass in linear.InputGradient?.Phases ?? [])
            {
                writer.Space();
                PassEmitter.Row(writer, pass);
            }

            writer.Space();
            if (linear.LaneGradient is not null) WeightGradientEmitter.Convolution(writer, linear);
            else WeightGradientEmitter.Dense(writer, linear);
        }

        if (!stage.HasActivation) return;
        writer.Space();
        ActivationEmitter.Row(writer, plan.Graph, stage);
    }

    private static void Forward(SourceWriter writer, NetworkPlan plan, StagePlan stage)
    {
        StageNode node = stage.Node;
        string step = node.ActivationQuantizer is null ? "" : ", float step";
        using (writer.Block($"public static void Forward(in BlockMemory memory, in NoisePass pass, int image{step})"))
        {
            writer.Write($"{Reference("input", stage.Input)} // {node.Input}");
            if (stage.Linear is { } linear)
            {
                writer.Write($$"""
                    ref float weights = ref Unsafe.Add(ref memory.Packed, {{linear.Forward.Weights}});
                    ref float biases = ref Unsafe.Add(ref memory.Parameters, {{linear.Biases}});
                    """);
            }

            if (node.Pool is not null) writer.Write($"{Reference("rows", stage.Rows)} // the latest {stage.RingRows} rows of {node.LinearOutput}");
            writer.Write($"{Reference("output", stage.Output)} // {node.Output}");
            if (stage.Dead is { } dead) writer.Write(Marks("dead", dead));
            if (stage.Winners is { } winners) writer.Write(Marks("winners", winners));
            Noise(writer, plan, "linear", node.LinearNoise, 0);
            Noise(writer, plan, "activation", node.ActivationNoise, 1);
            Noise(writer, plan, "pool", node.PoolNoise, 2);

            writer.Space();
            if (node.Pool is { } pool) PooledRows(writer, plan, stage, pool);
            else if (node.LinearOutput.Height == 1) OneRow(writer, plan, stage, "output", "0");
            else
            {
                using (writer.Block($"for (int row = 0; row < {node.LinearOutput.Height}; row++)"))
                {
                    writer.Write($"ref float current = ref Unsafe.Add(ref output, row * {stage.RowElements * Lanes});");
                    OneRow(writer, plan, stage, "current", "row");
                }
            }
        }
    }

    private static void PooledRows(SourceWriter writer, NetworkPlan plan, StagePlan stage, PoolNode pool)
    {
        StageNode node = stage.Node;
        writer.Write("int row = 0;");
        using (writer.Block($"for (int pooled = 0; pooled < {node.Output.Height}; pooled++)"))
        {
            string end = $"pooled * {pool.Window.StrideHeight} + {pool.Window.Height - pool.Window.PaddingHeight}";
            if (pool.Window.PaddingHeight > 0) end = $"Math.Min({node.LinearOutput.Height}, {end})";
            using (writer.Block($"for (; row < {end}; row++)"))
            {
                writer.Write($"ref float current = ref Unsafe.Add(ref rows, row % {stage.RingRows} * {stage.RowElements * Lanes});");
                OneRow(writer, plan, stage, "current", "row");
            }

            int outputRow = stage.OutputRowElements * Lanes;
            writer.Write($"ref float target = ref Unsafe.Add(ref output, pooled * {outputRow});");
            string winners = $"ref Unsafe.Add(ref winners, pooled * {stage.OutputRowElements * 2 * pool.Window.Height * pool.Window.Width})";
            writer.Write(pool.Max
                ? $"MaxPool.Row(ref rows, ref target, {winners}, Window, pooled);"
                : "AveragePool.Row(ref rows, ref target, Window, pooled);");
            if (node.PoolNoise >= 0)
            {
                string kind = plan.Graph.NoiseSites[node.PoolNoise].Kind;
                writer.Write($"NoiseRow.Apply<{kind}>(ref target, {stage.OutputRowElements}, pooled * {(stage.OutputRowElements + 3) / 4}, pool);");
            }
        }
    }

    // A row is a variable, or "0" where there is but one.
    private static void OneRow(SourceWriter writer, NetworkPlan plan, StagePlan stage, string current, string row)
    {
        StageNode node = stage.Node;
        writer.Write(stage.Linear is not null
            ? $"Row(ref input, ref weights, ref biases, ref {current}, {row});"
            : Copy(current, At("input", row, stage.RowElements * Lanes), stage.RowElements));
        if (stage.HasActivation)
        {
            string marks = At("dead", row, stage.RowElements * 2);
            writer.Write($"Activate(ref {current}, {marks}, {Times(row, stage.RowGroups)}{ActivationEmitter.Arguments(node)});");
        }
        else if (node.LinearNoise >= 0)
        {
            string kind = plan.Graph.NoiseSites[node.LinearNoise].Kind;
            writer.Write($"NoiseRow.Apply<{kind}>(ref {current}, {stage.RowElements}, {Times(row, stage.RowGroups)}, linear);");
        }
    }

    private static void Backward(SourceWriter writer, StagePlan stage, BackwardPlan backward)
    {
        StageNode node = stage.Node;
        string layer = stage.Linear is null ? "" : ", LinearLayer layer";
        using (writer.Block($"public static void Backward(in BlockMemory memory{layer})"))
        {
            if (stage.Linear is not null) writer.Write($"{Reference("input", stage.Input)} // {node.Input}");
            writer.Write($"{Reference("outputGradient", backward.OutputGradient)} // {node.Output}");
            writer.Write(node.Pool is null
                ? "ref float gradient = ref outputGradient;"
                : $"{Reference("gradient", backward.RowGradient)} // {backward.StripRows} rows of {node.LinearOutput}");
            if (stage.Dead is { } dead) writer.Write(Marks("dead", dead));
            if (stage.Winners is { } winners) writer.Write(Marks("winners", winners));
            if (IsConvolution(stage))
            {
                writer.Write(Reference("accumulators", stage.Linear!.Accumulators!));
                long bytes = (stage.Linear.BiasAccumulators + node.LinearOutput.Channels * 16) * 4;
                writer.Write($"Unsafe.InitBlock(ref Unsafe.As<float, byte>(ref accumulators), 0, {bytes});");
            }

            if (node.Pool is not null || stage.HasActivation || IsConvolution(stage))
            {
                writer.Space();
                GradientRows(writer, stage, backward.StripRows);
            }

            if (stage.Linear is { } linear)
            {
                writer.Space();
                Weights(writer, linear);
            }

            if (backward.InputGradient is { } target)
            {
                writer.Space();
                InputGradient(writer, stage, target);
            }
        }
    }

    private static bool IsConvolution(StagePlan stage) => stage.Linear?.LaneGradient is not null;

    // From the gradient of the output to that of the rows before activation and pool, strip by strip; a convolution's weight gradient takes each strip at
    // once.
    private static void GradientRows(SourceWriter writer, StagePlan stage, int stripRows)
    {
        int height = stage.Node.LinearOutput.Height, stride = stage.RowElements * Lanes;
        if (height == 1)
        {
            GradientRow(writer, stage, "gradient", "0");
            Strip(writer, stage, "0", "1");
            return;
        }

        if (stripRows >= height)
        {
            using (writer.Block($"for (int row = 0; row < {height}; row++)"))
            {
                writer.Write($"ref float current = {At("gradient", "row", stride)};");
                GradientRow(writer, stage, "current", "row");
            }

            Strip(writer, stage, "0", $"{height}");
            return;
        }

        using (writer.Block($"for (int start = 0; start < {height}; start += {stripRows})"))
        {
            writer.Write($"int end = Math.Min({height}, start + {stripRows});");
            using (writer.Block("for (int row = start; row < end; row++)"))
            {
                writer.Write($"ref float current = {At("gradient", "(row - start)", stride)};");
                GradientRow(writer, stage, "current", "row");
            }

            Strip(writer, stage, "start", "end");
        }
    }

    private static void GradientRow(SourceWriter writer, StagePlan stage, string current, string row)
    {
        StageNode node = stage.Node;
        string marks = At("dead", row, stage.RowElements * 2);
        string clear = $"LaneMask.Clear(ref {current}, {marks}, {stage.RowElements * 2});";
        switch (node.Pool)
        {
            case { Max: true }:
                writer.Write($"MaxPool.GradientRow(ref outputGradient, ref winners, ref {current}, Window, {row});");
                if (stage.HasActivation) writer.Write(clear);
                break;
            case { Max: false }:
                string mask = stage.HasActivation ? marks + ", " : "";
                writer.Write($"AveragePool.GradientRow(ref outputGradient, ref {current}, {mask}Window, {row});");
                break;
            case null when stage.HasActivation:
                writer.Write(clear);
                break;
        }

        if (!IsConvolution(stage)) return;
        string biases = $"ref Unsafe.Add(ref accumulators, {stage.Linear!.BiasAccumulators})";
        writer.Write($"layer.AddBiasRow(ref {current}, {biases}, {node.LinearOutput.Width});");
    }

    private static void Strip(SourceWriter writer, StagePlan stage, string start, string end)
    {
        if (IsConvolution(stage)) writer.Write($"WeightGradient(ref gradient, ref input, ref accumulators, {start}, {end});");
    }

    private static void Weights(SourceWriter writer, LinearPlan linear)
    {
        if (linear.LaneGradient is null)
        {
            writer.Write($"layer.TransposeInputs(ref input, ref Unsafe.Add(ref memory.Block, {linear.TransposedInput!.Offset}));");
            return;
        }

        writer.Write($$"""
            ref float blockGradient = ref Unsafe.Add(ref memory.Block, {{linear.BlockGradient!.Offset}});
            SumWeightGradient(layer, ref accumulators, ref blockGradient);
            layer.SumBiases(ref Unsafe.Add(ref accumulators, {{linear.BiasAccumulators}}), ref Unsafe.Add(ref blockGradient, {{linear.BiasGradient}}));
            """);
    }

    private static void InputGradient(SourceWriter writer, StagePlan stage, Slot target)
    {
        writer.Write($"{Reference("inputGradient", target)} // {stage.Node.Input}");
        if (stage.Linear is not { InputGradient: { } plan } linear)
        {
            writer.Write(Copy("inputGradient", "ref gradient", stage.Node.Input.Count));
            return;
        }

        int width = linear.OuterGradient is null ? stage.Node.Input.Width : 1;
        foreach (TilePass pass in plan.Phases)
        {
            int pixel = pass.Channels * Lanes;
            string weights = $"ref Unsafe.Add(ref memory.Packed, {pass.Weights}), ref memory.Packed";
            if (pass.Rows == 1)
            {
                long offset = (pass.TargetRow * width + pass.TargetColumn) * pixel;
                string only = offset == 0 ? "ref inputGradient" : $"ref Unsafe.Add(ref inputGradient, {offset})";
                writer.Write($"{pass.MethodName}(ref gradient, {weights}, {only}, 0);");
                continue;
            }

            string row = pass.TargetStep == 1 ? $"row" : $"(row * {pass.TargetStep} + {pass.TargetRow})";
            string column = pass.TargetColumn == 0 ? "" : $" + {pass.TargetColumn * pixel}";
            writer.Write($$"""
                for (int row = 0; row < {{pass.Rows}}; row++)
                    {{pass.MethodName}}(ref gradient, {{weights}}, ref Unsafe.Add(ref inputGradient, {{row}} * {{width * pixel}}{{column}}), row);
                """);
        }
    }

    private static string Copy(string target, string source, int elements)
    {
        string bytes = SourceWriter.Literal(elements * Lanes * sizeof(float));
        return $"Unsafe.CopyBlock(ref Unsafe.As<float, byte>(ref {target}), ref Unsafe.As<float, byte>({source}), {bytes});";
    }

    private static string At(string name, string row, int stride) => row == "0" ? $"ref {name}" : $"ref Unsafe.Add(ref {name}, {row} * {stride})";

    private static string Times(string row, int stride) => row == "0" ? "0" : $"{row} * {stride}";

    private static void Noise(SourceWriter writer, NetworkPlan plan, string name, int site, int place)
    {
        if (site < 0) return;
        int offset = plan.NoiseWork.Offset + place * Planner.NoiseWorkspace;
        writer.Write($"var {name} = new NoiseLanes(pass, {site}, image, ref Unsafe.Add(ref memory.Scratch, {offset}));");
    }

    public static string Reference(string name, Slot slot) => $"ref float {name} = ref Unsafe.Add(ref memory.{slot.Area}, {slot.Offset});";

    private static string Marks(string name, Slot slot) =>
        $"ref ushort {name} = ref Unsafe.As<float, ushort>(ref Unsafe.Add(ref memory.{slot.Area}, {slot.Offset}));";
}
