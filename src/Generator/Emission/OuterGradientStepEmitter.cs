using NoiseGen.Generator.Loops.Kernels;
using NoiseGen.Generator.Planning;
using static NoiseGen.Generator.Emission.Expressions;
using static NoiseGen.Generator.Model.LaneLayout;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints the steps of a weight gradient as outer products.</summary>
internal sealed class OuterGradientStepEmitter(SourceWriter writer, KernelStepEmitter steps)
{
    public void Emit(OuterGradientStep step)
    {
        OuterGradientPlan plan = step.Plan;
        switch (step)
        {
            case OuterGradientStep.SharedOutputs share: SharedOutputs(share); break;
            case OuterGradientStep.MatrixTile matrix: MatrixTile(plan, matrix.Tile); break;
            case OuterGradientStep.ScratchTile scratch: ScratchTile(plan, scratch.Run); break;
            case OuterGradientStep.SumBiases:
                writer.Write(
                    $"layer.Gradients.SumLaneBiases(ref gradients, {plan.Shape.Target.Height * plan.Shape.Target.Width}, blocks, blockStride, part, parts);");
                break;
            case OuterGradientStep.BlocksTile blocks: BlocksTile(plan, blocks.Vectors); break;
            case OuterGradientStep.Clear: Clear(plan); break;
            case OuterGradientStep.BlockLoop loop: BlockLoop(loop); break;
            case OuterGradientStep.StripLoop loop: StripLoop(loop); break;
            case OuterGradientStep.ClipRows clip: ClipRows(clip); break;
            case OuterGradientStep.TapTile tap: TapTile(tap); break;
            default: throw new NotSupportedException($"No method prints {step.GetType().Name}.");
        }
    }

    // The last thread takes a single tile.
    private void SharedOutputs(OuterGradientStep.SharedOutputs share)
    {
        Run run = share.Run;
        using (writer.Block(run.Count == 1
            ? "if (part == parts - 1)"
            : $"for (int tile = Share.Start({run.Count}, part, parts); tile < Share.Start({run.Count}, part + 1, parts); tile++)"))
        {
            writer.Write(run.Count == 1
                ? $"const int output = {run.Start};"
                : $"int output = {(run.Start == 0 ? "" : $"{run.Start} + ")}tile * {run.Width};");
            steps.Emit(share.Body);
        }
    }

    private void MatrixTile(OuterGradientPlan plan, OuterTile tile)
    {
        string channel = steps[LoopIndex.InputChannel];
        writer.Write($$"""
            Tiles.{{tile.Name}}(
                ref Unsafe.Add(ref gradients, output * {{Lanes}}), ref {{Element("inputs", Times(channel, Lanes))}}, ref {{Element("layer.Gradients.Of(output)", channel)}},
                blocks, 1, gradientRow: blockStride, 0, inputRow: blockStride, 0, targetRow: {{plan.PaddedInputs}});
            """);
    }

    private void ScratchTile(OuterGradientPlan plan, Run run) => writer.Write($$"""
        Gradient(ref Unsafe.Add(ref gradients, output * {{Lanes}}), ref inputs, ref scratch, {{(plan.HasTwoWidths ? $"{run.Width}, " : "")}}blocks, blockStride);
        layer.Gradients.Store(ref scratch, output, {{run.Width}}, {{plan.PaddedInputs}});
        """);

    private static int TargetRow(OuterGradientPlan plan) => plan.Taps * plan.PaddedInputs;

    private void BlocksTile(OuterGradientPlan plan, int vectors)
    {
        string channel = steps[LoopIndex.InputChannel];
        Tile(
            plan, vectors,
            $"ref gradients, ref {Element("inputs", Times(channel, Lanes))}, ref {Element("target", channel)}, "
            + $"blocks, 1, gradientRow: blockStride, 0, inputRow: blockStride, 0, targetRow: {TargetRow(plan)}");
    }

    private void Clear(OuterGradientPlan plan)
    {
        int row = TargetRow(plan) * sizeof(float);
        string bytes = plan.HasTwoWidths ? $"(uint)outputs * {row}" : $"{plan.TileOutputs * row}";
        writer.Write($"Unsafe.InitBlock(ref Unsafe.As<float, byte>(ref target), 0, {bytes});");
    }

    private void BlockLoop(OuterGradientStep.BlockLoop loop)
    {
        using (writer.Block("for (; blocks > 0; blocks--)"))
        {
            steps.Emit(loop.Body);
            writer.Write("gradients = ref Unsafe.Add(ref gradients, blockStride);\ninputs = ref Unsafe.Add(ref inputs, blockStride);");
        }
    }

    private void StripLoop(OuterGradientStep.StripLoop loop)
    {
        int rows = loop.Plan.Shape.Target.Height;
        using (writer.Block($"for (int start = 0; start < {rows}; start += {loop.Plan.StripRows})"))
        {
            writer.Write($"int end = Math.Min({rows}, start + {loop.Plan.StripRows});");
            steps.Emit(loop.Body);
        }
    }

    private void ClipRows(OuterGradientStep.ClipRows clip)
    {
        TilePass forward = clip.Forward;
        string y = Minus(steps[LoopIndex.KernelRow], forward.Top);
        string first = $"Taps.FirstTarget({y}, {forward.RowStep})";
        string end = $"Taps.EndTarget({y}, {forward.RowStep}, {forward.Source.Height}, {forward.Rows})";
        writer.Write(clip.OfStrip
            ? $"int first = Math.Max(start, {first});\nint rows = Math.Min(end, {end}) - first;"
            : $"int first = {first};\nint rows = {end} - first;");
    }

    private void TapTile(OuterGradientStep.TapTile tap)
    {
        (OuterGradientPlan plan, TilePass forward) = (tap.Plan, tap.Forward);
        string channel = steps[LoopIndex.InputChannel], kernelRow = steps[LoopIndex.KernelRow], kernelColumn = steps[LoopIndex.KernelColumn];
        int gradientPixel = plan.Shape.Outputs * Lanes, inputPixel = plan.PaddedInputs * Lanes;
        string x = Minus(kernelColumn, forward.Left);
        string sourceRow = Sum(Times("first", forward.RowStep), Minus(kernelRow, forward.Top)),
            sourceColumn = Sum(Times("column", forward.ColumnStep), x);
        string place = Sum(Times(Parenthesized(Sum(Times(kernelRow, forward.KernelColumns), kernelColumn)), plan.PaddedInputs), channel);
        writer.Write($$"""
            int column = Taps.FirstTarget({{x}}, {{forward.ColumnStep}});
            int columns = Taps.EndTarget({{x}}, {{forward.ColumnStep}}, {{forward.Source.Width}}, {{forward.Columns}}) - column;
            ref float gradient = ref Unsafe.Add(ref gradients, (nint)(first * {{forward.Columns}} + column) * {{gradientPixel}});
            ref float input = ref Unsafe.Add(ref inputs, {{Sum($"(nint)({Times(Parenthesized(sourceRow), forward.Source.Width)} + {sourceColumn}) * {inputPixel}", Times(channel, Lanes))}});
            ref float tap = ref {{Element("target", place)}};
            """);
        Tile(
            plan, tap.Vectors,
            $"ref gradient, ref input, ref tap, rows, columns, gradientRow: {forward.Columns * gradientPixel}, "
            + $"gradientPixel: {gradientPixel}, inputRow: {forward.RowStep * forward.Source.Width * inputPixel}, "
            + $"inputPixel: {forward.ColumnStep * inputPixel}, targetRow: {TargetRow(plan)}");
    }

    // A method for tiles of two widths asks which it is given.
    private void Tile(OuterGradientPlan plan, int vectors, string arguments)
    {
        OuterTile[] tiles = [.. plan.OutputRuns.Select(outputs => plan.TileOf(outputs.Width, vectors))];
        writer.Write(tiles.Length == 1
            ? $"Tiles.{tiles[0].Name}({arguments});"
            : $"if (outputs == {tiles[0].Outputs}) Tiles.{tiles[0].Name}({arguments});\nelse Tiles.{tiles[1].Name}({arguments});");
    }
}
