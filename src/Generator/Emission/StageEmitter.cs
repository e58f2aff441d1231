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
            writer.Write($"private static readonly PoolWindow Window = new({map.Channels}, {map.Height}, {map.Width}, {pool.Size}, {pool.Stride}, {pool.Padding}, {counts});");
            writer.Space();
        }

        Forward(writer, plan, stage);
        writer.Space();
        Backward(writer, stage);
        if (stage.Linear is { } linear)
        {
            writer.Space();
            PassEmitter.Row(writer, linear.Forward);
            foreach (TilePass pass in linear.InputGradient)
            {
                writer.Space();
                PassEmitter.Row(writer, pass);
            }

            writer.Space();
            if (linear.LaneGradient is not null) WeightGradientEmitter.Convolution(writer, stage, linear);
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

            if (node.Pool is { } pool) PooledRows(writer, plan, stage, pool);
            else
            {
                using (writer.Block($"for (int row = 0; row < {node.LinearOutput.Height}; row++)"))
                {
                    writer.Write($"ref float current = ref Unsafe.Add(ref output, row * {stage.RowElements * Lanes});");
                    OneRow(writer, plan, stage);
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
            string end = $"pooled * {pool.Stride} + {pool.Size - pool.Padding}";
            if (pool.Padding > 0) end = $"Math.Min({node.LinearOutput.Height}, {end})";
            using (writer.Block($"for (; row < {end}; row++)"))
            {
                writer.Write($"ref float current = ref Unsafe.Add(ref rows, row % {stage.RingRows} * {stage.RowElements * Lanes});");
                OneRow(writer, plan, stage);
            }

            int outputRow = stage.OutputRowElements * Lanes;
            writer.Write($"ref float target = ref Unsafe.Add(ref output, pooled * {outputRow});");
            writer.Write(pool.Max
                ? $"MaxPool.Row(ref rows, ref target, ref Unsafe.Add(ref winners, pooled * {stage.OutputRowElements * 2 * pool.Size * pool.Size}), Window, pooled);"
                : "AveragePool.Row(ref rows, ref target, Window, pooled);");
            if (node.PoolNoise >= 0)
            {
                string kind = plan.Graph.NoiseSites[node.PoolNoise].Kind;
                writer.Write($"NoiseRow.Apply<{kind}>(ref target, {stage.OutputRowElements}, pooled * {(stage.OutputRowElements + 3) / 4}, pool);");
            }
        }
    }

    private static void OneRow(SourceWriter writer, NetworkPlan plan, StagePlan stage)
    {
        StageNode node = stage.Node;
        writer.Write(stage.Linear is not null
            ? "Row(ref input, ref weights, ref biases, ref current, row);"
            : $"Unsafe.CopyBlock(ref Unsafe.As<float, byte>(ref current), ref Unsafe.As<float, byte>(ref Unsafe.Add(ref input, row * {stage.RowElements * Lanes})), {stage.RowElements * Lanes * 4});");
        if (stage.HasActivation)
        {
            writer.Write($"Activate(ref current, ref Unsafe.Add(ref dead, row * {stage.RowElements * 2}), row * {stage.RowGroups}{ActivationEmitter.Arguments(node, declare: false)});");
        }
        else if (node.LinearNoise >= 0)
        {
            string kind = plan.Graph.NoiseSites[node.LinearNoise].Kind;
            writer.Write($"NoiseRow.Apply<{kind}>(ref current, {stage.RowElements}, row * {stage.RowGroups}, linear);");
        }
    }

    private static void Backward(SourceWriter writer, StagePlan stage)
    {
        StageNode node = stage.Node;
        string layer = stage.Linear is null ? "" : ", LinearLayer layer";
        using (writer.Block($"public static void Backward(in BlockMemory memory{layer})"))
        {
            bool isConvolution = stage.Linear?.LaneGradient is not null;
            if (stage.Linear is not null) writer.Write($"{Reference("input", stage.Input)} // {node.Input}");
            writer.Write($"{Reference("outputGradient", stage.OutputGradient)} // {node.Output}");
            if (node.Pool is not null) writer.Write($"{Reference("gradient", stage.RowGradient)} // {stage.StripRows} rows of {node.LinearOutput}");
            else writer.Write("ref float gradient = ref outputGradient;");
            if (stage.Dead is { } dead) writer.Write(Marks("dead", dead));
            if (stage.Winners is { } winners) writer.Write(Marks("winners", winners));
            if (isConvolution)
            {
                writer.Write(Reference("accumulators", stage.Linear!.Accumulators!));
                writer.Write($"Unsafe.InitBlock(ref Unsafe.As<float, byte>(ref accumulators), 0, {(stage.Linear.BiasAccumulators + node.LinearOutput.Channels * 16) * 4});");
            }

            Rows(writer, stage, isConvolution);
            if (stage.Linear is { } linear) Weights(writer, stage, linear);
            InputGradient(writer, stage);
        }
    }

    // From the gradient of the output to that of the rows before activation and pool, strip by strip; a convolution's weight gradient takes each strip at once.
    private static void Rows(SourceWriter writer, StagePlan stage, bool isConvolution)
    {
        StageNode node = stage.Node;
        int height = node.LinearOutput.Height;
        bool isOneStrip = stage.StripRows >= height;
        string strip = isOneStrip ? $"const int start = 0, end = {height};" : $"int end = Math.Min({height}, start + {stage.StripRows});";
        if (node.Pool is null && !stage.HasActivation && !isConvolution) return;
        using (writer.Block(isOneStrip ? "// all rows" : $"for (int start = 0; start < {height}; start += {stage.StripRows})"))
        {
            writer.Write(strip);
            using (writer.Block("for (int row = start; row < end; row++)"))
            {
                string place = isOneStrip ? "row" : "(row - start)";
                writer.Write($"ref float current = ref Unsafe.Add(ref gradient, {place} * {stage.RowElements * Lanes});");
                string marks = $"ref Unsafe.Add(ref dead, row * {stage.RowElements * 2})";
                switch (node.Pool)
                {
                    case { Max: true }:
                        writer.Write("MaxPool.GradientRow(ref outputGradient, ref winners, ref current, Window, row);");
                        if (stage.HasActivation) writer.Write($"LaneMask.Clear(ref current, {marks}, {stage.RowElements * 2});");
                        break;
                    case { Max: false }:
                        writer.Write($"AveragePool.GradientRow(ref outputGradient, ref current, {(stage.HasActivation ? marks + ", " : "")}Window, row);");
                        break;
                    case null when stage.HasActivation:
                        writer.Write($"LaneMask.Clear(ref current, {marks}, {stage.RowElements * 2});");
                        break;
                }

                if (isConvolution) writer.Write($"layer.AddBiasRow(ref current, ref Unsafe.Add(ref accumulators, {stage.Linear!.BiasAccumulators}), {node.LinearOutput.Width});");
            }

            if (isConvolution) writer.Write("WeightGradient(ref gradient, ref input, ref accumulators, start, end);");
        }
    }

    private static void Weights(SourceWriter writer, StagePlan stage, LinearPlan linear)
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

    private static void InputGradient(SourceWriter writer, StagePlan stage)
    {
        if (stage.InputGradient is not { } target) return;
        writer.Write($"{Reference("inputGradient", target)} // {stage.Node.Input}");
        if (stage.Linear is not { } linear)
        {
            int bytes = stage.Node.Input.Count * Lanes * 4;
            writer.Write($"Unsafe.CopyBlock(ref Unsafe.As<float, byte>(ref inputGradient), ref Unsafe.As<float, byte>(ref gradient), {bytes});");
            return;
        }

        foreach (TilePass pass in linear.InputGradient)
        {
            int pixel = pass.Channels * Lanes;
            int width = linear.LaneGradient is null ? 1 : stage.Node.Input.Width;
            string row = pass.TargetStep == 1 ? $"row" : $"(row * {pass.TargetStep} + {pass.TargetRow})";
            string column = pass.TargetColumn == 0 ? "" : $" + {pass.TargetColumn * pixel}";
            writer.Write($$"""
                for (int row = 0; row < {{pass.Rows}}; row++)
                    {{pass.MethodName}}(ref gradient, ref Unsafe.Add(ref memory.Packed, {{pass.Weights}}), ref memory.Packed, ref Unsafe.Add(ref inputGradient, {{row}} * {{width * pixel}}{{column}}), row);
                """);
        }
    }

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
