using NoiseGen.Generator.Planning;
using static NoiseGen.Generator.Emission.Expressions;
using static NoiseGen.Generator.Model.LaneLayout;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints the code of a linear operation, which all stages of one shape share.</summary>
internal static class LinearEmitter
{
    public static void Emit(SourceWriter writer, LinearKernels kernels, InputGradientUse use)
    {
        writer.Write("// source: the whole map, row × column × channel × 32 images; target: one row, column × channel × 32.");
        using (writer.Block($"internal static class {kernels.Name}"))
        {
            if (kernels.Winograd is not null) WinogradEmitter.Forward(writer, kernels);
            else PassEmitter.Row(writer, kernels.Forward);
            if (kernels.InputGradient is { Winograd: { } rotated })
            {
                if (use != InputGradientUse.None) writer.Space();
                if (use.HasFlag(InputGradientUse.Overwrites)) WinogradEmitter.InputGradient(writer, rotated);
                if (use == (InputGradientUse.Overwrites | InputGradientUse.Adds)) writer.Space();
                if (use.HasFlag(InputGradientUse.Adds)) WinogradEmitter.AddInputGradient(writer, rotated);
            }
            else if (kernels.InputGradient is { } gradient)
            {
                if (use.HasFlag(InputGradientUse.Overwrites)) InputGradient(writer, kernels, "InputGradient", gradient.Phases);
                if (use.HasFlag(InputGradientUse.Adds))
                    InputGradient(writer, kernels, "AddInputGradient", gradient.Phases.Select(pass => pass.Adding));
            }

            writer.Space();
            if (kernels.WinogradGradient is not null) WinogradGradientEmitter.Emit(writer, kernels);
            else if (kernels.LaneGradient is not null) WeightGradientEmitter.LaneReduced(writer, kernels);
            else WeightGradientEmitter.OuterProduct(writer, kernels);
        }
    }

    private static void InputGradient(SourceWriter writer, LinearKernels kernels, string name, IEnumerable<TilePass> passes)
    {
        TilePass[] phases = [.. passes];
        writer.Space();
        writer.Write(
            $"// The gradient of the input, {kernels.Shape.Source}, {(name == "InputGradient" ? "in place of" : "added to")} what lies in the target.");
        using (writer.Block($"public static void {name}(ref float gradient, ref float weights, ref float zeros, ref float target)"))
        {
            // Pixels that no tap reaches have no gradient.
            if (name == "InputGradient" && phases.Any(pass => pass.Inputs == 0))
                writer.Write(
                    $"Unsafe.InitBlock(ref Unsafe.As<float, byte>(ref target), 0, {kernels.Shape.Source.Count * Lanes * sizeof(float)});");
            foreach (TilePass pass in phases.Where(pass => pass.Inputs > 0)) Phase(writer, kernels.Shape.Source.Width, pass);
        }

        foreach (TilePass pass in phases.Where(pass => pass.Inputs > 0))
        {
            writer.Space();
            PassEmitter.Row(writer, pass);
        }
    }

    private static void Phase(SourceWriter writer, int width, TilePass pass)
    {
        int pixel = pass.Channels * Lanes;
        string weights = $"ref {Element("weights", pass.Weights)}";
        if (pass.Start != TileStart.Target) weights += ", ref zeros";
        if (pass.Rows == 1)
        {
            long offset = ((long)pass.TargetRow * width + pass.TargetColumn) * pixel;
            writer.Write($"{pass.MethodName}(ref gradient, {weights}, ref {Element("target", offset)}, 0);");
            return;
        }

        string row = pass.TargetRowStep == 1 ? $"row" : $"(row * {pass.TargetRowStep} + {pass.TargetRow})";
        writer.Write($$"""
            for (int row = 0; row < {{pass.Rows}}; row++)
                {{pass.MethodName}}(ref gradient, {{weights}}, ref Unsafe.Add(ref target, {{Plus($"{row} * {width * pixel}", pass.TargetColumn * pixel)}}), row);
            """);
    }
}
