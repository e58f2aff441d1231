using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Loops.Kernels;
using NoiseGen.Generator.Planning;
using static NoiseGen.Generator.Emission.Expressions;
using static NoiseGen.Generator.Model.LaneLayout;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints the steps of a weight gradient by Winograd's transforms.</summary>
internal sealed class WinogradGradientStepEmitter(SourceWriter writer, KernelStepEmitter steps)
{
    private const int Together = WinogradGradientPlan.Together, Channels = WinogradGradientPlan.Channels;

    public void Emit(WinogradGradientStep step)
    {
        WinogradGradientPlan plan = step.Plan;
        switch (step)
        {
            case WinogradGradientStep.NameSquares:
                writer.Write($"int first = phase / 2 * {plan.Squares}, squares = Math.Min({plan.Squares}, {Squares(plan)} - first);");
                break;
            case WinogradGradientStep.LastPhase last: LastPhase(plan, last.HasBiases); break;
            case WinogradGradientStep.TransformOrMultiply: TransformOrMultiply(); break;
            case WinogradGradientStep.SharedSquares share: SharedSquares(share); break;
            case WinogradGradientStep.TransformInputs: TransformInputs(plan); break;
            case WinogradGradientStep.TransformGradients gradients: TransformGradients(plan, gradients.Run); break;
            case WinogradGradientStep.SharedProducts share:
                using (Share($"{plan.Products}", plan.ChannelGroups)) steps.Emit(share.Body);
                break;
            case WinogradGradientStep.NameProduct: NameProduct(plan); break;
            case WinogradGradientStep.SquareLoop loop: SquareLoop(loop); break;
            case WinogradGradientStep.AddTile add: AddTile(add); break;
            default: throw new NotSupportedException($"No method prints {step.GetType().Name}.");
        }
    }

    /// <summary>The squares of all blocks.</summary>
    public static string Squares(WinogradGradientPlan plan) => Times("blocks", plan.SquaresOfBlock);

    private void LastPhase(WinogradGradientPlan plan, bool hasBiases)
    {
        ImageShape target = plan.Shape.Target;
        using (writer.Block("if (squares <= 0)"))
        {
            writer.Write(
                $"layer.Gradients.StoreWinograd<{plan.Transforms.Class}>(ref Unsafe.Add(ref workspace, {plan.Sums}), product: {plan.ProductSums}, part, parts);");
            if (hasBiases)
                writer.Write(
                    $"layer.Gradients.SumLaneBiases(ref gradients, {target.Height * target.Width}, blocks, blockStride, part, parts);");
            writer.Write("return;");
        }
    }

    private void TransformOrMultiply() => writer.Write("""
        if (phase % 2 == 0) Transform(ref gradients, ref inputs, ref workspace, blockStride, first, squares, part, parts);
        else Multiply(ref workspace, first, squares, part, parts);
        """);

    // The square of an item: its place in the phase, and its place in its map.
    private void SharedSquares(WinogradGradientStep.SharedSquares share)
    {
        (WinogradGradientPlan plan, int groups) = (share.Plan, share.Groups);
        int size = plan.Transforms.Size, inBlock = plan.SquaresOfBlock, inRow = plan.Shape.Target.Width / size;
        using (Share("squares", groups))
        {
            writer.Write($"int place = item{(groups == 1 ? "" : $" / {groups}")}, square = first + place;");
            writer.Write(inBlock == 1
                ? "const int row = 0, column = 0;\nnint block = square * blockStride;"
                : $"nint block = square / {inBlock} * blockStride, row = square % {inBlock} / {inRow} * {size}, column = square % {inRow} * {size};");
            steps.Emit(share.Body);
        }
    }

    private void TransformInputs(WinogradGradientPlan plan)
    {
        ImageShape source = plan.Shape.Source;
        writer.Write($$"""
            {{Member("channel", 0, plan.ChannelGroups, Channels)}}
            {{plan.Transforms.Class}}.Input(
                ref Unsafe.Add(ref inputs, block + channel * {{Lanes}}), ref Unsafe.Add(ref workspace, channel * {{plan.Squares * Lanes}} + place * {{Channels * Lanes}}),
                row, column, {{source.Height}}, {{source.Width}}, pixel: {{source.Channels * Lanes}}, values: {{Channels * Lanes}}, product: {{plan.ProductInputs}});
            """);
    }

    private void TransformGradients(WinogradGradientPlan plan, Run run)
    {
        int width = plan.Shape.Target.Width, pixel = plan.Shape.Outputs * Lanes;
        writer.Write($$"""
            {{Member("output", run.Start, run.Count, run.Width)}}
            {{plan.Transforms.Class}}.Gradient(
                ref Unsafe.Add(ref gradients, block + (row * {{width}} + column) * {{pixel}} + output * {{Lanes}}),
                ref Unsafe.Add(ref workspace, {{plan.Gradients}} + output * {{plan.Squares * Lanes}} + place * {{run.Width * Lanes}}),
                line: {{width * pixel}}, pixel: {{pixel}}, values: {{run.Width * Lanes}}, product: {{plan.ProductGradients}});
            """);
    }

    private void NameProduct(WinogradGradientPlan plan)
    {
        int channels = plan.Shape.Source.Channels, end = plan.Shape.Outputs * channels;
        writer.Write($$"""
            nint product = item{{(plan.ChannelGroups == 1 ? "" : $" / {plan.ChannelGroups}")}};
            {{Member("channel", 0, plan.ChannelGroups, Channels)}}
            ref float input = ref Unsafe.Add(ref workspace, product * {{plan.ProductInputs}} + channel * {{plan.Squares * Lanes}});
            ref float gradient = ref Unsafe.Add(ref workspace, {{plan.Gradients}} + product * {{plan.ProductGradients}});
            ref float sum = ref Unsafe.Add(ref workspace, {{plan.Sums}} + product * {{plan.ProductSums}} + channel);
            if (first == 0)
                for (nint place = 0; place < {{end}}; place += {{channels}}) Vector512<float>.Zero.StoreUnsafe(ref Unsafe.Add(ref sum, place));
            """);
    }

    private void SquareLoop(WinogradGradientStep.SquareLoop loop)
    {
        using (writer.Block($"for (int start = 0; start < squares; start += {Together})"))
        {
            writer.Write(
                $"int together = Math.Min({Together}, squares - start);\nref float x = ref Unsafe.Add(ref input, start * {Channels * Lanes});");
            steps.Emit(loop.Body);
        }
    }

    private void AddTile(WinogradGradientStep.AddTile add)
    {
        (WinogradGradientPlan plan, Run run) = (add.Plan, add.Run);
        (string input, string start, string squares) =
            add.AllSquares ? ("input", "0", "squares") : ("x", $"start * {run.Width * Lanes}", "together");
        int channels = plan.Shape.Source.Channels;
        string output = steps[LoopIndex.Output];
        string gradient = Element("gradient", Sum(Times(output, plan.Squares * Lanes), start)), sum = Element("sum", Times(output, channels));
        writer.Write($$"""
            Tiles.{{WinogradGradientPlan.TileOf(run).Name}}(
                ref {{gradient}}, ref {{input}}, ref {{sum}},
                1, {{squares}}, 0, gradientPixel: {{run.Width * Lanes}}, 0, inputPixel: {{Channels * Lanes}}, targetRow: {{channels}});
            """);
    }

    // A thread's share of some things × groups.
    private SourceWriter.Closing Share(string count, int groups)
    {
        string items = Times(count, groups);
        return writer.Block($"for (int item = Share.Start({items}, part, parts); item < Share.Start({items}, part + 1, parts); item++)");
    }

    // The first member of an item's group.
    private static string Member(string name, int start, int groups, int width) =>
        groups == 1 ? $"const int {name} = {start};" : $"nint {name} = {(start == 0 ? "" : $"{start} + ")}item % {groups} * {width};";
}
