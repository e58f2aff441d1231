using NoiseGen.Generator.Graph;
using NoiseGen.Generator.Loops.Kernels;
using NoiseGen.Generator.Model;
using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints the elementwise passes: noise, norm, sum, activation and quantizer in one loop over a row's values.</summary>
internal static class RowEmitter
{
    /// <summary>What a call passes after the references and the group.</summary>
    /// <param name="elements">Values of the row.</param>
    /// <param name="period">Values after which a norm's coefficients repeat.</param>
    public static string Arguments(RowKernel kernel, int elements, int period) =>
        string.Concat(Parameters(kernel, elements, period).Select(parameter => $", {parameter.Argument}"));

    private static IEnumerable<RowParameter> Parameters(RowKernel kernel, int elements, int period)
    {
        yield return kernel.HasTail ? new("", "int", "elements", $"{elements}") : new("", "int", "groups", $"{elements / 4}");
        if (kernel.LinearNoise is { } linear) yield return new("in ", linear.Lanes, "linear", "linear");
        if (kernel.HasNorm)
        {
            yield return new("ref ", "float", "scales", "ref norm.Scales");
            yield return new("ref ", "float", "shifts", "ref norm.Shifts");
            yield return new("", "int", "period", $"{period}");
        }

        if (kernel.NormNoise is { } normed) yield return new("in ", normed.Lanes, "normed", "normed");
        if (kernel.SumNoise is { } sum) yield return new("in ", sum.Lanes, "sum", "sum");
        if (kernel.ActivationNoise is { } activation) yield return new("in ", activation.Lanes, "activation", "activation");
        if (kernel.Quantizer is not null) yield return new("in ", "QuantizerLevels", "levels", "levels");
    }

    public static void Emit(SourceWriter writer, RowLoops loops)
    {
        RowKernel kernel = loops.Kernel;
        string name = kernel.Name;
        writer.Write($"// {Summary(loops)}: one row of elements × 32 images; source and target may be the same.");
        if (kernel.IsSum) writer.Write("// second: the row that is added");
        if (kernel.HasMasks) writer.Write("// masks: a bit where the gradient stops, elements × 2 half blocks");
        if (kernel.HasSlopes) writer.Write("// slopes: the derivative with respect to the activation's input, elements × 32");
        if (kernel.HasErrors) writer.Write("// errors: what the rounding adds in steps, and all of the level where it is the last one");
        if (kernel.Quantizer is not null) writer.Write("// levels: those of the quantizer; inactive ones leave values as they are");
        if (kernel.HasNorm) writer.Write("// scales, shifts: the norm's coefficients, which repeat after `period` elements");
        using (Method(writer, kernel, "public", name))
        {
            using (TileEmitter.Narrow(writer)) writer.Write($"{name}InQuarters({Forwarded(kernel)});\nreturn;");
            new RowBody(writer, loops, RowWidth.Wide).Emit();
        }

        writer.Space();
        using (Method(writer, kernel, "private", name + "InQuarters")) new RowBody(writer, loops, RowWidth.Narrow).Emit();
    }

    private static SourceWriter.Closing Method(SourceWriter writer, RowKernel kernel, string access, string name)
    {
        writer.Write("[MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]");
        string references = string.Concat(References(kernel).Select(reference => $", ref {reference.Type} {reference.Name}"));
        string parameters = string.Concat(Parameters(kernel, 0, 0).Select(parameter => $", {parameter.Declaration}"));
        return writer.Block($"{access} static void {name}(ref float source, ref float target{references}, int group{parameters})");
    }

    private static IEnumerable<(string Type, string Name)> References(RowKernel kernel)
    {
        if (kernel.IsSum) yield return ("float", "second");
        if (kernel.HasMasks) yield return ("ushort", "masks");
        if (kernel.HasSlopes) yield return ("float", "slopes");
        if (kernel.HasErrors) yield return ("float", "errors");
    }

    // A method's own parameters, passed on.
    private static string Forwarded(RowKernel kernel)
    {
        IEnumerable<string> references = References(kernel).Select(reference => $", ref {reference.Name}");
        IEnumerable<string> parameters = Parameters(kernel, 0, 0).Select(parameter => $", {parameter.Passed}");
        return $"ref source, ref target{string.Concat(references)}, group{string.Concat(parameters)}";
    }

    private static string Summary(RowLoops loops) => string.Join(" → ", loops.Steps.Select(Title).OfType<string>());

    // Null for what every pass does.
    private static string? Title(RowStep step) => step switch
    {
        RowStep.AddNoise noise => noise.Noise.Name.ToLowerInvariant() + " noise",
        RowStep.Norm => "batch norm",
        RowStep.AddSecond => "sum",
        RowStep.Activate activate => activate.Activation.Operation.Title,
        RowStep.Quantize quantize => quantize.Quantizer.Learned ? "quantizer of a learned scale" : "quantizer",
        _ => null,
    };

    /// <param name="Modifier"><c>ref</c> or <c>in</c> with a space behind it, or nothing.</param>
    /// <param name="Type">Its type.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Argument">What a stage passes.</param>
    private sealed record RowParameter(string Modifier, string Type, string Name, string Argument)
    {
        public string Declaration => $"{Modifier}{Type} {Name}";

        /// <summary>As a method passes its own parameter on.</summary>
        public string Passed => Modifier + Name;
    }
}
