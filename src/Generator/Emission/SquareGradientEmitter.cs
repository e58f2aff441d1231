using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints weight gradients by transforms of squares, piece by piece of outputs × channels.</summary>
internal static class SquareGradientEmitter
{
    private const int Lanes = 32, Outputs = SquareGradientPlan.Outputs, Channels = SquareGradientPlan.Channels;

    public static void Emit(SourceWriter writer, SquareGradientPlan plan, bool hasBiases)
    {
        ConvolutionShape shape = plan.Shape;
        int groups = shape.Outputs / Outputs;
        writer.Write($$"""
            // A share of the weights' and biases' gradients, {{Outputs}} outputs × {{Channels}} channels at a time, over all images of all blocks: {{plan.Transforms.Title}}, {{plan.Products}} products.
            // gradients: the first block's, pixel × {{shape.Outputs}} × 32; inputs: the first block's, pixel × {{shape.Source.Channels / 16}} × 32 × 16
            """);
        using (writer.Block("public static void WeightGradient(LinearLayer layer, ref float gradients, ref float inputs, ref float scratch, int blocks, nint blockStride, int part, int parts)"))
        {
            using (writer.Block($"for (int piece = Share.Start({plan.Pieces}, part, parts); piece < Share.Start({plan.Pieces}, part + 1, parts); piece++)"))
            {
                writer.Write($$"""
                    int output = piece % {{groups}} * {{Outputs}}, channel = piece / {{groups}} * {{Channels}};
                    Gradient(ref Unsafe.Add(ref gradients, output * {{Lanes}}), ref Unsafe.Add(ref inputs, channel * {{Lanes}}), ref scratch, blocks, blockStride);
                    layer.StoreSquares<{{plan.Transforms.Class}}>(ref scratch, output, {{Outputs}}, channel, {{Channels}});
                    """);
            }

            if (hasBiases) writer.Write($"layer.SumLaneBiases(ref gradients, {shape.Target.Height * shape.Target.Width}, blocks, blockStride, part, parts);");
        }

        writer.Space();
        Gradient(writer, plan);
    }

    private static void Gradient(SourceWriter writer, SquareGradientPlan plan)
    {
        ConvolutionShape shape = plan.Shape;
        int sums = plan.Products * SquareGradientPlan.ProductSums, gradients = plan.Products * plan.ProductGradients;
        writer.Write($"// scratch: sums, {plan.Products} × {Outputs} × {Channels}, then gradients, {plan.Products} × {plan.Squares} squares × {Outputs} × 32 images, and inputs, {plan.Products} × {plan.Squares} × {SquareGradientPlan.Vectors} × 32 × 16 channels");
        using (writer.Block("private static void Gradient(ref float gradients, ref float inputs, ref float scratch, int blocks, nint blockStride)"))
        {
            writer.Write($$"""
                ref float squareGradients = ref Unsafe.Add(ref scratch, {{sums}}), squareInputs = ref Unsafe.Add(ref scratch, {{sums + gradients}});
                Unsafe.InitBlock(ref Unsafe.As<float, byte>(ref scratch), 0, {{sums * sizeof(float)}});
                """);
            using (writer.Block("for (; blocks > 0; blocks--)"))
            {
                using (writer.Block($"for (nint row = 0; row < {shape.Target.Height}; row += {plan.Transforms.Size})"))
                using (writer.Block($"for (nint column = 0; column < {shape.Target.Width}; column += {plan.Transforms.Size * plan.Squares})"))
                {
                    Transforms(writer, plan);
                    Sums(writer, plan);
                }

                writer.Write("gradients = ref Unsafe.Add(ref gradients, blockStride);\ninputs = ref Unsafe.Add(ref inputs, blockStride);");
            }
        }
    }

    private static void Transforms(SourceWriter writer, SquareGradientPlan plan)
    {
        if (plan.Squares == 1)
        {
            Transform(writer, plan, "column");
            return;
        }

        using (writer.Block($"for (nint square = 0; square < {plan.Squares}; square++)")) Transform(writer, plan, $"column + square * {plan.Transforms.Size}");
    }

    private static void Transform(SourceWriter writer, SquareGradientPlan plan, string column)
    {
        ConvolutionShape shape = plan.Shape;
        int width = shape.Target.Width, gradientPixel = shape.Outputs * Lanes, inputPixel = shape.Source.Channels * Lanes;
        writer.Write($$"""
            {{plan.Transforms.Class}}.Gradient(
                ref Unsafe.Add(ref gradients, (row * {{width}} + {{column}}) * {{gradientPixel}}), {{SquareOf(plan, "squareGradients", Outputs)}},
                line: {{width * gradientPixel}}, pixel: {{gradientPixel}}, values: {{Outputs * Lanes}}, product: {{plan.ProductGradients}});
            {{plan.Transforms.Class}}.Input(
                ref inputs, {{SquareOf(plan, "squareInputs", Channels)}}, row, {{column}}, {{shape.Source.Height}}, {{width}},
                pixel: {{inputPixel}}, values: {{Channels * Lanes}}, product: {{plan.ProductInputs}});
            """);
    }

    private static string SquareOf(SquareGradientPlan plan, string name, int values) =>
        plan.Squares == 1 ? $"ref {name}" : $"ref Unsafe.Add(ref {name}, square * {values * Lanes})";

    private static void Sums(SourceWriter writer, SquareGradientPlan plan)
    {
        using (writer.Block($"for (nint product = 0; product < {plan.Products}; product++)"))
        {
            writer.Write($$"""
                ref float sum = ref Unsafe.Add(ref scratch, product * {{SquareGradientPlan.ProductSums}});
                ref float gradient = ref Unsafe.Add(ref squareGradients, product * {{plan.ProductGradients}}), input = ref Unsafe.Add(ref squareInputs, product * {{plan.ProductInputs}});
                """);
            foreach (Run run in SquareGradientPlan.OutputRuns) Tiles(writer, plan, run);
        }
    }

    private static void Tiles(SourceWriter writer, SquareGradientPlan plan, Run run)
    {
        void Tile(string output) => writer.Write(
            $"Tiles.{SquareGradientPlan.TileOf(run).Name}({Place("gradient", output, Lanes)}, ref input, {Place("sum", output, Channels)}, 1, {plan.Squares}, "
            + $"0, gradientPixel: {Outputs * Lanes}, 0, inputPixel: {Channels * Lanes}, targetRow: {Channels});");
        if (run.Count == 1)
        {
            Tile($"{run.Start}");
            return;
        }

        using (writer.Block($"for (nint output = {run.Start}; output < {run.Start + run.Count * run.Width}; output += {run.Width})")) Tile("output");
    }

    private static string Place(string name, string output, int step) => $"ref Unsafe.Add(ref {name}, {output} * {step})";
}
