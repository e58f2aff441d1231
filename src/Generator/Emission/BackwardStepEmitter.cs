using NoiseGen.Generator.Loops;
using NoiseGen.Generator.Planning;
using static NoiseGen.Generator.Emission.Expressions;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints what a backward pass does to gradients.</summary>
internal sealed class BackwardStepEmitter(SourceWriter writer)
{
    /// <summary>Prints a step; false if it is none of the backward pass.</summary>
    public bool TryEmit(Step step)
    {
        switch (step)
        {
            case Step.DropGradient drop:
                writer.Write($"if (rate > 0f) DropoutRow.Gradient(ref outputGradient, ref dropped, {drop.Elements * 2}, rate);");
                break;
            case Step.MaxPoolGradient pool:
                writer.Write($"MaxPool.GradientRow(ref outputGradient, ref winners, ref {pool.Target}, Window, {Index(pool.Row)});");
                break;
            case Step.AveragePoolGradient pool: AveragePool(pool); break;
            case Step.NoiseGradient noise: Noise(noise); break;
            case Step.ScaleGradient scale:
                writer.Write($"scale.AddGradient(ref {scale.Target}, {Row(scale.Errors)}, {scale.Elements}, memory.Index);");
                break;
            case Step.ReceiveScaleGradient receive:
                writer.Write($"scale.Receive(ref {receive.Target}, {receive.Elements}, {Index(receive.Row)}, memory);");
                break;
            case Step.Mask mask: writer.Write($"LaneMask.Clear(ref {mask.Target}, {Row(mask.Masks)}, {mask.Elements});"); break;
            case Step.Slope slope: writer.Write($"LaneSlope.Apply(ref {slope.Target}, {Row(slope.Slopes)}, {slope.Elements});"); break;
            case Step.NormGradientSums sums:
                writer.Write($"norm.AddGradientRow(ref {sums.Target}, {Row(sums.Values)}, ref sums, {sums.Width}, {Index(sums.Row)});");
                break;
            case Step.EndNormGradientSums: writer.Write("norm.EndGradientBlock(ref sums, memory.Index);"); break;
            case Step.NormGradient norm: Norm(norm); break;
            case Step.BiasGradient biases:
                writer.Write($"layer.Gradients.AddBiasRow(ref rowGradient, ref {Element("accumulators", biases.Accumulators)}, {biases.Width});");
                break;
            case Step.WeightGradient weights: WeightGradient(weights); break;
            case Step.SumWeightGradient sum: SumWeightGradient(sum.Kernels); break;
            case Step.TransposeInputs transpose:
                writer.Write($"layer.Gradients.TransposeInputs(ref input, {Place(transpose.Transposed)}, {transpose.Pixels});");
                break;
            case Step.InputGradient input: InputGradient(input); break;
            default: return false;
        }

        return true;
    }

    private void AveragePool(Step.AveragePoolGradient pool)
    {
        string masks = pool.Masks is { } row ? $"{Row(row)}, " : "";
        writer.Write($"AveragePool.GradientRow(ref outputGradient, ref {pool.Target}, {masks}Window, {Index(pool.Row)});");
    }

    private void Noise(Step.NoiseGradient noise) => writer.Write(
        $"NoiseRow.Gradient<{noise.Site.Kind.Struct.Code}>({Row(noise.Target)}, {noise.Elements}, {Group(noise.Row, noise.Elements)}, {noise.Site.Name});");

    private void Norm(Step.NormGradient norm)
    {
        string method = norm.Adds ? "AddInputGradientRow" : "InputGradientRow";
        writer.Write($"norm.{method}({Row(norm.Gradient)}, {Row(norm.Values)}, {Row(norm.Target)}, {norm.Width}, memory.Images);");
    }

    private void WeightGradient(Step.WeightGradient weights)
    {
        (string start, string end) = weights.Rows.Kind switch
        {
            RowSpanKind.All => ("0", $"{weights.Rows.Count}"),
            RowSpanKind.Strip => ("start", "end"),
            _ => ("row", "row + 1"),
        };
        writer.Write($"{weights.Kernels.Name}.WeightGradient(ref {weights.Gradient}, ref input, ref accumulators, {start}, {end});");
    }

    private void SumWeightGradient(LinearKernels kernels)
    {
        writer.Write($"{kernels.Name}.SumWeightGradient(layer, ref accumulators, ref blockGradient);");
        if (kernels.HasBiases)
            writer.Write(
                $"layer.Gradients.SumBiases(ref {Element("accumulators", kernels.BiasAccumulators)}, ref {Element("blockGradient", kernels.BiasGradient)});");
    }

    private void InputGradient(Step.InputGradient input)
    {
        LinearPlan linear = input.Linear;
        string scratch = linear.WinogradGradientScratch is { } slot ? $"{Place(slot)}, " : "";
        string weights = linear.Kernels.IsPacked
            ? $"Unsafe.Add(ref memory.PackedBackward, {PlaceEmitter.PackedBackward(linear)})"
            : "layer.Weights";
        writer.Write(
            $"{linear.Kernels.Name}.{(input.Adds ? "AddInputGradient" : "InputGradient")}(ref {input.Gradient}, ref {weights}, ref memory.Zeros, {scratch}ref inputGradient);");
    }
}
