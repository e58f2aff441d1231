using Microsoft.CodeAnalysis;
using NoiseGen.Benchmarks.Tracing;

namespace NoiseGen.Benchmarks.Roofline;

/// <summary>What a kernel of a linear operation computes.</summary>
internal enum LinearPassKind
{
    Forward,
    InputGradient,
    WeightGradient,
}

/// <summary>A pass of a stage's linear operation, with what one image costs it.</summary>
/// <param name="Kernel">The generated class, which stages of one shape share.</param>
/// <param name="Kind">What it computes.</param>
/// <param name="Transforms">The transforms that it is computed with; null where it is direct.</param>
/// <param name="Textbook">Multiplications and additions of one image by the textbook.</param>
/// <param name="Done">Those that are really done.</param>
/// <param name="ImageBytes">Source and target of one image, each once.</param>
/// <param name="WeightBytes">The weights, once a step.</param>
internal sealed record LinearPass(
    string Kernel, LinearPassKind Kind, SquareTransforms? Transforms, double Textbook, double Done, double ImageBytes, double WeightBytes)
{
    /// <summary>The pass that a call belongs to; null where it is no kernel of a linear operation.</summary>
    public static LinearPass? Of(CallSite site, NetworkDescription network)
    {
        if (site.Stage < 0 || !IsKernelClass(site.Method.ContainingType) || KindOf(site.Method.Name) is not { } kind) return null;
        StageDescription stage = network.Stages[site.Stage];
        var transforms = KernelTransforms.Of(site.Method);
        double multiplications = transforms is not null
            ? Multiplications.Squares(transforms, stage.Input, stage.LinearOutput)
            : Multiplications.Direct(stage.Linear!, stage.Input, stage.LinearOutput);
        return new LinearPass(
            site.Method.ContainingType.Name, kind, transforms, Flops.Forward(stage), 2 * multiplications,
            sizeof(float) * (stage.Input.Count + stage.LinearOutput.Count),
            sizeof(float) * stage.Weights!.Count);
    }

    // Named after the operation and its shape: Conv3x3_…, Dense84to10.
    private static bool IsKernelClass(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Length > 0
            && (type.Name.StartsWith("Conv", StringComparison.Ordinal) || type.Name.StartsWith("Dense", StringComparison.Ordinal));

    private static LinearPassKind? KindOf(string method) => method switch
    {
        "Row" or "SquareRows" => LinearPassKind.Forward,
        "WeightGradient" => LinearPassKind.WeightGradient,
        _ when method.Contains("InputGradient", StringComparison.Ordinal) => LinearPassKind.InputGradient,
        _ => null,
    };
}
