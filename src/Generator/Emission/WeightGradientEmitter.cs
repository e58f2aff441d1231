using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints the methods that call a layer's weight-gradient tiles.</summary>
internal static class WeightGradientEmitter
{
    private const int Lanes = 32;

    public static void Convolution(SourceWriter writer, StagePlan stage, LinearPlan linear)
    {
        LaneGradientPlan plan = linear.LaneGradient!;
        TilePass forward = linear.Forward;
        bool isPadded = plan.Groups > 1;
        int gradientPixel = plan.Outputs * Lanes, gradientRow = forward.Columns * gradientPixel;
        int inputPixel = forward.Source.Channels * Lanes, inputRow = forward.Source.Width * inputPixel;
        writer.Write($$"""
            // Adds rows start … end − 1 of the gradient to the weights' lane accumulators, kernel row {{(isPadded ? "× kernel column " : "")}}× tile.
            // gradients: the strip that begins with row `start`; inputs: the whole map
            """);
        using (writer.Block("private static void WeightGradient(ref float gradients, ref float inputs, ref float accumulators, int start, int end)"))
        using (writer.Block($"for (int y = 0; y < {plan.KernelRows}; y++)"))
        {
            string y = forward.Top == 0 ? "y" : $"y - {forward.Top}";
            writer.Write(isPadded
                ? $$"""
                  int first = Math.Max(start, Taps.FirstTarget({{y}}, {{forward.Step}}));
                  int rows = Math.Min(end, Taps.EndTarget({{y}}, {{forward.Step}}, {{forward.Source.Height}}, {{forward.Rows}})) - first;
                  """
                : "int first = start, rows = end - start;");
            if (isPadded)
            {
                using (writer.Block($"for (int x = 0; x < {plan.Groups}; x++)"))
                {
                    string x = forward.Left == 0 ? "x" : $"x - {forward.Left}";
                    writer.Write($$"""
                        int column = Taps.FirstTarget({{x}}, {{forward.Step}});
                        int columns = Taps.EndTarget({{x}}, {{forward.Step}}, {{forward.Source.Width}}, {{forward.Columns}}) - column;
                        ref float gradient = ref Unsafe.Add(ref gradients, (nint)(first - start) * {{gradientRow}} + column * {{gradientPixel}});
                        ref float input = ref Unsafe.Add(ref inputs, (nint)({{(forward.Step == 1 ? "first" : $"first * {forward.Step}")}} + {{y}}) * {{inputRow}} + ({{(forward.Step == 1 ? "column" : $"column * {forward.Step}")}} + {{x}}) * {{inputPixel}});
                        """);
                    Tiles(writer, plan, "columns", gradientRow, inputRow * forward.Step, gradientPixel, inputPixel * forward.Step);
                }
            }
            else
            {
                writer.Write($$"""
                    ref float gradient = ref gradients;
                    ref float input = ref Unsafe.Add(ref inputs, (nint)({{(forward.Step == 1 ? "first" : $"first * {forward.Step}")}} + y) * {{inputRow}});
                    """);
                Tiles(writer, plan, $"{forward.Columns}", gradientRow, inputRow * forward.Step, gradientPixel, inputPixel * forward.Step);
            }
        }

        writer.Space();
        SumTiles(writer, plan);
    }

    private static void Tiles(SourceWriter writer, LaneGradientPlan plan, string columns, int gradientRow, int inputRow, int gradientPixel, int inputPixel)
    {
        ForEachTile(writer, plan, tile => writer.Write($$"""
            Tiles.{{tile.Name}}(ref Unsafe.Add(ref gradient, output * {{Lanes}}), ref Unsafe.Add(ref input, element * {{Lanes}}), ref accumulators, rows, {{columns}}, {{gradientRow}}, {{inputRow}}, {{gradientPixel}}, {{inputPixel}});
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
            ForEachTile(writer, plan, tile => writer.Write($$"""
                layer.SumTile(ref accumulators, ref Unsafe.Add(ref gradient, output * {{inputs}} + group * {{plan.GroupInputs}} + element), {{tile.Outputs}}, {{tile.Inputs}});
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
        using (writer.Block("public static void WeightGradient(LinearLayer layer, ref float gradients, ref float inputs, ref float scratch, int blocks, nint blockStride, int part, int parts)"))
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
        writer.Write($$"""
            for (int input = {{start}}; input < {{start + vectors.Count * width}}; input += {{width}})
                Tiles.{{tile.Name}}(ref gradient, ref Unsafe.Add(ref inputs, input), ref layer.Gradient(output, input), blocks, blockStride, {{plan.PaddedInputs}}, {{plan.Inputs}});
            """);
    }

    private static void Tail(SourceWriter writer, OuterGradientPlan plan, Run outputs) => writer.Write($$"""
        Tiles.{{new OuterTile(outputs.Width, 1).Name}}(ref gradient, ref Unsafe.Add(ref inputs, {{plan.Vectors * 16}}), ref scratch, blocks, blockStride, {{plan.PaddedInputs}}, 16);
        layer.StoreTail(ref scratch, output, {{outputs.Width}}, {{plan.Tail}});
        """);
}
