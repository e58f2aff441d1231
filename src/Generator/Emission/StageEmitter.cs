using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Planning;
using static NoiseGen.Generator.Planning.LaneLayout;

namespace NoiseGen.Generator.Emission;

/// <summary>
/// Prints one stage's forward pass by rows. With a norm it has two parts, between which the batch's statistics are taken: up to the norm's input, and the rest.
/// </summary>
internal static class StageEmitter
{
    public static void Emit(SourceWriter writer, NetworkPlan plan, StagePlan stage)
    {
        if (stage.Node.Pool is { } pool)
        {
            ImageShape map = stage.Node.MergeOutput;
            WindowNode window = pool.Window;
            writer.Write("private static readonly PoolWindow Window = new("
                + $"Channels: {map.Channels}, Height: {map.Height}, Width: {map.Width}, Rows: {window.Height}, Columns: {window.Width}, "
                + $"StrideHeight: {window.StrideHeight}, StrideWidth: {window.StrideWidth}, "
                + $"PaddingHeight: {window.PaddingHeight}, PaddingWidth: {window.PaddingWidth}, CountPadding: {(pool.CountPadding ? "true" : "false")});");
            writer.Space();
        }

        if (stage.Norm is { } norm)
        {
            ToNorm(writer, plan, stage, norm);
            writer.Space();
        }

        Forward(writer, plan, stage);
        if (stage.Backward is null) return;
        writer.Space();
        GradientEmitter.Emit(writer, plan, stage);
    }

    /// <summary>What the code of a pass gets beside the block's memory.</summary>
    public static string Parameters(StagePlan stage) =>
        (stage.Norm is null ? Layer(stage) : ", BatchNormLayer norm") + Levels(stage) + Rate(stage);

    private static string Levels(StagePlan stage) => stage.Node.ActivationQuantizer is not { } quantizer ? "" : quantizer.Learned ? ", LearnedScale scale" : ", QuantizerLevels levels";

    /// <summary>What backward gets of the quantizer.</summary>
    public static string LearnedScale(StagePlan stage) => stage.LearnedScale is null ? "" : ", LearnedScale scale";

    // Weights that are not packed are the layer's own.
    private static string Layer(StagePlan stage) => stage.Linear is { Kernels.IsPacked: false } ? ", LinearLayer layer" : "";

    /// <summary>Dropout's rate, which can be changed at run time.</summary>
    public static string Rate(StagePlan stage) => stage.Dropped is null ? "" : ", float rate";

    private static void ToNorm(SourceWriter writer, NetworkPlan plan, StagePlan stage, NormPlan norm)
    {
        StageNode node = stage.Node;
        writer.Write(stage.Linear is null
            ? "// Takes the statistics of what the norm reads."
            : "// Up to the norm's input, whose statistics training takes on the way.");
        using (writer.Block($"public static void ToNorm(in BlockMemory memory, in NoisePass pass, int image{Layer(stage)}, BatchNormLayer norm)"))
        {
            if (stage.Linear is null) writer.Write("if (!pass.IsTraining) return;");
            else Operands(writer, stage);
            writer.Write($"{Reference("values", stage.Values!)} // {node.LinearOutput}");
            writer.Write(Reference("sums", norm.Sums));
            if (stage.Linear is not null) Noise(writer, plan, node, site => site == StageSite.Linear);
            writer.Space();
            using (writer.Block($"for (int row = 0; row < {node.LinearOutput.Height}; row++)"))
            {
                writer.Write($"ref float current = {At("values", "row", stage.OwnElements * Lanes)};");
                if (stage.Linear is { } linear)
                {
                    writer.Write(LinearRow(linear, "current", "row"));
                    if (node.LinearNoise >= 0) writer.Write(NoiseRow(plan, node.LinearNoise, "current", stage.OwnElements, "row", StageSite.Linear));
                }

                string evaluation = stage.Linear is null ? "" : "if (pass.IsTraining) ";
                writer.Write($"{evaluation}norm.AddRow(ref current, ref sums, {node.LinearOutput.Width}, row);");
            }

            writer.Write($"{(stage.Linear is null ? "" : "if (pass.IsTraining) ")}norm.EndBlock(ref sums, memory.Images, memory.Index);");
        }
    }

    private static void Forward(SourceWriter writer, NetworkPlan plan, StagePlan stage)
    {
        StageNode node = stage.Node;
        if (stage.Norm is not null) writer.Write("// From the norm on.");
        using (writer.Block($"public static void Forward(in BlockMemory memory, in NoisePass pass, int image{Parameters(stage)})"))
        {
            if (stage.Norm is not null) writer.Write($"{Reference("values", stage.Values!)} // {node.LinearOutput}");
            else Operands(writer, stage);
            if (stage.Other is { } other) writer.Write($"{Reference("other", other)} // {OtherShape(plan, node)}");
            if (stage.OwnRow is { } own) writer.Write($"{Reference("own", own)} // one row of {node.LinearOutput}");
            if (node.Pool is not null) writer.Write($"{Reference("rows", stage.Rows)} // the latest {stage.RingRows} rows of {node.MergeOutput}");
            writer.Write($"{Reference("output", stage.Output)} // {node.Output}");
            if (stage.Dead is { } dead) writer.Write(Marks("dead", dead));
            if (stage.Slopes is { } slopes) writer.Write(Reference("slopes", slopes));
            if (stage.LearnedScale is { } scale) writer.Write($"{Reference("errors", scale.Errors)}\nQuantizerLevels levels = scale.Levels;");
            if (stage.Winners is { } winners) writer.Write(Marks("winners", winners));
            ClearUnpooled(writer, plan, stage);
            Noise(writer, plan, node, site => stage.Norm is null || site != StageSite.Linear);

            writer.Space();
            if (node.Pool is { } pool) PooledRows(writer, plan, stage, pool);
            else if (node.MergeOutput.Height == 1) OneRow(writer, plan, stage, "output", "0");
            else
            {
                using (writer.Block($"for (int row = 0; row < {node.MergeOutput.Height}; row++)"))
                {
                    writer.Write($"ref float current = ref Unsafe.Add(ref output, row * {stage.RowElements * Lanes});");
                    OneRow(writer, plan, stage, "current", "row");
                }
            }

            if (stage.Dropped is { } dropped) Drop(writer, plan, stage, dropped);
        }
    }

    // A percentile and a range are those of all values, whether a window covers them or not.
    private static bool ComputesUnpooled(NetworkPlan plan, StagePlan stage) => stage.PooledRows < stage.Node.MergeOutput.Height
        && (stage.LearnedScale is not null
            || StageSite.Of(stage.Node).Any(site => site is { Index: >= 0, Name: not StageSite.Pool } && plan.Graph.NoiseSites[site.Index].Kind.Unit == SigmaUnit.Range));

    // The gradient of other rows is zero, and its product with their slopes has to be zero as well.
    private static void ClearUnpooled(SourceWriter writer, NetworkPlan plan, StagePlan stage)
    {
        int row = stage.RowElements * Lanes, rows = stage.Node.MergeOutput.Height - stage.PooledRows;
        if (rows == 0 || stage.Slopes is null || ComputesUnpooled(plan, stage)) return;
        writer.Write($"Unsafe.InitBlock(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref slopes, {stage.PooledRows * row})), 0, {rows * row * sizeof(float)});");
    }

    private static ImageShape OtherShape(NetworkPlan plan, StageNode node) =>
        node.Merge!.Other < 0 ? plan.Graph.Input : plan.Graph.Stages[node.Merge.Other].Output;

    private static void Operands(SourceWriter writer, StagePlan stage)
    {
        writer.Write($"{Reference("input", stage.Input)} // {stage.Node.Input}");
        if (stage.Linear is not { } linear) return;
        writer.Write($"ref float weights = ref {(linear.Kernels.IsPacked ? $"Unsafe.Add(ref memory.Packed, {linear.PackedForward})" : "layer.Weights")};");
        if (linear.Kernels.HasBiases) writer.Write($"ref float biases = ref Unsafe.Add(ref memory.Parameters, {linear.Biases});");
        if (linear.Squares is { } squares) writer.Write(Reference("scratch", squares));
    }

    private static void PooledRows(SourceWriter writer, NetworkPlan plan, StagePlan stage, PoolNode pool)
    {
        StageNode node = stage.Node;
        WindowNode window = pool.Window;
        writer.Write("int row = 0;");
        using (writer.Block($"for (int pooled = 0; pooled < {node.Output.Height}; pooled++)"))
        {
            string end = $"pooled * {window.StrideHeight} + {window.Height - window.PaddingHeight}";
            if (node.Output.Height == 1) end = SourceWriter.Literal(Math.Min(node.MergeOutput.Height, window.Height - window.PaddingHeight));
            else if (window.PaddingHeight > 0) end = $"Math.Min({node.MergeOutput.Height}, {end})";
            RingRows(writer, plan, stage, end);

            int outputRow = stage.OutputRowElements * Lanes;
            writer.Write($"ref float target = ref Unsafe.Add(ref output, pooled * {outputRow});");
            string winners = $"ref Unsafe.Add(ref winners, pooled * {stage.OutputRowElements * 2 * window.Height * window.Width})";
            writer.Write(pool.Max
                ? $"if (pass.IsTraining) MaxPool.Row(ref rows, ref target, {winners}, Window, pooled);\nelse MaxPool.Row(ref rows, ref target, Window, pooled);"
                : "AveragePool.Row(ref rows, ref target, Window, pooled);");
            if (node.PoolNoise >= 0) writer.Write(NoiseRow(plan, node.PoolNoise, "target", stage.OutputRowElements, "pooled", StageSite.Pool));
        }

        if (ComputesUnpooled(plan, stage)) RingRows(writer, plan, stage, $"{node.MergeOutput.Height}");
    }

    // The next rows, up to an end, in the place of those that the pool needs no more.
    private static void RingRows(SourceWriter writer, NetworkPlan plan, StagePlan stage, string end)
    {
        using (writer.Block($"for (; row < {end}; row++)"))
        {
            writer.Write($"ref float current = ref Unsafe.Add(ref rows, row % {stage.RingRows} * {stage.RowElements * Lanes});");
            OneRow(writer, plan, stage, "current", "row");
        }
    }

    // A row is a variable, or "0" where there is but one.
    private static void OneRow(SourceWriter writer, NetworkPlan plan, StagePlan stage, string current, string row)
    {
        string own = stage.IsConcatenation ? "own" : current;
        string source = stage.Norm is not null ? At("values", row, stage.OwnElements * Lanes)
            : stage.Linear is null ? At("input", row, stage.OwnElements * Lanes)
            : $"ref {own}";
        if (stage.Norm is null && stage.Linear is { } linear) writer.Write(LinearRow(linear, own, row));

        if (stage.IsConcatenation)
        {
            if (stage.Before is { } before)
            {
                writer.Write($"Rows.{before.Name}({source}, ref own, {Times(row, (stage.OwnElements + 3) / 4)}{RowEmitter.Arguments(before, stage, stage.OwnElements)});");
                source = "ref own";
            }

            Concatenate(writer, stage, current, source, row);
            source = $"ref {current}";
        }

        if (stage.Row is { } kernel)
        {
            string references = (kernel.IsSum ? ", " + At("other", row, stage.RowElements * Lanes) : "")
                + (kernel.HasMarks ? ", " + At("dead", row, stage.RowElements * 2) : "")
                + (kernel.HasSlopes ? ", " + At("slopes", row, stage.RowElements * Lanes) : "")
                + (kernel.HasErrors ? ", " + At("errors", row, stage.RowElements * Lanes) : "");
            writer.Write($"Rows.{kernel.Name}({source}, ref {current}{references}, {Times(row, (stage.RowElements + 3) / 4)}{RowEmitter.Arguments(kernel, stage, stage.RowElements)});");
            if (kernel.HasErrors) writer.Write($"if (scale.Observes) scale.Observe(ref {current}, {stage.RowElements}, {row}, memory);");
        }
        else if (stage.Linear is null && !stage.IsConcatenation)
        {
            writer.Write(Copy(current, source, stage.RowElements));
        }
    }

    private static void Concatenate(SourceWriter writer, StagePlan stage, string current, string source, string row)
    {
        ImageShape merged = stage.Node.MergeOutput, own = stage.Node.LinearOutput;
        int others = merged.Channels - own.Channels;
        writer.Write($$"""
            LaneCopy.Channels({{At("other", row, others * merged.Width * Lanes)}}, {{others}}, ref {{current}}, {{merged.Channels}}, 0, {{merged.Width}});
            LaneCopy.Channels({{source}}, {{own.Channels}}, ref {{current}}, {{merged.Channels}}, {{others}}, {{merged.Width}});
            """);
    }

    private static void Drop(SourceWriter writer, NetworkPlan plan, StagePlan stage, Slot dropped)
    {
        StageNode node = stage.Node;
        writer.Space();
        writer.Write("if (!pass.IsTraining || rate == 0f) return;");
        writer.Write(Marks("dropped", dropped));
        writer.Write($"var lanes = new DropoutLanes(pass, {stage.Index}, image, rate, {Workspace(plan, StageSite.DropoutPlace)});");
        int elements = stage.OutputRowElements;
        writer.Write($$"""
            for (int y = 0; y < {{node.Output.Height}}; y++)
                DropoutRow.Apply({{At("output", "y", elements * Lanes)}}, {{At("dropped", "y", elements * 2)}}, {{elements}}, y * {{(elements + 3) / 4}}, lanes);
            """);
    }

    // Zeros are the biases of those that have none.
    private static string LinearRow(LinearPlan linear, string target, string row)
    {
        string biases = $"ref {(linear.Kernels.HasBiases ? "biases" : "memory.Zeros")}";
        return linear.Kernels.Squares is not { } squares
            ? $"{linear.Kernels.Name}.Row(ref input, ref weights, {biases}, ref {target}, {row});"
            : $"if ({row} % {squares.Rows} == 0) {linear.Kernels.Name}.{SquareEmitter.SquareRows}(ref input, ref weights, ref memory.Zeros, {biases}, ref scratch, ref {target}, {row});";
    }

    private static string NoiseRow(NetworkPlan plan, int site, string target, int elements, string row, string lanes) =>
        $"NoiseRow.Apply<{plan.Graph.NoiseSites[site].Kind.Struct.Code}>(ref {target}, {elements}, {row} * {(elements + 3) / 4}, {lanes});";

    public static string Copy(string target, string source, int elements)
    {
        string bytes = SourceWriter.Literal(elements * Lanes * sizeof(float));
        return $"Unsafe.CopyBlock(ref Unsafe.As<float, byte>(ref {target}), ref Unsafe.As<float, byte>({source}), {bytes});";
    }

    public static string At(string name, string row, int stride) => row == "0" ? $"ref {name}" : $"ref Unsafe.Add(ref {name}, {row} * {stride})";

    private static string Times(string row, int stride) => row == "0" ? "0" : $"{row} * {stride}";

    private static void Noise(SourceWriter writer, NetworkPlan plan, StageNode stage, Func<string, bool> isWanted)
    {
        foreach ((int index, int place, string name) in StageSite.Of(stage))
        {
            if (index >= 0 && isWanted(name)) writer.Write($"var {name} = new {plan.Graph.NoiseSites[index].Kind.Struct.Lanes}(pass, {index}, image, {Workspace(plan, place)});");
        }
    }

    /// <summary>The workspace of one of a stage's sites.</summary>
    public static string Workspace(NetworkPlan plan, int place) =>
        $"ref Unsafe.Add(ref memory.{plan.NoiseWork.Area}, {plan.NoiseWork.Offset + place * plan.SiteFloats})";

    public static string Reference(string name, Slot slot) => $"ref float {name} = ref Unsafe.Add(ref memory.{slot.Area}, {slot.Offset});";

    public static string Marks(string name, Slot slot) =>
        $"ref ushort {name} = ref Unsafe.As<float, ushort>(ref Unsafe.Add(ref memory.{slot.Area}, {slot.Offset}));";
}
