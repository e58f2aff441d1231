using NoiseGen.Generator.Loops;
using NoiseGen.Generator.Loops.Kernels;
using static NoiseGen.Generator.Emission.Expressions;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints what a forward pass does to values.</summary>
internal sealed class ForwardStepEmitter(SourceWriter writer)
{
    /// <summary>Prints a step; false if it is none of the forward pass.</summary>
    public bool TryEmit(Step step)
    {
        switch (step)
        {
            case Step.LinearRow linear: LinearRow(linear); break;
            case Step.Pass pass: Pass(pass); break;
            case Step.AddNoise noise: AddNoise(noise); break;
            case Step.ObserveScale observe:
                writer.Write($"if (scale.Observes) scale.Observe(ref {observe.Target}, {observe.Elements}, {Index(observe.Row)}, memory);");
                break;
            case Step.NormStatistics sums:
                writer.Write($"norm.AddRow(ref {sums.Target}, ref sums, {sums.Width}, {Index(sums.Row)});");
                break;
            case Step.EndNormStatistics: writer.Write("norm.EndBlock(ref sums, memory.Images, memory.Index);"); break;
            case Step.MaxPool pool: MaxPool(pool); break;
            case Step.AveragePool pool: writer.Write($"AveragePool.Row(ref rows, ref {pool.Target}, Window, {Index(pool.Row)});"); break;
            case Step.EndUnlessDropping: writer.Write("if (!pass.IsTraining || rate == 0f) return;"); break;
            case Step.DropoutSamples samples: Samples(samples); break;
            case Step.Drop drop: Drop(drop); break;
            default: return false;
        }

        return true;
    }

    // Winograd's transforms compute several rows at a time.
    private void LinearRow(Step.LinearRow linear)
    {
        (string kernel, string row) = (linear.Kernels.Name, Index(linear.Row));
        writer.Write(linear.Kernels.Winograd is not { } winograd
            ? $"{kernel}.Row(ref input, ref weights, ref biases, ref {linear.Target}, {row});"
            : $"""
                if ({row} % {winograd.Rows} == 0)
                    {kernel}.{KernelMethod.WinogradRows}(ref input, ref weights, ref memory.Zeros, ref biases, ref scratch, ref {linear.Target}, {row});
                """);
    }

    private void Pass(Step.Pass pass)
    {
        string references = string.Concat(pass.References.Select(reference => ", " + Row(reference)));
        writer.Write(
            $"Rows.{pass.Kernel.Name}({Row(pass.Source)}, ref {pass.Target}{references}, {Group(pass.Row, pass.Elements)}{RowEmitter.Arguments(pass.Kernel, pass.Elements, pass.Period)});");
    }

    private void AddNoise(Step.AddNoise noise) => writer.Write(
        $"NoiseRow.Apply<{noise.Site.Kind.Struct.Code}>(ref {noise.Target}, {noise.Elements}, {Group(noise.Row, noise.Elements)}, {noise.Site.Name});");

    private void MaxPool(Step.MaxPool pool) => writer.Write($"""
        if (pass.IsTraining)
            MaxPool.Row(ref rows, ref {pool.Target}, {Row(pool.Winners)}, Window, {Index(pool.Row)});
        else
            MaxPool.Row(ref rows, ref {pool.Target}, Window, {Index(pool.Row)});
        """);

    private void Samples(Step.DropoutSamples samples) => writer.Write(
        $"var lanes = new DropoutLanes(pass, {samples.Stage}, image, rate, {Place(samples.Work, samples.WorkOffset)});");

    private void Drop(Step.Drop drop) => writer.Write(
        $"DropoutRow.Apply({Row(drop.Output)}, {Row(drop.Dropped)}, {drop.Elements}, {Group(drop.Row, drop.Elements)}, lanes);");
}
