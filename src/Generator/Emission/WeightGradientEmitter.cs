using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints the methods that call a layer's weight-gradient tiles.</summary>
internal static class WeightGradientEmitter
{
    private const int Lanes = 32;

    public static void Convolution(SourceWriter writer, LinearPlan linear)
    {
        LaneGradientPlan plan = linear.LaneGradient!;
        string order = plan.Groups > 1 ? "kernel row × kernel column × tile" : "kernel row × tile";
        writer.Write($$"""
            // Adds rows start … end − 1 of the gradient to the weights' lane accumulators, {{order}}.
            // gradients: the strip that begins with row `start`; inputs: the whole map
            """);
        using (writer.Block(
            "private static void WeightGradient(ref float gradients, ref float inputs, ref float accumulators, int start, int end)"))
        using (writer.Block($"for (int y = 0; y < {plan.KernelRows}; y++)"))
        {
            if (plan.Groups > 1) Padded(writer, plan, linear.Forward);
            else Unpadded(writer, plan, linear.Forward);
        }

        writer.Space();
        SumTiles(writer, plan);
    }

    // Padding makes the ranges of kernel rows and columns differ.
    private static void Padded(SourceWriter writer, LaneGradientPlan plan, TilePass forward)
    {
        var strides = Strides.Of(plan, forward);
        string y = forward.Top == 0 ? "y" : $"y - {forward.Top}", x = forward.Left == 0 ? "x" : $"x - {forward.Left}";
        writer.Write($$"""
            int first = Math.Max(start, Taps.FirstTarget({{y}}, {{forward.Step}}));
            int rows = Math.Min(end, Taps.EndTarget({{y}}, {{forward.Step}}, {{forward.Source.Height}}, {{forward.Rows}})) - first;
            """);
        using (writer.Block($"for (int x = 0; x < {plan.Groups}; x++)"))
        {
            string row = $"({Stepped("first", forward)} + {y})", column = $"({Stepped("column", forward)} + {x})";
            writer.Write($$"""
                int column = Taps.FirstTarget({{x}}, {{forward.Step}});
                int columns = Taps.EndTarget({{x}}, {{forward.Step}}, {{forward.Source.Width}}, {{forward.Columns}}) - column;
                ref float gradient = ref Unsafe.Add(
                    ref gradients, (nint)(first - start) * {{strides.GradientRow}} + column * {{strides.GradientPixel}});
                ref float input = ref Unsafe.Add(ref inputs, (nint){{row}} * {{strides.InputRow}} + {{column}} * {{strides.InputPixel}});
                """);
            Tiles(writer, plan, "columns", strides, forward.Step);
        }
    }

    private static void Unpadded(SourceWriter writer, LaneGradientPlan plan, TilePass forward)
    {
        var strides = Strides.Of(plan, forward);
        writer.Write($$"""
            int rows = end - start;
            ref float gradient = ref gradients;
            ref float input = ref Unsafe.Add(ref inputs, (nint)({{Stepped("start", forward)}} + y) * {{strides.InputRow}});
            """);
        Tiles(writer, plan, $"{forward.Columns}", strides, forward.Step);
    }

    private static string Stepped(string value, TilePass forward) => forward.Step == 1 ? value : $"{value} * {forward.Step}";

    /// <summary>Floats from one row or pixel to the next, in the gradient's map and in the input's.</summary>
    private sealed record Strides(int GradientRow, int GradientPixel, int InputRow, int InputPixel)
    {
        public static Strides Of(LaneGradientPlan plan, TilePass forward)
        {
            int gradientPixel = plan.Outputs * Lanes, inputPixel = forward.Source.Channels * Lanes;
            return new Strides(forward.Columns * gradientPixel, gradientPixel, forward.Source.Width * inputPixel, inputPixel);
        }
    }

    private static void Tiles(SourceWriter writer, LaneGradientPlan plan, string columns, Strides strides, int step)
    {
        string arguments = $"rows, {columns}, gradientRow: {strides.GradientRow}, inputRow: {strides.InputRow * step}, "
            + $"gradientPixel: {strides.GradientPixel}, inputPixel: {strides.InputPixel * step}";
        string gradient = $"ref Unsafe.Add(ref gradient, output * {Lanes})", input = $"ref Unsafe.Add(ref input, element * {Lanes})";
        ForEachTile(writer, plan, tile => writer.Write($$"""
            Tiles.{{tile.Name}}({{gradient}}, {{input}}, ref accumulators, {{arguments}});
            accumulators = ref Unsafe.Add(ref accumulators, {{tile.Outputs * tile.Inputs * 16}});
            """));
    }

    private static void SumTiles(SourceWriter writer, LaneGradientPlan plan)
    {
        writer.Write("// Sums the accumulators' lanes into the block's gradient, output × kernel row × kernel column × channel.");
        using (writer.Block("private static void SumWeightGradient(LinearLayer layer, ref float accumulators, ref float gradient)"))
        using (writer.Block($"for (nint group = 0; group < {plan.KernelRows * plan.Groups}; group++)"))
        {
            int inputs = plan.KernelRows * plan.Groups * plan.GroupInputs;
            string target = $"ref Unsafe.Add(ref gradient, output * {inputs} + group * {plan.GroupInputs} + element)";
            ForEachTile(writer, plan, tile => writer.Write($$"""
                layer.SumTile(ref accumulators, {{target}}, {{tile.Outputs}}, {{tile.Inputs}});
                accumulators = ref Unsafe.Add(ref accumulators, {{tile.Outputs * tile.Inputs * 16}});
                """));
        }
    }

    private static void ForEachTile(SourceWriter writer, LaneGradientPlan plan, Action<LaneTile> write)
    {
        foreach (Run outputs in plan.OutputRuns)
        {
            foreach (Run inputs in plan.InputRuns)
            {
                writer.Write($"for (nint output = {outputs.Start}; output < {outputs.Start + outputs.Count * outputs.Width}; output += {outputs.Width})");
                using (writer.Block($"for (nint element = {inputs.Start}; element < {inputs.Start + inputs.Count * inputs.Width}; element += {inputs.Width})"))
                    write(new LaneTile(outputs.Width, inputs.Width));
            }
        }
    }

    public static void Dense(SourceWriter writer, LinearPlan linear)
    {
        OuterGradientPlan plan = linear.OuterGradient!;
        writer.Write($$"""
            // A share of the weight gradient, tile of outputs × tile of inputs, over all images of all blocks.
            // gradients: the first block's, outputs × 32; inputs: the first block's, 32 × {{plan.PaddedInputs}}
            """);
        using (writer.Block(
            "public static void WeightGradient(LinearLayer layer, ref float gradients, ref float inputs, ref float scratch, "
            + "int blocks, nint blockStride, int part, int parts)"))
        {
            foreach (Run outputs in plan.OutputRuns)
            {
                string range = outputs.Count == 1
                    ? $"if (part == parts - 1)"
                    : $"for (int tile = Share.Start({outputs.Count}, part, parts); tile < Share.Start({outputs.Count}, part + 1, parts); tile++)";
                using (writer.Block(range))
                {
                    writer.Write(outputs.Count == 1 ? $"const int output = {outputs.Start};" : $"int output = tile * {outputs.Width};");
                    writer.Write($"ref float gradient = ref Unsafe.Add(ref gradients, output * {Lanes});");
                    foreach (Run vectors in plan.VectorRuns) VectorTiles(writer, plan, outputs, vectors);
                    if (plan.Tail != 0) Tail(writer, plan, outputs);
                }
            }
        }
    }

    private static void VectorTiles(SourceWriter writer, OuterGradientPlan plan, Run outputs, Run vectors)
    {
        var tile = new OuterTile(outputs.Width, vectors.Width);
        int start = vectors.Start * 16, width = vectors.Width * 16;
        string input = vectors.Count == 1 ? $"{start}" : "input";
        string loop = vectors.Count == 1 ? "" : $"for (int input = {start}; input < {start + vectors.Count * width}; input += {width})\n    ";
        writer.Write(
            $"{loop}Tiles.{tile.Name}(ref gradient, ref Unsafe.Add(ref inputs, {input}), ref layer.Gradient(output, {input}), "
            + $"blocks, blockStride, inputRow: {plan.PaddedInputs}, targetRow: {plan.Inputs});");
    }

    private static void Tail(SourceWriter writer, OuterGradientPlan plan, Run outputs)
    {
        string inputs = $"ref Unsafe.Add(ref inputs, {plan.Vectors * 16})";
        string strides = $"inputRow: {plan.PaddedInputs}, targetRow: 16";
        writer.Write($$"""
            Tiles.{{new OuterTile(outputs.Width, 1).Name}}(ref gradient, {{inputs}}, ref scratch, blocks, blockStride, {{strides}});
            layer.StoreTail(ref scratch, output, {{outputs.Width}}, {{plan.Tail}});
            """);
    }
}
