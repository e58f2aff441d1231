using NoiseGen.Generator.Planning;
using static NoiseGen.Generator.Emission.Expressions;
using static NoiseGen.Generator.Model.LaneLayout;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints weight gradients by Winograd's transforms, in phases that a barrier separates.</summary>
internal static class WinogradGradientEmitter
{
    /// <summary>The method that counts the phases.</summary>
    public const string Phases = "GradientPhases";

    private const int Together = WinogradGradientPlan.Together, Channels = WinogradGradientPlan.Channels;

    public static void Emit(SourceWriter writer, LinearKernels linear)
    {
        WinogradGradientPlan plan = linear.WinogradGradient!;
        ConvolutionShape shape = plan.Shape;
        string squares = Times("blocks", plan.SquaresOfBlock);
        writer.Write($$"""
            // Phases of the weights' gradient: {{plan.Squares}} squares of all images' are transformed, then multiplied; at last their sums are transformed into taps.
            public static int {{Phases}}(int blocks) => ({{squares}} + {{plan.Squares - 1}}) / {{plan.Squares}} * 2 + 1;

            // A share of a phase of the weights' and biases' gradients, over all images of all blocks: {{plan.Transforms.Title}}, {{plan.Products}} products.
            // gradients: the first block's, pixel × {{shape.Outputs}} × 32; inputs: the first block's, pixel × {{shape.Source.Channels / 16}} × 32 × 16
            // workspace: transformed inputs, {{plan.Products}} × {{plan.ChannelGroups}} × {{plan.Squares}} squares × 32 × 16 channels, and gradients, {{plan.Products}} × tiles × {{plan.Squares}} × outputs × 32, then sums, {{plan.Products}} × {{shape.Outputs}} × {{shape.Source.Channels}}
            """);
        using (writer.Block(
            "public static void WeightGradient("
            + "LinearLayer layer, ref float gradients, ref float inputs, ref float workspace, int blocks, nint blockStride, int phase, int part, int parts)"))
        {
            writer.Write($"int first = phase / 2 * {plan.Squares}, squares = Math.Min({plan.Squares}, {squares} - first);");
            using (writer.Block("if (squares <= 0)"))
            {
                writer.Write(
                    $"layer.Gradients.StoreWinograd<{plan.Transforms.Class}>(ref Unsafe.Add(ref workspace, {plan.Sums}), product: {plan.ProductSums}, part, parts);");
                if (linear.HasBiases)
                    writer.Write(
                        $"layer.Gradients.SumLaneBiases(ref gradients, {shape.Target.Height * shape.Target.Width}, blocks, blockStride, part, parts);");
                writer.Write("return;");
            }

            writer.Space();
            writer.Write("""
                if (phase % 2 == 0) Transform(ref gradients, ref inputs, ref workspace, blockStride, first, squares, part, parts);
                else Multiply(ref workspace, first, squares, part, parts);
                """);
        }

        writer.Space();
        Transform(writer, plan);
        writer.Space();
        Multiply(writer, plan);
    }

    private static void Transform(SourceWriter writer, WinogradGradientPlan plan)
    {
        using (writer.HotMethod(
            "private static void Transform(ref float gradients, ref float inputs, ref float workspace, nint blockStride, int first, int squares, int part, int parts)"))
        {
            Inputs(writer, plan);
            foreach (Run run in plan.OutputRuns)
            {
                writer.Space();
                Gradients(writer, plan, run);
            }
        }
    }

    private static void Inputs(SourceWriter writer, WinogradGradientPlan plan)
    {
        ConvolutionShape shape = plan.Shape;
        using (Share(writer, "squares", plan.ChannelGroups))
        {
            Place(writer, plan, plan.ChannelGroups);
            writer.Write($$"""
                {{Member("channel", 0, plan.ChannelGroups, Channels)}}
                {{plan.Transforms.Class}}.Input(
                    ref Unsafe.Add(ref inputs, block + channel * {{Lanes}}), ref Unsafe.Add(ref workspace, channel * {{plan.Squares * Lanes}} + place * {{Channels * Lanes}}),
                    row, column, {{shape.Source.Height}}, {{shape.Source.Width}}, pixel: {{shape.Source.Channels * Lanes}}, values: {{Channels * Lanes}}, product: {{plan.ProductInputs}});
                """);
        }
    }

    private static void Gradients(SourceWriter writer, WinogradGradientPlan plan, Run run)
    {
        ConvolutionShape shape = plan.Shape;
        int width = shape.Target.Width, pixel = shape.Outputs * Lanes;
        using (Share(writer, "squares", run.Count))
        {
            Place(writer, plan, run.Count);
            writer.Write($$"""
                {{Member("output", run.Start, run.Count, run.Width)}}
                {{plan.Transforms.Class}}.Gradient(
                    ref Unsafe.Add(ref gradients, block + (row * {{width}} + column) * {{pixel}} + output * {{Lanes}}),
                    ref Unsafe.Add(ref workspace, {{plan.Gradients}} + output * {{plan.Squares * Lanes}} + place * {{run.Width * Lanes}}),
                    line: {{width * pixel}}, pixel: {{pixel}}, values: {{run.Width * Lanes}}, product: {{plan.ProductGradients}});
                """);
        }
    }

    // An item's square: among those at a time, and in its map.
    private static void Place(SourceWriter writer, WinogradGradientPlan plan, int groups)
    {
        int size = plan.Transforms.Size, inBlock = plan.SquaresOfBlock, inRow = plan.Shape.Target.Width / size;
        writer.Write($"int place = item{(groups == 1 ? "" : $" / {groups}")}, square = first + place;");
        writer.Write(inBlock == 1
            ? "const int row = 0, column = 0;\nnint block = square * blockStride;"
            : $"nint block = square / {inBlock} * blockStride, row = square % {inBlock} / {inRow} * {size}, column = square % {inRow} * {size};");
    }

    private static void Multiply(SourceWriter writer, WinogradGradientPlan plan)
    {
        using (writer.HotMethod("private static void Multiply(ref float workspace, int first, int squares, int part, int parts)"))
        using (Share(writer, $"{plan.Products}", plan.ChannelGroups))
        {
            writer.Write($$"""
                nint product = item{{(plan.ChannelGroups == 1 ? "" : $" / {plan.ChannelGroups}")}};
                {{Member("channel", 0, plan.ChannelGroups, Channels)}}
                ref float input = ref Unsafe.Add(ref workspace, product * {{plan.ProductInputs}} + channel * {{plan.Squares * Lanes}});
                ref float gradient = ref Unsafe.Add(ref workspace, {{plan.Gradients}} + product * {{plan.ProductGradients}});
                ref float sum = ref Unsafe.Add(ref workspace, {{plan.Sums}} + product * {{plan.ProductSums}} + channel);
                """);
            int channels = plan.Shape.Source.Channels, end = plan.Shape.Outputs * channels;
            writer.Write(
                $"if (first == 0)\n    for (nint place = 0; place < {end}; place += {channels}) Vector512<float>.Zero.StoreUnsafe(ref Unsafe.Add(ref sum, place));");
            if (plan.Squares == Together)
            {
                foreach (Run run in plan.OutputRuns) Tiles(writer, plan, run, "ref input", "0", "squares");
                return;
            }

            using (writer.Block($"for (int start = 0; start < squares; start += {Together})"))
            {
                writer.Write(
                    $"int together = Math.Min({Together}, squares - start);\nref float x = ref Unsafe.Add(ref input, start * {Channels * Lanes});");
                foreach (Run run in plan.OutputRuns) Tiles(writer, plan, run, "ref x", $"start * {run.Width * Lanes}", "together");
            }
        }
    }

    private static void Tiles(SourceWriter writer, WinogradGradientPlan plan, Run run, string input, string start, string squares)
    {
        int channels = plan.Shape.Source.Channels;
        writer.Loop("nint", "output", run.Start, run.Count, run.Width, output =>
        {
            string gradient = Element("gradient", Sum(Times(output, plan.Squares * Lanes), start)), sum = Element("sum", Times(output, channels));
            writer.Write($$"""
                Tiles.{{WinogradGradientPlan.TileOf(run).Name}}(
                    ref {{gradient}}, {{input}}, ref {{sum}},
                    1, {{squares}}, 0, gradientPixel: {{run.Width * Lanes}}, 0, inputPixel: {{Channels * Lanes}}, targetRow: {{channels}});
                """);
        });
    }

    // A thread's share of some things × groups.
    private static SourceWriter.Closing Share(SourceWriter writer, string count, int groups)
    {
        string items = Times(count, groups);
        return writer.Block($"for (int item = Share.Start({items}, part, parts); item < Share.Start({items}, part + 1, parts); item++)");
    }

    // The first member of an item's group.
    private static string Member(string name, int start, int groups, int width) =>
        groups == 1 ? $"const int {name} = {start};" : $"nint {name} = {(start == 0 ? "" : $"{start} + ")}item % {groups} * {width};";
}
