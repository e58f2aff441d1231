using NoiseGen.Generator.Planning;
using static NoiseGen.Generator.Emission.Expressions;
using static NoiseGen.Generator.Model.LaneLayout;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints the methods that call a layer's weight-gradient tiles.</summary>
internal static class WeightGradientEmitter
{
    public static void LaneReduced(SourceWriter writer, LinearKernels linear)
    {
        LaneGradientPlan plan = linear.LaneGradient!;
        string order = "kernel row × " + (plan.Sections > 1 ? "kernel column × " : "") + (plan.TiledGroups > 1 ? "group × " : "") + "tile";
        writer.Write($$"""
            // Adds rows start … end − 1 of the gradient to the weights' lane accumulators, {{order}}.
            // gradients: the strip that begins with row `start`; inputs: the whole map
            """);
        using (writer.HotMethod(
            "public static void WeightGradient(ref float gradients, ref float inputs, ref float accumulators, int start, int end)"))
        {
            NarrowStrips(writer, linear);
            writer.Loop("int", "y", 0, plan.KernelRows, 1, y =>
            {
                if (linear.Forward.Top > 0 || linear.Forward.Left > 0 || plan.Groups > 1) Apart(writer, plan, linear.Forward, y);
                else Whole(writer, plan, linear.Forward, y);
            });
        }

        writer.Space();
        SumTiles(writer, plan);
    }

    // The narrow tiles are smaller and read every row more often, from the first-level cache if there are few.
    // The sums and their order are the same.
    private static void NarrowStrips(SourceWriter writer, LinearKernels linear)
    {
        var strides = Strides.Of(linear.LaneGradient!, linear.Forward);
        int most = linear.LaneGradient!.NarrowRows;
        if (most >= linear.Forward.Rows) return;
        using (writer.Block($"if (!Vector512.IsHardwareAccelerated && end - start > {most})"))
        {
            writer.Write($$"""
                for (int row = start; row < end; {{(most == 1 ? "row++" : $"row += {most}")}})
                    WeightGradient(ref Unsafe.Add(ref gradients, (nint)(row - start) * {{strides.GradientRow}}), ref inputs, ref accumulators, row, {{(most == 1 ? "row + 1" : $"Math.Min(end, row + {most})")}});
                return;
                """);
        }
    }

    // Kernel column by kernel column: padding makes their ranges differ, and groups their inputs lie apart.
    private static void Apart(SourceWriter writer, LaneGradientPlan plan, TilePass forward, string kernelRow)
    {
        var strides = Strides.Of(plan, forward);
        string y = Minus(kernelRow, forward.Top);
        writer.Write($$"""
            int first = Math.Max(start, Taps.FirstTarget({{y}}, {{forward.RowStep}}));
            int rows = Math.Min(end, Taps.EndTarget({{y}}, {{forward.RowStep}}, {{forward.Source.Height}}, {{forward.Rows}})) - first;
            """);
        writer.Loop("int", "x", 0, plan.Sections, 1, kernelColumn =>
        {
            string x = Minus(kernelColumn, forward.Left);
            string row = Parenthesized(Sum(Times("first", forward.RowStep), y)),
                column = Parenthesized(Sum(Times("column", forward.ColumnStep), x));
            writer.Write($$"""
                int column = Taps.FirstTarget({{x}}, {{forward.ColumnStep}});
                int columns = Taps.EndTarget({{x}}, {{forward.ColumnStep}}, {{forward.Source.Width}}, {{forward.Columns}}) - column;
                ref float gradient = ref Unsafe.Add(
                    ref gradients, (nint)(first - start) * {{strides.GradientRow}} + column * {{strides.GradientPixel}});
                ref float input = ref Unsafe.Add(ref inputs, (nint){{row}} * {{strides.InputRow}} + {{column}} * {{strides.InputPixel}});
                """);
            Tiles(writer, plan, "columns", strides, forward);
        });
    }

    // A whole kernel row is one run of inputs.
    private static void Whole(SourceWriter writer, LaneGradientPlan plan, TilePass forward, string y)
    {
        var strides = Strides.Of(plan, forward);
        writer.Write($$"""
            int rows = end - start;
            ref float gradient = ref gradients;
            ref float input = ref Unsafe.Add(ref inputs, (nint){{Parenthesized(Sum(Times("start", forward.RowStep), y))}} * {{strides.InputRow}});
            """);
        Tiles(writer, plan, $"{forward.Columns}", strides, forward);
    }

    /// <summary>Floats from one row or pixel to the next, in the gradient's map and in the input's.</summary>
    private sealed record Strides(int GradientRow, int GradientPixel, int InputRow, int InputPixel)
    {
        public static Strides Of(LaneGradientPlan plan, TilePass forward)
        {
            int gradientPixel = plan.Outputs * Lanes, inputPixel = forward.Source.Channels * Lanes;
            return new Strides(forward.Columns * gradientPixel, gradientPixel, forward.Source.Width * inputPixel, inputPixel);
        }
    }

    private static void Tiles(SourceWriter writer, LaneGradientPlan plan, string columns, Strides strides, TilePass forward)
    {
        string arguments = $"rows, {columns}, gradientRow: {strides.GradientRow}, inputRow: {strides.InputRow * forward.RowStep}, "
            + $"gradientPixel: {strides.GradientPixel}, inputPixel: {strides.InputPixel * forward.ColumnStep}";
        ForEachTile(writer, plan, (tile, output, element) => writer.Write($$"""
            Tiles.{{tile.Name}}(ref {{Element("gradient", Times(Output(plan, output), Lanes))}}, ref {{Element("input", Times(Input(plan, output, element), Lanes))}}, ref accumulators, {{arguments}});
            accumulators = ref Unsafe.Add(ref accumulators, {{tile.Accumulators * 16}});
            """));
    }

    // Places among all outputs, and among all channels of the input.
    private static string Output(LaneGradientPlan plan, string output) =>
        plan.TiledGroups == 1 ? output : Parenthesized(Sum(Times("group", plan.GroupOutputs), output));

    private static string Input(LaneGradientPlan plan, string output, string element) =>
        plan.IsDepthwise ? output : plan.TiledGroups == 1 ? element : Parenthesized(Sum(Times("group", plan.SectionInputs), element));

    private static void SumTiles(SourceWriter writer, LaneGradientPlan plan)
    {
        writer.Write("// Sums the accumulators' lanes into the block's gradient, output × kernel row × kernel column × channel.");
        using (writer.HotMethod("public static void SumWeightGradient(LinearLayer layer, ref float accumulators, ref float gradient)"))
        {
            int sections = plan.KernelRows * plan.Sections, inputs = sections * plan.SectionInputs;
            writer.Loop("nint", "section", 0, sections, 1, section => ForEachTile(writer, plan, (tile, output, element) =>
            {
                string place = Sum(Sum(Times(Output(plan, output), inputs), Times(section, plan.SectionInputs)), element);
                writer.Write($$"""
                    layer.Gradients.SumTile(ref accumulators, ref {{Element("gradient", place)}}, {{tile.Outputs}}, {{tile.Inputs}});
                    accumulators = ref Unsafe.Add(ref accumulators, {{tile.Accumulators * 16}});
                    """);
            }));
        }
    }

    private static void ForEachTile(SourceWriter writer, LaneGradientPlan plan, Action<LaneTile, string, string> write)
    {
        if (plan.TiledGroups == 1)
        {
            GroupTiles(writer, plan, write);
            return;
        }

        using (writer.Block($"for (nint group = 0; group < {plan.TiledGroups}; group++)")) GroupTiles(writer, plan, write);
    }

    private static void GroupTiles(SourceWriter writer, LaneGradientPlan plan, Action<LaneTile, string, string> write)
    {
        foreach (Run outputs in plan.OutputRuns)
        {
            foreach (Run inputs in plan.InputRuns)
            {
                writer.Loop("nint", "output", outputs.Start, outputs.Count, outputs.Width, output =>
                    writer.Loop("nint", "element", inputs.Start, inputs.Count, inputs.Width, element =>
                        write(plan.TileOf(outputs.Width, inputs.Width), output, element)));
            }
        }
    }

    public static void OuterProduct(SourceWriter writer, LinearKernels linear)
    {
        OuterGradientPlan plan = linear.OuterGradient!;
        writer.Write($$"""
            // A share of the weights' and biases' gradients, tile of outputs by tile of outputs, over all images of all blocks.
            // gradients: the first block's, pixel × {{plan.Shape.Outputs}} × 32; inputs: the first block's, pixel × {{plan.PaddedInputs / 16}} × 32 × 16
            """);
        using (writer.HotMethod(
            $"public static void WeightGradient(LinearLayer layer, ref float gradients, ref float inputs, {(plan.IsInPlace ? "" : "ref float scratch, ")}"
            + "int blocks, nint blockStride, int part, int parts)"))
        {
            if (plan.IsInPlace) Matrix(writer, plan);
            else OutputTiles(writer, plan, outputs => ScratchTile(writer, plan, outputs));
            if (linear.HasBiases)
                writer.Write(
                    $"layer.Gradients.SumLaneBiases(ref gradients, {linear.Shape.Target.Height * linear.Shape.Target.Width}, blocks, blockStride, part, parts);");
        }

        if (plan.IsInPlace) return;
        writer.Space();
        Taps(writer, linear, plan);
    }

    private static void Matrix(SourceWriter writer, OuterGradientPlan plan)
    {
        if (plan.IsByChannels)
            VectorTiles(
                writer, plan,
                (vectors, channel) => OutputTiles(writer, plan, outputs => MatrixTile(writer, plan, outputs, vectors, channel)));
        else OutputTiles(
            writer, plan, outputs => VectorTiles(writer, plan, (vectors, channel) => MatrixTile(writer, plan, outputs, vectors, channel)));
    }

    private static void MatrixTile(SourceWriter writer, OuterGradientPlan plan, Run outputs, int vectors, string channel) =>
        writer.Write($$"""
        Tiles.{{plan.TileOf(outputs.Width, vectors).Name}}(
            ref Unsafe.Add(ref gradients, output * {{Lanes}}), ref {{Element("inputs", Times(channel, Lanes))}}, ref {{Element("layer.Gradients.Of(output)", channel)}},
            blocks, 1, gradientRow: blockStride, 0, inputRow: blockStride, 0, targetRow: {{plan.PaddedInputs}});
        """);

    // A thread's tiles of outputs.
    private static void OutputTiles(SourceWriter writer, OuterGradientPlan plan, Action<Run> write)
    {
        foreach (Run outputs in plan.OutputRuns)
        {
            using (writer.Block(Tiles(outputs)))
            {
                writer.Write(Output(outputs));
                write(outputs);
            }
        }
    }

    // A thread's share of the tiles of one width.
    private static string Tiles(Run outputs) => outputs.Count == 1
        ? "if (part == parts - 1)"
        : $"for (int tile = Share.Start({outputs.Count}, part, parts); tile < Share.Start({outputs.Count}, part + 1, parts); tile++)";

    private static string Output(Run outputs) => outputs.Count == 1
        ? $"const int output = {outputs.Start};"
        : $"int output = {(outputs.Start == 0 ? "" : $"{outputs.Start} + ")}tile * {outputs.Width};";

    private static void ScratchTile(SourceWriter writer, OuterGradientPlan plan, Run outputs)
    {
        string width = HasTwoWidths(plan) ? $"{outputs.Width}, " : "";
        writer.Write($$"""
            Gradient(ref Unsafe.Add(ref gradients, output * {{Lanes}}), ref inputs, ref scratch, {{width}}blocks, blockStride);
            layer.Gradients.Store(ref scratch, output, {{outputs.Width}}, {{plan.PaddedInputs}});
            """);
    }

    private static bool HasTwoWidths(OuterGradientPlan plan) => plan.OutputRuns.Count() > 1;

    // One tile of outputs: all taps, all channels.
    private static void Taps(SourceWriter writer, LinearKernels linear, OuterGradientPlan plan)
    {
        int targetRow = plan.Taps * plan.PaddedInputs;
        bool hasTwo = HasTwoWidths(plan);
        string widths = string.Join(" or ", plan.OutputRuns.Select(run => run.Width));
        writer.Write($"// {widths} outputs × {TileEmitter.Count(plan.Taps, "tap")} × {plan.PaddedInputs} channels.");
        using (writer.HotMethod(
            $"private static void Gradient(ref float gradients, ref float inputs, ref float target, {(hasTwo ? "int outputs, " : "")}int blocks, nint blockStride)"))
        {
            if (plan.IsFlat)
            {
                // Blocks of one pixel each are as good as rows.
                VectorTiles(writer, plan, (vectors, channel) => Tile(
                    writer, plan, vectors,
                    $"ref gradients, ref {Element("inputs", Times(channel, Lanes))}, ref {Element("target", channel)}, "
                    + $"blocks, 1, gradientRow: blockStride, 0, inputRow: blockStride, 0, targetRow: {targetRow}"));
                return;
            }

            string bytes = hasTwo ? $"(uint)outputs * {targetRow * sizeof(float)}" : $"{plan.TileOutputs * targetRow * sizeof(float)}";
            writer.Write($"Unsafe.InitBlock(ref Unsafe.As<float, byte>(ref target), 0, {bytes});");
            using (writer.Block("for (; blocks > 0; blocks--)"))
            {
                Strips(writer, linear, plan);
                writer.Write("gradients = ref Unsafe.Add(ref gradients, blockStride);\ninputs = ref Unsafe.Add(ref inputs, blockStride);");
            }
        }
    }

    // All taps read a strip's inputs before the next strip's, of one tile's channels at a time: they stay in the cache.
    private static void Strips(SourceWriter writer, LinearKernels linear, OuterGradientPlan plan)
    {
        int rows = linear.Forward.Rows;
        bool isWhole = plan.StripRows >= rows;
        if (isWhole)
        {
            VectorTiles(writer, plan, (vectors, channel) => StripTaps(writer, linear, plan, vectors, channel, "0", $"{rows}"));
            return;
        }

        using (writer.Block($"for (int start = 0; start < {rows}; start += {plan.StripRows})"))
        {
            writer.Write($"int end = Math.Min({rows}, start + {plan.StripRows});");
            VectorTiles(writer, plan, (vectors, channel) => StripTaps(writer, linear, plan, vectors, channel, "start", "end"));
        }
    }

    private static void StripTaps(
        SourceWriter writer, LinearKernels linear, OuterGradientPlan plan, int vectors, string channel, string start, string end)
    {
        TilePass forward = linear.Forward;
        bool isAlone = forward.KernelRows > 1 || plan.VectorRuns.Count() == 1; // or its names would be declared twice
        using SourceWriter.Closing? block = isAlone ? null : writer.Block("");
        writer.Loop("int", "y", 0, forward.KernelRows, 1, kernelRow =>
        {
            string y = Minus(kernelRow, forward.Top);
            string firstTarget = $"Taps.FirstTarget({y}, {forward.RowStep})";
            string endTarget = $"Taps.EndTarget({y}, {forward.RowStep}, {forward.Source.Height}, {forward.Rows})";
            writer.Write(start == "0" ? $"int first = {firstTarget};" : $"int first = Math.Max({start}, {firstTarget});");
            writer.Write(start == "0" ? $"int rows = {endTarget} - first;" : $"int rows = Math.Min({end}, {endTarget}) - first;");
            writer.Loop(
                "int", "x", 0, forward.KernelColumns, 1,
                kernelColumn => Tap(writer, plan, forward, vectors, channel, kernelRow, kernelColumn));
        });
    }

    private static void Tap(
        SourceWriter writer, OuterGradientPlan plan, TilePass forward, int vectors, string channel, string kernelRow, string kernelColumn)
    {
        int gradientPixel = plan.Shape.Outputs * Lanes, inputPixel = plan.PaddedInputs * Lanes;
        string x = Minus(kernelColumn, forward.Left);
        string sourceRow = Sum(Times("first", forward.RowStep), Minus(kernelRow, forward.Top)),
            sourceColumn = Sum(Times("column", forward.ColumnStep), x);
        string tap = Sum(Times(Parenthesized(Sum(Times(kernelRow, forward.KernelColumns), kernelColumn)), plan.PaddedInputs), channel);
        writer.Write($$"""
            int column = Taps.FirstTarget({{x}}, {{forward.ColumnStep}});
            int columns = Taps.EndTarget({{x}}, {{forward.ColumnStep}}, {{forward.Source.Width}}, {{forward.Columns}}) - column;
            ref float gradient = ref Unsafe.Add(ref gradients, (nint)(first * {{forward.Columns}} + column) * {{gradientPixel}});
            ref float input = ref Unsafe.Add(ref inputs, {{Sum($"(nint)({Times(Parenthesized(sourceRow), forward.Source.Width)} + {sourceColumn}) * {inputPixel}", Times(channel, Lanes))}});
            ref float tap = ref {{Element("target", tap)}};
            """);
        Tile(
            writer, plan, vectors,
            $"ref gradient, ref input, ref tap, rows, columns, gradientRow: {forward.Columns * gradientPixel}, "
            + $"gradientPixel: {gradientPixel}, inputRow: {forward.RowStep * forward.Source.Width * inputPixel}, "
            + $"inputPixel: {forward.ColumnStep * inputPixel}, targetRow: {plan.Taps * plan.PaddedInputs}");
    }

    private static void Tile(SourceWriter writer, OuterGradientPlan plan, int vectors, string arguments)
    {
        OuterTile[] tiles = [.. plan.OutputRuns.Select(outputs => plan.TileOf(outputs.Width, vectors))];
        writer.Write(tiles.Length == 1
            ? $"Tiles.{tiles[0].Name}({arguments});"
            : $"if (outputs == {tiles[0].Outputs}) Tiles.{tiles[0].Name}({arguments});\nelse Tiles.{tiles[1].Name}({arguments});");
    }

    // A channel is a variable, or a number where there is but one tile of its width.
    private static void VectorTiles(SourceWriter writer, OuterGradientPlan plan, Action<int, string> write)
    {
        foreach (Run vectors in plan.VectorRuns)
        {
            int start = vectors.Start * 16, width = vectors.Width * 16;
            if (vectors.Count == 1)
            {
                write(vectors.Width, $"{start}");
                continue;
            }

            using (writer.Block($"for (int channel = {start}; channel < {start + vectors.Count * width}; channel += {width})"))
                write(vectors.Width, "channel");
        }
    }
}
