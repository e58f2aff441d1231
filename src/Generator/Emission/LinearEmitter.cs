using NoiseGen.Generator.Loops.Kernels;
using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Emission;

/// <summary>Prints the code of a linear operation, which all stages of one shape share: a method for each of the loop program.</summary>
internal static class LinearEmitter
{
    public static void Emit(SourceWriter writer, KernelLoops kernels)
    {
        writer.Write("// source: the whole map, row × column × channel × 32 images; target: one row, column × channel × 32.");
        using (writer.Block($"internal static class {kernels.Name}"))
        {
            bool isFirst = true;
            foreach (KernelMethod method in kernels.Computation)
            {
                if (!isFirst) writer.Space();
                isFirst = false;
                Method(writer, method);
            }

            if (kernels.Phases is { } phases) Phases(writer, phases);
            foreach (KernelMethod method in kernels.WeightGradient)
            {
                writer.Space();
                Method(writer, method);
            }
        }
    }

    private static void Method(SourceWriter writer, KernelMethod method)
    {
        if (method.Remark is { } remark) writer.Write("// " + remark.Replace("\n", "\n// "));
        if (method.Compilation != MethodCompilation.Tiered) writer.Write(Attribute(method.Compilation));
        string parameters = string.Join(", ", method.Parameters.Select(parameter => $"{parameter.Type} {parameter.Name}"));
        using (writer.Block($"{(method.IsPublic ? "public" : "private")} static void {method.Name}({parameters})"))
            new KernelStepEmitter(writer).Emit(method.Steps);
    }

    // The JIT would do without optimizations at first, and the steps of small networks took a sixth to a third longer,
    // up to the hundredth and more.
    private static string Attribute(MethodCompilation compilation) => compilation == MethodCompilation.Optimized
        ? "[MethodImpl(MethodImplOptions.AggressiveOptimization)]"
        : "[MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]";

    private static void Phases(SourceWriter writer, WinogradGradientPlan plan)
    {
        string squares = WinogradGradientStepEmitter.Squares(plan);
        writer.Space();
        writer.Write($"""
            // Phases of the weights' gradient: {plan.Squares} squares of all images' are transformed, then multiplied; at last their sums are transformed into taps.
            public static int {KernelMethod.GradientPhases}(int blocks) => ({squares} + {plan.Squares - 1}) / {plan.Squares} * 2 + 1;
            """);
    }
}
