using NoiseGen.Generator.Loops.Kernels;
using NoiseGen.Generator.Planning;
using static NoiseGen.Generator.Emission.Expressions;
using static NoiseGen.Generator.Model.LaneLayout;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints the steps of a weight gradient with the lanes as the reduction.</summary>
internal sealed class LaneGradientStepEmitter(SourceWriter writer, KernelStepEmitter steps)
{
    public void Emit(LaneGradientStep step)
    {
        switch (step)
        {
            case LaneGradientStep.NarrowStrips narrow: NarrowStrips(narrow); break;
            case LaneGradientStep.ClipRows clip: ClipRows(clip.Forward); break;
            case LaneGradientStep.ClipColumns clip: ClipColumns(clip); break;
            case LaneGradientStep.TakeStrip take: TakeStrip(take); break;
            case LaneGradientStep.AddTile add: AddTile(add); break;
            case LaneGradientStep.SumTile sum: SumTile(sum); break;
            default: throw new NotSupportedException($"No method prints {step.GetType().Name}.");
        }
    }

    private void NarrowStrips(LaneGradientStep.NarrowStrips narrow)
    {
        int most = narrow.Plan.NarrowRows;
        using (writer.Block($"if (!Vector512.IsHardwareAccelerated && end - start > {most})"))
        {
            writer.Write($$"""
                for (int row = start; row < end; {{(most == 1 ? "row++" : $"row += {most}")}})
                    WeightGradient(ref Unsafe.Add(ref gradients, (nint)(row - start) * {{Strides.Of(narrow).GradientRow}}), ref inputs, ref accumulators, row, {{(most == 1 ? "row + 1" : $"Math.Min(end, row + {most})")}});
                return;
                """);
        }
    }

    private void ClipRows(TilePass forward)
    {
        string y = Minus(steps[LoopIndex.KernelRow], forward.Top);
        writer.Write($$"""
            int first = Math.Max(start, Taps.FirstTarget({{y}}, {{forward.RowStep}}));
            int rows = Math.Min(end, Taps.EndTarget({{y}}, {{forward.RowStep}}, {{forward.Source.Height}}, {{forward.Rows}})) - first;
            """);
    }

    private void ClipColumns(LaneGradientStep.ClipColumns clip)
    {
        TilePass forward = clip.Forward;
        var strides = Strides.Of(clip);
        string y = Minus(steps[LoopIndex.KernelRow], forward.Top), x = Minus(steps[LoopIndex.KernelColumn], forward.Left);
        string row = Parenthesized(Sum(Times("first", forward.RowStep), y)),
            column = Parenthesized(Sum(Times("column", forward.ColumnStep), x));
        writer.Write($$"""
            int column = Taps.FirstTarget({{x}}, {{forward.ColumnStep}});
            int columns = Taps.EndTarget({{x}}, {{forward.ColumnStep}}, {{forward.Source.Width}}, {{forward.Columns}}) - column;
            ref float gradient = ref Unsafe.Add(
                ref gradients, (nint)(first - start) * {{strides.GradientRow}} + column * {{strides.GradientPixel}});
            ref float input = ref Unsafe.Add(ref inputs, (nint){{row}} * {{strides.InputRow}} + {{column}} * {{strides.InputPixel}});
            """);
    }

    private void TakeStrip(LaneGradientStep.TakeStrip take)
    {
        string row = Parenthesized(Sum(Times("start", take.Forward.RowStep), steps[LoopIndex.KernelRow]));
        writer.Write($$"""
            int rows = end - start;
            ref float gradient = ref gradients;
            ref float input = ref Unsafe.Add(ref inputs, (nint){{row}} * {{Strides.Of(take).InputRow}});
            """);
    }

    private void AddTile(LaneGradientStep.AddTile add)
    {
        (TilePass forward, LaneTile tile, var strides) = (add.Forward, add.Tile, Strides.Of(add));
        string gradient = Element("gradient", Times(Output(add.Plan), Lanes)), input = Element("input", Times(Input(add.Plan), Lanes));
        writer.Write($$"""
            Tiles.{{tile.Name}}(ref {{gradient}}, ref {{input}}, ref accumulators, rows, {{(add.AllColumns ? $"{forward.Columns}" : "columns")}}, gradientRow: {{strides.GradientRow}}, inputRow: {{strides.InputRow * forward.RowStep}}, gradientPixel: {{strides.GradientPixel}}, inputPixel: {{strides.InputPixel * forward.ColumnStep}});
            accumulators = ref Unsafe.Add(ref accumulators, {{tile.Accumulators * 16}});
            """);
    }

    private void SumTile(LaneGradientStep.SumTile sum)
    {
        LaneGradientPlan plan = sum.Plan;
        int inputs = plan.KernelRows * plan.Sections * plan.SectionInputs;
        string place = Sum(
            Sum(Times(Output(plan), inputs), Times(steps[LoopIndex.Section], plan.SectionInputs)), steps[LoopIndex.Element]);
        writer.Write($$"""
            layer.Gradients.SumTile(ref accumulators, ref {{Element("gradient", place)}}, {{sum.Tile.Outputs}}, {{sum.Tile.Inputs}});
            accumulators = ref Unsafe.Add(ref accumulators, {{sum.Tile.Accumulators * 16}});
            """);
    }

    // Places among all outputs, and among all channels of the input.
    private string Output(LaneGradientPlan plan) => OfGroup(plan, plan.GroupOutputs, steps[LoopIndex.Output]);

    private string Input(LaneGradientPlan plan) =>
        plan.IsDepthwise ? steps[LoopIndex.Output] : OfGroup(plan, plan.SectionInputs, steps[LoopIndex.Element]);

    private string OfGroup(LaneGradientPlan plan, int size, string member) =>
        plan.TiledGroups == 1 ? member : Parenthesized(Sum(Times(steps[LoopIndex.Group], size), member));

    /// <summary>Floats from one row or pixel to the next, in the gradient's map and in the input's.</summary>
    private sealed record Strides(int GradientRow, int GradientPixel, int InputRow, int InputPixel)
    {
        public static Strides Of(LaneGradientStep step)
        {
            int gradientPixel = step.Plan.Outputs * Lanes, inputPixel = step.Forward.Source.Channels * Lanes;
            return new Strides(step.Forward.Columns * gradientPixel, gradientPixel, step.Forward.Source.Width * inputPixel, inputPixel);
        }
    }
}
